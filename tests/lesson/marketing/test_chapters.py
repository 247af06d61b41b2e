"""What the marketing notebook shows: every figure draws on any log, every control answers, and what is shown agrees with the findings."""

import re
from html import escape

import numpy as np
import pandas as pd
import pytest

from helpers.decision.marketing.case import open_case
from helpers.lesson.explorer import Explorer
from helpers.lesson.marketing import beliefs, ground, opening, positioning, reveals, spread, testing, traffic, upkeep, verdict
from helpers.lesson.picture import Picture
from helpers.lesson.say import Said

CHAPTERS = (ground, traffic, spread, positioning, testing, upkeep, verdict)
SHOWN = {f"{module.__name__.rsplit('.', 1)[1]}.{name}": show for module in CHAPTERS for name, show in vars(module).items()
         if callable(show) and not name.startswith("_") and getattr(show, "__module__", "") == module.__name__ and name not in ("which_reads", "memo", "take_away", "all_findings")}  # fmt: skip
FEW = {"draws": 256}


@pytest.fixture(scope="module")
def shipped():
    """The shipped case on fewer draws."""
    return open_case(FEW)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A case on a log that holds people and events, and nothing else."""
    rng, count = np.random.default_rng(5), 400
    times = pd.Timestamp("2026-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 120 * 86400, count)), unit="s")
    frame = pd.DataFrame({"time": times.astype(str), "person": [f"p{n}" for n in rng.integers(0, 150, count)], "event": "read"})
    file = tmp_path_factory.mktemp("bare") / "log.csv"
    frame.to_csv(file, index=False)
    return open_case(FEW | {"log_file": str(file), "burn_in_days": 10})


@pytest.fixture(scope="module")
def explorers(shipped):
    """Every explorer of the notebook by name."""
    made = [shown for shown in (show(shipped) for show in SHOWN.values()) if isinstance(shown, Explorer)]
    return {explorer.name: explorer for explorer in made}


def far_end(control):
    """The last value that a control can take, or the first where it stands at the last."""
    options = getattr(control.widget, "options", None)
    values = (control.widget.min, control.widget.max) if options is None else [option[1] if isinstance(option, tuple) else option for option in options]
    return values[-1] if control.widget.value != values[-1] else values[0]


@pytest.mark.parametrize("name", SHOWN)
def test_everything_is_shown_whatever_the_log_holds(name, bare):
    shown = SHOWN[name](bare)
    picture = shown.first if isinstance(shown, Explorer) else shown
    assert picture is not None and repr(picture)
    if isinstance(picture, Picture):
        assert picture.title and picture.alt and "nan" not in " ".join(picture.numbers.values())


def test_one_figure_is_the_key_figure_and_no_name_is_there_twice(explorers):
    assert len(explorers) >= 12 and "key-figure" in explorers
    assert set(explorers) >= {"new-share", "burn-in", "lead-ceiling", "power", "ownership", "fatigue", "net-value", "flip-map"}


def test_every_control_answers_and_finds_its_way_back(explorers):
    for explorer in explorers.values():
        for control in explorer.controls.values():
            control.widget.value = far_end(control)
            assert escape(control.label) in explorer.says.value and "could not be drawn" not in explorer.says.value, (explorer.name, control.name)
        explorer.reset()
        assert explorer.now.numbers == explorer.first.numbers, explorer.name


def test_pictures_quote_the_findings(shipped, explorers):
    found = shipped.findings
    assert explorers["new-share"].first.title.startswith(f"{100 * found['new_share'].value:.1f} %")
    assert f"{found['lead_ceiling'].value:.2f} leads a month" in explorers["lead-ceiling"].first.title
    assert found["recommendation"] in explorers["net-value"].first.title.lower()
    assert f"off by {found['bias_before_after'].value:.1f}" in explorers["key-figure"].first.numbers["before against after"]


def test_a_burn_in_that_is_moved_gives_that_share(shipped, explorers):
    explorer = explorers["burn-in"]
    explorer.controls["burn_in"].widget.value = 0
    told = float(re.match(r"([\d.]+) %", explorer.now.numbers["new"])[1])
    explorer.reset()
    assert told == pytest.approx(100 * open_case({"burn_in_days": 0}).split.share.value, abs=0.06)
    assert told > 100 * shipped.split.share.value  # at the log's beginning everybody looks new


def test_the_map_agrees_with_the_model_at_the_cross(shipped, explorers):
    explorer = explorers["flip-map"]
    explorer.controls["lift"].widget.value, explorer.controls["value"].widget.value = 9.0, 6000
    here = shipped.verdict.at({"module_lift": 0.09, "value_per_lead": 6000.0, "new_readers_per_month": shipped.known.new_readers_per_month.value})
    best = max(here, key=here.get)
    assert best == "build as asked" and f"{best} is best" in explorer.now.title
    explorer.reset()


def test_what_the_log_lacks_is_said_and_not_drawn(bare):
    assert isinstance(spread.cascades(bare), Said) and "share links" in repr(spread.cascades(bare))
    assert "registrations" in repr(testing.power(bare)) and "trial" in repr(testing.trial(bare))
    table = ground.cannot_answer(bare)
    assert {"registrations", "share links", "topics", "salespeople", "forwards"} <= set(table.frame["What is missing"])


def test_predictions_are_held_against_the_outcomes(shipped):
    traffic_said, test_said = opening.predict_traffic(open_case(FEW | {"guess_new_share_low": 30, "guess_new_share_high": 40})), opening.predict_test(shipped)
    test_said.guesses["last_touch"].yes = True
    assert [each.hit for each in reveals.traffic(shipped, traffic_said).held] == [True, None, None]
    assert [each.hit for each in reveals.test(shipped, test_said).held] == [True, None]
    assert "It is no" in repr(reveals.options(shipped, test_said))


def test_what_the_log_lacks_reveals_nothing(bare):
    assert "can't tell" in repr(reveals.test(bare, opening.predict_test(bare)))


def test_the_brief_tells_nothing_of_the_outcome(shipped):
    told = repr(opening.exhibits(shipped))
    assert "42,188" in told and "31.7" not in told and "CNY 120,000 to 260,000" in told


def test_the_decision_is_among_the_options(shipped):
    asked = beliefs.decide(shipped)
    assert asked.evidence in asked.options and len(beliefs.quiz().beliefs) == 3
