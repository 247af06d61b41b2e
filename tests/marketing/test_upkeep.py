"""Cost of ownership by hand, its range, and the questions left open."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.evidence.estimate import assumed, exactly
from helpers.intake.refusal import Refusal
from helpers.marketing.upkeep import QUESTIONS, Upkeep, cost, gaps, slots

CERTAIN = Upkeep(
    months=3,
    slots_at_start=2,
    slot_cap=4,
    slot_growth=exactly(0.5, "per month", "assumed"),
    refreshes_per_slot=exactly(2.0),
    editing=exactly(3.0, "h"),
    review=exactly(1.0, "h"),
    compliance=exactly(0.5, "h"),
    owner_share=exactly(0.25),
    hourly_wage=exactly(100.0, "CNY"),
    owner_month=exactly(20_000.0, "CNY"),
)


def rng():
    return np.random.default_rng(0)


def test_by_hand():
    owned = cost(CERTAIN, rng())
    assert owned.path["slots"].tolist() == [2, 3, 4]  # 4.5 would be above the cap
    assert owned.path["hours"].tolist() == [18, 27, 36]
    assert owned.path["editing"].tolist() == [1200, 1800, 2400]
    assert owned.path["total"].tolist() == [1800 + 5000, 2700 + 5000, 3600 + 5000]
    assert owned.total.value == owned.total.low == owned.total.high == 23_100
    assert owned.total.basis == "assumed" and owned.total.unit == "CNY"


def test_ranges_make_an_interval_around_the_value():
    owned = cost(Upkeep(), rng())
    assert owned.total.low < owned.total.value < owned.total.high
    assert np.all(owned.path["low"] < owned.path["total"]) and np.all(owned.path["total"] < owned.path["high"])
    assert len(owned.path) == 24 and owned.path["total"].sum() == pytest.approx(owned.total.value)


def test_one_range_alone_comes_through_as_it_is():
    """With a single uncertain factor the total's 80 % range is that factor's 80 % range."""
    owned = cost(replace(CERTAIN, owner_share=assumed(0.25, 0.1, 0.5)), rng(), count=40_000)
    assert owned.total.low == pytest.approx(8_100 + 3 * 2_000, rel=0.02)
    assert owned.total.high == pytest.approx(8_100 + 3 * 10_000, rel=0.02)


def test_same_seed_same_range():
    assert cost(Upkeep(), rng()).total == cost(Upkeep(), rng()).total


def test_slots_grow_to_the_cap_and_stay():
    path = slots(Upkeep(months=60))
    assert path[0] == 2 and path[-1] == 12 and np.all(np.diff(path) >= 0)


def test_what_cannot_be_reckoned_is_refused():
    with pytest.raises(Refusal, match="no more slots"):
        replace(CERTAIN, slots_at_start=9)
    with pytest.raises(Refusal, match="'editing' 9 lies outside its own range"):
        replace(CERTAIN, editing=assumed(9, 1, 5, "h"))


def test_gaps_are_the_questions_without_an_answer():
    assert gaps({}) == list(QUESTIONS)
    answers = {question.key: "settled" for question in QUESTIONS} | {"owner": " ", "consent": False, "exit": None}
    assert [question.key for question in gaps(answers)] == ["owner", "consent", "exit"]
    with pytest.raises(Refusal, match="no question 'onwer'"):
        gaps({"onwer": "me"})
