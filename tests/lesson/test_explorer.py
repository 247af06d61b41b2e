"""An explorer without a browser: what changed is said, reset draws once, no error is swallowed."""

from matplotlib.figure import Figure
import pytest

from helpers.intake.refusal import Refusal
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer, what_changed
from helpers.lesson.picture import Picture


class Drawn:
    """A drawing function that keeps what it was asked for."""

    def __init__(self):
        self.asked = []

    def __call__(self, clerks: int, rule: str = "fifo") -> Picture:
        self.asked.append((clerks, rule))
        if clerks > 8:
            raise Refusal("too many", where="clerks", remedy="Take fewer")
        if clerks == 7:
            raise ZeroDivisionError("seven")
        return Picture(Figure((1, 1)), f"{clerks} by {rule}", "alt", {"wait": f"{60 // clerks} min", "cost": "CNY 5"})


@pytest.fixture
def drawn():
    return Drawn()


@pytest.fixture
def explorer(drawn):
    controls = [slider("clerks", "Clerks", 5, 1, 10, 1, "people"), choice("rule", "Rule", [("first come", "fifo"), ("urgent first", "urgent")], "fifo")]
    made = Explorer("office", controls, drawn)
    made.box  # noqa: B018 - what a browser would show
    return made


def _move(explorer, **values):
    for name, value in values.items():
        explorer.controls[name].widget.value = value


def test_a_move_draws_and_says_what_followed(explorer):
    _move(explorer, clerks=6)
    assert "Clerks from 5 people to 6 people: wait 12 min → 10 min." in explorer.says.value
    assert "6 by fifo" in explorer.picture.value


def test_options_are_told_by_their_names(explorer):
    _move(explorer, rule="urgent")
    assert "Rule from first come to urgent first: none of the numbers below the picture changed." in explorer.says.value


def test_reset_brings_all_back_in_one_drawing(explorer, drawn):
    _move(explorer, clerks=3, rule="urgent")
    before = len(drawn.asked)
    explorer.reset()
    assert drawn.asked[before:] == [(5, "fifo")]
    assert "Clerks from 3 people to 5 people, Rule from urgent first to first come: wait 20 min → 12 min." in explorer.says.value


def test_a_refusal_is_said_and_fades_the_picture_that_no_longer_holds(explorer):
    _move(explorer, clerks=9)
    assert "Not possible: clerks: too many. Take fewer." in explorer.says.value
    assert "opacity" in explorer.picture.value and "5 by fifo" in explorer.picture.value


def test_after_a_refusal_changes_are_told_from_the_last_picture(explorer):
    _move(explorer, clerks=9)
    _move(explorer, clerks=6)
    assert "Clerks from 5 people to 6 people: wait 12 min → 10 min." in explorer.says.value and "opacity" not in explorer.picture.value


def test_going_back_from_a_refusal_brings_the_picture_back(explorer):
    _move(explorer, clerks=9)
    _move(explorer, clerks=5)
    assert "opacity" not in explorer.picture.value and "Not possible" not in explorer.says.value


def test_an_error_goes_through_to_whoever_moved_the_control(explorer):
    with pytest.raises(ZeroDivisionError, match="seven"):
        _move(explorer, clerks=7)
    assert "could not be drawn" in explorer.says.value and "opacity" in explorer.picture.value


def test_an_error_in_the_first_picture_stops_the_cell(drawn):
    with pytest.raises(ZeroDivisionError):
        Explorer("office", [slider("clerks", "Clerks", 7, 1, 10, 1)], drawn)


def test_a_browser_that_rounds_a_value_moves_nothing():
    drawn = []

    def draw(rate: float) -> Picture:
        drawn.append(rate)
        return Picture(Figure((1, 1)), "title", "alt")

    explorer = Explorer("rates", [slider("rate", "Rate", 0.1 + 0.2, 0, 1, 0.1)], draw)
    explorer.controls["rate"].widget.value = 0.3 + 1e-15
    assert len(drawn) == 1


def test_the_living_part_hides_the_static_picture_of_its_own_name(explorer):
    assert explorer.box.children[-1].value == "<style>#office {display: none}</style>"
    assert 'id="office"' in explorer.first.html(explorer.name) and 'id="office"' not in explorer.picture.value


@pytest.mark.parametrize("count", [0, 4])
def test_there_are_one_to_three_controls(count, drawn):
    with pytest.raises(ValueError, match="one to 3 controls"):
        Explorer("office", [slider(f"n{number}", "n", 1, 0, 2, 1) for number in range(count)], drawn)


def test_what_changed_names_numbers_that_differ_only():
    before, now = (Picture(Figure((1, 1)), "", "", {"wait": wait, "cost": "CNY 5"}) for wait in ("3 h", "2 h"))
    assert what_changed(["a from 1 to 2"], before, now) == "a from 1 to 2: wait 3 h → 2 h."
    assert what_changed([], before, now) == "Back at the picture before."
