"""Readiness: measures by hand and as planted, weights that count, intervals that hold."""

import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import timed
from helpers.paperwork.hours import always_open
from helpers.paperwork.readiness.measures import MEASURES, measures
from helpers.paperwork.readiness.scores import SCALES, Weights, readiness


@pytest.fixture(scope="module")
def measured(shipped_times):
    return measures(shipped_times, np.random.default_rng(1))


def column(measured, name: str) -> dict[str, float]:
    return dict(zip(measured.documents, measured.values[:, MEASURES.index(name)]))


def test_planted_measures_are_recovered(measured, truth):
    volume, exceptions, rework = (column(measured, name) for name in ("volume", "exceptions", "rework"))
    for row in truth["planted"]["documents"]:
        name = row["name"]
        assert volume[name] == pytest.approx(row["needed"], abs=0.03)
        assert exceptions[name] == pytest.approx(row["exceptions"], abs=0.03)
        assert 1 - rework[name] == pytest.approx(row["right_first_time"], abs=0.05)
    spread = column(measured, "variability")
    assert max(spread, key=spread.get) in ("qualification certificates", "lease contract")  # the two planted to vary most


def test_by_hand(small_log):
    log = small_log("""
        case, document, activity, kind, party, start, end
        1, A, talk,  explain, clerk, 2026-01-05 09:00, 2026-01-05 10:00
        1, A, check, review,  clerk, 2026-01-05 10:00, 2026-01-05 11:00
        1, A, check, review,  clerk, 2026-01-05 12:00, 2026-01-05 13:00
        2, A, talk,  explain, clerk, 2026-01-05 09:00, 2026-01-05 10:00
        2, A, write, prepare, client, 2026-01-05 10:00, 2026-01-05 18:00
        2, A, ask,   exception, clerk, 2026-01-05 18:00, 2026-01-05 18:00
        2, B, talk,  explain, clerk, 2026-01-05 09:00, 2026-01-05 10:00
    """)
    found = measures(timed(log, always_open()), np.random.default_rng(1), step="check", draws=20)
    assert found.documents == ("A", "B") and found.clients == 2
    assert found.values[0] == pytest.approx([1.0, 0.5, 0.5, 1.0, 0.5])
    assert found.values[1, :2].tolist() == [0.5, 0.0] and np.isnan(found.values[1, 3])


def test_scores_and_composite_by_hand(measured):
    found = readiness(measured, Weights(1, 0, 0, 1, 0))
    row = found.table.iloc[0]
    assert row["readiness"] == pytest.approx((row["score_volume"] + row["score_rework"]) / 2)
    zero, one = SCALES["rework"]
    assert row["score_rework"] == pytest.approx((row["rework"] - zero) / (one - zero))
    scores = found.table[[f"score_{name}" for name in MEASURES]]
    assert scores.min().min() >= 0 and scores.max().max() <= 1


def test_intervals_hold_the_value_and_ranks_are_ranks(measured):
    table = readiness(measured).table
    assert (table["low"] <= table["readiness"]).all() and (table["readiness"] <= table["high"]).all()
    assert table["rank"].tolist() == list(range(1, 11)) and table["readiness"].is_monotonic_decreasing
    assert (table["rank_low"] <= table["rank"]).all() and (table["rank"] <= table["rank_high"]).all()
    assert table["document"].iloc[-1] == "qualification certificates"  # rare, uneven, full of exceptions


def test_weights_move_the_order(measured):
    assert readiness(measured, Weights(1, 0, 0, 0, 0)).table["document"][0] == "business licence"
    assert readiness(measured, Weights(0, 0, 0, 1, 0)).table["document"][0] == "financial statements"
    with pytest.raises(Refusal):
        Weights(0, 0, 0, 0, 0)
    with pytest.raises(Refusal):
        Weights(volume=-1)


def test_the_waterline_is_a_share_of_draws(measured):
    found = readiness(measured)
    assert found.above(0).eq(1).all() and found.above(1.01).eq(0).all()


def test_the_same_seed_draws_the_same(shipped_times, measured):
    again = measures(shipped_times, np.random.default_rng(1))
    assert (again.draws == measured.draws).all()


def test_the_bootstrap_is_as_wide_as_the_binomial_says(measured):
    """Volume is a share of clients: its spread over draws is known in closed form."""
    share = measured.values[:, 0]
    assert measured.draws[:, :, 0].std(axis=0) == pytest.approx(np.sqrt(share * (1 - share) / measured.clients), rel=0.15)


def test_what_the_log_cannot_say_counts_for_nothing(small_log):
    log = small_log("case,document,activity,time\n1,A,x,2026-01-05 10:00\n1,A,y,2026-01-05 11:00\n2,B,x,2026-01-05 10:00\n2,B,y,2026-01-05 10:00")
    found = readiness(measures(timed(log, always_open()), np.random.default_rng(1), step="x", draws=20), Weights())
    assert found.table[["variability", "exceptions", "explaining"]].isna().all().all()
    assert found.table["readiness"].notna().all()
    with pytest.raises(Refusal, match="document"):
        measures(timed(small_log("case,activity,time\n1,A,2026-01-05 10:00"), always_open()), np.random.default_rng(1))
