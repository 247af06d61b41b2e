"""The order of work: an exact choice under a budget, above a waterline."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake.refusal import Refusal
from helpers.paperwork.readiness.measures import measures
from helpers.paperwork.readiness.order import Effect, best_set, hours_saved, order_of_work
from helpers.paperwork.readiness.prerequisites import people_needed, read_prerequisites, total_work, work_to_do
from helpers.paperwork.readiness.scores import readiness


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 60)), min_size=1, max_size=8), st.integers(0, 150))
@settings(max_examples=60)
def test_against_every_subset(items, budget):
    value, days = np.array([item[0] for item in items], float), np.array([item[1] for item in items]) / 10
    chosen = best_set(value, days, budget / 10)
    assert days[chosen].sum() <= budget / 10 + 1e-9
    affordable = [np.array(subset, bool) for subset in product([0, 1], repeat=len(items)) if days[np.array(subset, bool)].sum() <= budget / 10 + 1e-9]
    assert value[chosen].sum() == max(value[subset].sum() for subset in affordable)


def test_by_value_per_day_alone_one_would_choose_worse():
    """The best ratio first leaves room unused; together the other two save more."""
    assert best_set(np.array([60.0, 100.0, 120.0]), np.array([10.0, 20.0, 30.0]), 50).tolist() == [False, True, True]


@pytest.fixture(scope="module")
def plan(shipped_times):
    ready = readiness(measures(shipped_times, np.random.default_rng(1)))
    return ready, work_to_do(read_prerequisites(ready.documents)), hours_saved(shipped_times)


def test_budget_and_waterline_hold(plan):
    table = order_of_work(*plan, budget=40, waterline=0.6)
    assert table.loc[table["chosen"], "person_days"].sum() <= 40
    assert table.loc[table["chosen"], "ready"].all()
    chosen = table[table["chosen"]]
    assert chosen["hours_per_day"].is_monotonic_decreasing
    assert chosen["cumulative_hours"].iloc[-1] == pytest.approx(chosen["hours_a_year"].sum())
    assert set(table["why"]) == {"", "below the waterline", "beyond the budget"}


def test_more_budget_saves_more(plan):
    saved = [order_of_work(*plan, budget=budget).query("chosen")["hours_a_year"].sum() for budget in (0, 10, 30, 60, 200)]
    assert saved[0] == 0 and saved == sorted(saved) and saved[-1] > saved[1]
    with pytest.raises(Refusal):
        order_of_work(*plan, budget=-1)


def test_hours_saved_by_hand(shipped_times, truth):
    """Planted minutes: half of explaining and half of rework, at the planted rate of arrival."""
    saved, clients = hours_saved(shipped_times, Effect(0.5, 0.5)), truth["realised"]["clients"]
    for row in truth["planted"]["documents"]:
        minutes = 0.5 * row["explain"] + 0.5 * truth["expected"]["documents"][row["name"]]["rework_clerk_minutes"]
        assert saved[row["name"]] == pytest.approx(clients * row["needed"] * minutes / 60, rel=0.15)
    assert (hours_saved(shipped_times, Effect(0, 0)) == 0).all()
    with pytest.raises(Refusal):
        Effect(explaining=1.2)


def test_what_is_ready_costs_nothing(tmp_path):
    path = tmp_path / "prerequisites.csv"
    path.write_text("document,prerequisite,person_days,low,high,who,ready\nA,template,2,1,4,ann,no\nA,owner,1,1,1,bob,yes\nany other document,template,5,3,9,ann,no\n")
    table = read_prerequisites(["A", "B"], path)
    work = work_to_do(table)
    assert work["person_days"].to_dict() == {"A": 2, "B": 5} and work["missing"]["A"] == "template"
    assert people_needed(table, weeks=1)["people"].to_dict() == {"ann": 1.4}
    assert (total_work(work, ["A", "B"]).low, total_work(work, ["A", "B"]).high) == (4, 13)


@pytest.mark.parametrize(
    ("lines", "words"),
    [("A,template,2,3,4,ann,no", "row 2"), ("B,template,2,1,4,ann,no", "no prerequisites for 'A'")],
)
def test_unusable_prerequisites_are_refused(tmp_path, lines, words):
    path = tmp_path / "prerequisites.csv"
    path.write_text(f"document,prerequisite,person_days,low,high,who,ready\n{lines}\n")
    with pytest.raises(Refusal, match=words):
        read_prerequisites(["A"], path)


def test_every_shipped_document_has_its_five(shipped):
    table = read_prerequisites(sorted(shipped.handlings["document"].dropna().unique()))
    assert table.groupby("document")["prerequisite"].agg(set).map(len).eq(5).all()
