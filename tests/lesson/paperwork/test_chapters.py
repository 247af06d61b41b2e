"""What the paperwork chapters show: pictures whose words are the findings, explorers that answer, and words where a log can't tell."""

import csv
import re
from functools import cache

import pytest
from IPython.display import Markdown

import helpers.lesson.scraps as scraps
from helpers.decision import wording
from helpers.decision.paperwork.case import open_case
from helpers.intake.refusal import Refusal
from helpers.lesson.explorer import Explorer
from helpers.lesson.paperwork import beliefs, ground, growth, longest, money, opening, pain, plan, preconditions, process, reveals, rework, verdict
from helpers.lesson.picture import Picture
from helpers.lesson.say import Said
from helpers.lesson.table import Table
from helpers.paperwork.log import SHIPPED

SHOWS = [
    ground.check_report, ground.cannot_answer, process.documents_per_client, process.hours_by_document, process.hours_per_client, process.communication,
    process.process_map, process.moves, process.ways, pain.time_of_documents, pain.waiting_in_words, pain.lead_time, rework.first_time_right, rework.rolled,
    rework.rework_in_words, longest.longest_step, longest.fewest_steps, preconditions.readiness, preconditions.prerequisites, preconditions.people,
    preconditions.order_of_work, preconditions.in_words, plan.back_test, plan.verdict, plan.options_table, plan.options, plan.hockey_stick, plan.refused,
    plan.more_hands, money.beliefs, money.options, money.cash_and_hours, money.terms, money.drivers, money.measure_next, money.break_even,
    growth.growth_of_cost, verdict.claims, verdict.choice, verdict.flips, verdict.memo, verdict.findings,
]  # fmt: skip
EXPLORERS = [
    (process.hours_by_document, {"measure": "total_h"}), (process.process_map, {"shown": 0, "label": "median_h"}), (pain.time_of_documents, {"measure": "share"}),
    (pain.lead_time, {"weeks": 6}), (rework.rolled, {"better": 25}), (longest.longest_step, {"reading": "clerks"}), (preconditions.readiness, {"emphasis": "rework", "waterline": 0.7}),
    (preconditions.order_of_work, {"budget": 20, "waterline": 0.5}), (plan.hockey_stick, {"volume": 1.25, "hires": 1}),
    (money.break_even, {"standard_rework_cut": 0, "standard_explain_cut": 10}), (growth.growth_of_cost, {"adoption": 0, "explaining": 60}),
]  # fmt: skip
NAN = re.compile(r"\b(nan|inf)\b")


@pytest.fixture(scope="module", autouse=True)
def _unglued():
    """Scraps go to nobody."""
    shown, scraps.display = scraps.display, lambda *_, **__: None
    yield
    scraps.display = shown


@cache
def shipped():
    """The case as it is shipped, with fewer draws."""
    return open_case({"draws": 512, "replications": 3})


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A case whose log knows case, activity and one time a row."""
    path = tmp_path_factory.mktemp("log") / "bare.csv"
    with SHIPPED.open(encoding="utf-8", newline="") as source, path.open("w", encoding="utf-8", newline="") as target:
        rows = [(row["case"], row["activity"], row["end"]) for row in list(csv.DictReader(source))[:3000] if row["end"]]
        csv.writer(target).writerows([("case", "activity", "time"), *rows])
    return open_case({"log_file": str(path)})


@pytest.mark.parametrize("show", SHOWS, ids=lambda show: show.__name__)
def test_every_chapter_shows_something(show):
    shown = show(shipped())
    picture = shown.first if isinstance(shown, Explorer) else shown
    if isinstance(picture, Picture):
        assert len(picture.title) > 15 and len(picture.alt) > len(picture.title) and picture.numbers
        assert all(number and not NAN.search(number) for number in picture.numbers.values())
    else:
        assert isinstance(shown, Said | Table | Markdown)
    assert not NAN.search(repr(shown))


@pytest.mark.parametrize("show", SHOWS, ids=lambda show: show.__name__)
def test_a_bare_log_is_answered_in_words_or_with_what_it_holds(show, bare):
    shown = show(bare)
    assert isinstance(shown, Said | Table | Explorer | Markdown)
    if isinstance(shown, Explorer):
        assert show in (process.process_map, longest.longest_step)
    assert not NAN.search(repr(shown))


@pytest.mark.parametrize(("show", "moved"), EXPLORERS, ids=lambda each: getattr(each, "__name__", ""))
def test_an_explorer_answers_when_moved(show, moved):
    explorer = show(shipped())
    assert set(moved) == set(explorer.values)
    picture = explorer.draw(**moved)
    assert picture.html().startswith("<figure") and (picture.numbers, picture.title) != (explorer.first.numbers, explorer.first.title)


def test_titles_quote_the_findings():
    found = shipped().findings
    assert wording.amount(found["communication_share"].value, "share") in process.communication(shipped()).title
    assert wording.amount(found["first_time_right"].value, "share") in rework.first_time_right(shipped()).title
    assert wording.amount(found["lead_time_p90"].value, "days") in pain.lead_time(shipped()).first.title
    assert wording.amount(found["lead_time_p90_closed_only"].value, "days") in pain.lead_time(shipped()).first.title
    assert found["best_option"] in money.options(shipped()).title


def test_the_key_figure_tells_what_growth_costs():
    key = growth.growth_of_cost(shipped())
    gap = shipped().findings["cost_at_10_hire"].value - shipped().findings["cost_at_10_standard"].value
    assert key.name == "key-figure" and wording.amount(gap, "CNY") in key.first.title
    worse = key.draw(adoption=0, explaining=0)
    assert "standardising costs" in worse.title and "more than hiring" in worse.title


def test_an_earlier_end_of_the_log_flatters_the_closed_cases():
    explorer = pain.lead_time(shipped())
    short = explorer.draw(weeks=8).numbers
    assert float(short["closed cases only, nine in ten"].split()[0]) < float(short["nine in ten"].split()[0]) - 1
    assert "nobody can tell" in explorer.draw(weeks=4).title


def test_the_wall_is_told_with_the_clerks_that_would_do():
    wall = plan.hockey_stick(shipped()).draw(volume=1.5, hires=0)
    assert "can't keep up, at least 10 clerks are needed" in wall.numbers["as it is"]


def test_a_refused_option_keeps_its_row_and_its_reason():
    case = open_case({"draws": 512, "replications": 3, "volume": 1.1, "excel_explain_cut_low": -0.7, "excel_explain_cut_high": -0.5})
    table = plan.options_table(case).frame
    assert "utilisation would be" in table.set_index("Option").loc["Excel online", "Remark"]
    assert "At least 9 clerks are needed" in plan.refused(case).text


def test_freed_hours_are_not_cash():
    row = money.cash_and_hours(shipped()).frame.set_index("Option").loc["standardise"]
    cash, claim = (float(re.sub(r"[^\d.]", "", row[name])) for name in ("Wages saved", "Hours × wage would claim"))
    assert cash < claim


def test_nothing_to_standardise_is_said():
    case = open_case({"draws": 512, "replications": 3, "budget_days": 0})
    assert "Nobody is needed" in preconditions.people(case).text and "nothing to draw" in money.break_even(case).text
    assert "No document is chosen" in preconditions.prerequisites(case).caption
    assert "standardise" not in plan.hockey_stick(case).first.numbers


def test_predictions_are_held_against_the_outcomes():
    work_said, plan_said = opening.predict_work(shipped()), opening.predict_plan(shipped())
    work_said.guesses["right_first"].low, work_said.guesses["right_first"].high = 60, 70
    work_said.guesses["longest_step"].guess = "review"
    plan_said.guesses["more_clients"].yes = True
    assert [each.hit for each in reveals.work(shipped(), work_said).held] == [None, True, False]
    assert [each.hit for each in reveals.plan(shipped(), plan_said).held] == [None, False]


def test_the_brief_tells_nothing_of_the_outcome():
    told = repr(opening.exhibits(shipped()))
    assert "1,612" in told and "70.9" not in told and "63.3" not in told


def test_the_decision_is_among_the_options():
    asked = beliefs.decide(shipped())
    assert asked.evidence in asked.options and len(beliefs.quiz().beliefs) == 3


def test_a_guessed_step_that_is_not_in_the_log_is_refused():
    with pytest.raises(Refusal, match="isn't among"):
        opening.predict_work(open_case({"guess_longest_step": "lunch"}))


def test_a_loop_in_a_way_is_told_once():
    assert process._way(("a", "b", "c", "b", "c", "d", "d")) == "a → (b → c) ×2 → d ×2"
    assert process._way(("a", "b")) == "a → b"
