"""What one's own notebook shows: on any request, with and without a log; forms that keep, refuse and let everything follow."""

import re
from base64 import b64decode
from io import BytesIO

import docx
import openpyxl
import pytest

from helpers.decision.own.case import Files, open_case
from helpers.decision.own.keeping import start
from helpers.decision.own.parameters import PARAMETERS
from helpers.lesson.explorer import Explorer
from helpers.lesson.learner import journal as journals
from helpers.lesson.learner.reveal import Reveal
from helpers.lesson.own import claims, facts, ground, opening, record, two_unknowns, verdict
from helpers.lesson.own.desk import Desk, Living, personal_folder
from helpers.lesson.picture import Picture

FEW = {"draws": 256}
FIXED = "title: T\nquestion: Q\nasked: a tool\noptions:\n  tool: {name: a tool, cost_now: 100, gain_monthly: 20}\n"
SHOWN = {f"{module.__name__.rsplit('.', 1)[1]}.{name}": show for module in (claims, facts, ground, two_unknowns, verdict) for name, show in vars(module).items()
         if callable(show) and not name.startswith("_") and getattr(show, "__module__", "") == module.__name__ and name in (
             "ledger", "names", "by_month", "shares", "lead_times", "check_report", "cannot_answer", "assumptions", "net_value", "option_table",
             "choice_in_words", "knowing", "drivers", "flips", "flip_map", "memo_now")}  # fmt: skip


@pytest.fixture
def mine(tmp_path):
    """A desk with a copy of the example in a folder of its own."""
    start(tmp_path / "mine")
    return Desk(open_case(FEW | {"folder": str(tmp_path / "mine")}))


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """The example, the same without a log, and a request of numbers alone."""
    files = start(tmp_path_factory.mktemp("fixed") / "mine")
    files.options.write_text(FIXED, encoding="utf-8")
    return {"shipped": Desk(open_case(FEW)), "without a log": Desk(open_case(FEW | {"with_log": False})), "numbers alone": Desk(open_case(FEW | {"folder": str(files.options.parent)}))}


@pytest.mark.parametrize("desk", ["shipped", "without a log", "numbers alone"])
@pytest.mark.parametrize("name", SHOWN)
def test_everything_is_shown_whatever_there_is(desks, desk, name):
    shown = SHOWN[name](desks[desk])
    first = shown.first if isinstance(shown, Explorer | Living) else shown
    assert repr(first) and "nan" not in first._repr_html_().split("base64")[0]
    if isinstance(first, Picture):
        assert first.title and len(first.alt) > 30


@pytest.mark.parametrize("desk", ["shipped", "without a log", "numbers alone"])
def test_the_end_of_the_book_is_shown_whatever_there_is(desks, desk):
    revealed = opening.reveal_facts(desks[desk], opening.predict(desks[desk]))
    assert isinstance(revealed, Reveal) and len(record.memos(desks[desk]).frame) == 3 and len(record.portfolio(desks[desk]).frame) >= 5
    assert "3 requests" in record.evidence(desks[desk]).text and record.calibration(desks[desk], revealed).first.numbers["whose"].startswith("a usual beginner")
    assert "blank" in record.predictions(desks[desk], revealed).text


def filled(form, **values):
    for name, value in values.items():
        form.fields[name].value = value
    form.button.click()
    return form


def test_a_claim_is_kept_judged_and_followed(mine):
    ledger, form = claims.ledger(mine), claims.form(mine)
    assert "Every second customer rings" in ledger.now.value and "never" not in ledger.now.value
    filled(form, claim="Most <b>never</b> ring.", said_by="me", why_1="because", metric="share who ring", rule="share_of_interest < 0.5")
    assert "Kept: its status is measured" in form.says.value and form.fields["claim"].value == ""
    assert "Most &lt;b&gt;never&lt;/b&gt; ring." in ledger.now.value and "display: none" in ledger.now.value
    assert len(mine.case.claims) == 6 and "Most" in mine.case.files.claims.read_text(encoding="utf-8")


@pytest.mark.parametrize(("given", "words"), [({"claim": "x"}, "at least what was said"), ({"claim": "x", "metric": "y", "rule": "os.system"}, "can&#x27;t be read")])
def test_a_claim_that_can_not_be_is_refused_and_stays_in_the_form(mine, given, words):
    form = filled(claims.form(mine), **given)
    assert words in form.says.value and form.fields["claim"].value == "x" and len(mine.case.claims) == 5


def test_an_option_is_priced_and_everything_follows(mine):
    net, table, memo, form = verdict.net_value(mine), verdict.option_table(mine), verdict.memo_now(mine), verdict.form(mine)
    filled(form, name="Ring back!", now_low=100, now_high=200, gain_low=9000, gain_high=11000, used_low=90, used_high=100)
    assert "Kept: of 5 options it comes 1." in form.says.value and mine.case.priced.winner == "Ring back!"
    assert "Ring back!" in table.now.value and "Ring back! is expected to be worth most" in net.now.title and "Ring back!" in memo.now.value
    assert "srcdoc" in memo.now.value and "<script" not in memo.now.value
    filled(form, name="Ring back!", gain_high=1)
    assert "already" in form.says.value and len(mine.case.priced.rows) == 5


def test_a_range_the_wrong_way_round_is_refused(mine):
    form = filled(verdict.form(mine), name="x", now_low=5, now_high=1)
    assert "not a range" in form.says.value and len(mine.case.priced.rows) == 4


def test_the_shipped_example_is_copied_before_anything_is_added(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    shipped = Files.of("").claims.read_bytes()
    desk = Desk(open_case(FEW))
    filled(claims.form(desk), claim="x", metric="y")
    assert Files.of("").claims.read_bytes() == shipped and desk.case.files.claims.parent == personal_folder() and personal_folder().is_relative_to(tmp_path)
    assert len(desk.case.claims) == 6


def test_the_files_to_take_away_open_and_hold_what_was_added(mine, monkeypatch):
    assert "headless run" in verdict.files(mine).text
    monkeypatch.setattr(journals, "_open", [journals.Journal(None, "a team")])
    filled(verdict.form(mine), name="Ring back!", gain_low=90_000, gain_high=110_000)
    files = {name: b64decode(content) for name, content in re.findall(r'download="([^"]+)" href="data:[^"]+;base64,([^"]+)"', verdict.files(mine).data)}
    book, paper = openpyxl.load_workbook(BytesIO(files["memo.xlsx"])), docx.Document(BytesIO(files["memo.docx"]))
    assert set(files) == {"memo.html", "memo.docx", "memo.xlsx"} and "Ring back!" in files["memo.html"].decode()
    assert "Ring back!" in [row[0].value for row in book.worksheets[0]] and book.worksheets[1].max_row == 1 + len(mine.case.claims)
    assert any("Ring back!" in paragraph.text for paragraph in paper.paragraphs)


def test_two_teams_of_a_room_meet_what_they_added_again_and_nothing_of_each_other(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    namespace = {each.name: each.default for each in PARAMETERS} | FEW

    def opened(team: str) -> Desk:
        monkeypatch.setattr(journals, "_open", [journals.Journal(None, team)])
        return opening.open_notebook(namespace)

    for team in ("key/../one", "key two"):
        said = filled(claims.form(opened(team)), claim=f"said by {team}", metric="y").says.value
        assert "Kept" in said and str(tmp_path) not in said
        filled(verdict.form(opened(team)), name=f"option of {team}", gain_high=1)
    for team, other in (("key/../one", "key two"), ("key two", "key/../one")):
        desk = opened(team)
        told = claims.ledger(desk).now.value + verdict.option_table(desk).now.value
        assert f"said by {team}" in told and f"option of {team}" in told and other not in told
        assert len(desk.case.claims) == 6 and len(desk.case.priced.rows) == 5
    monkeypatch.setattr(journals, "_open", [])
    assert len(opening.open_notebook(namespace).case.claims) == 5  # in JupyterLab the example, whoever was here before


def test_an_explorer_moved_far_answers(desks):
    for show in (verdict.by_month, two_unknowns.flip_map, facts.by_month, facts.shares, facts.lead_times):
        explorer = show(desks["shipped"])
        for control in explorer.controls.values():
            options = getattr(control.widget, "options", None)
            values = [option[1] if isinstance(option, tuple) else option for option in options or (control.widget.min, control.widget.max)]
            control.widget.value = values[-1] if control.widget.value != values[-1] else values[0]
        assert explorer.now is not explorer.first and "could not be drawn" not in explorer.says.value


@pytest.mark.parametrize(("made", "hits", "words"), [(10, 5, "too narrow"), (10, 8, "much else"), (60, 48, "keep their promise"), (60, 60, "wider than need be")])
def test_a_record_is_judged_by_its_interval(made, hits, words):
    assert words in record._calibration(made, hits, True).title
