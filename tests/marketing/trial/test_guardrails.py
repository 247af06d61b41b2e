"""Sizes of guardrails: the textbook formula, and tests that are really run."""

import numpy as np
import pytest

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal
from helpers.marketing.trial.guardrails import for_mean, for_share, holds
from helpers.marketing.worlds.same import draw, record


def test_share_without_clustering_is_the_textbook_size():
    one_read_each = for_share("forwards", 0.25, 0.05, 0.0, np.ones(2000))
    assert one_read_each.salespeople == 2 * int(np.ceil((1.959964 + 0.841621) ** 2 * 2 * 0.25 * 0.75 / 0.05**2))


def test_margin_and_size_are_two_sides_of_one_formula():
    reads = np.full(200, 100.0)
    smallest = for_share("forwards", 0.25, 0.02, 0.03, reads).smallest_margin
    assert for_share("forwards", 0.25, smallest * 1.0001, 0.03, reads).salespeople == 200
    smallest = for_mean("reads", 0.05, 0.75, 200, 0.9).smallest_margin
    assert for_mean("reads", smallest * 1.0001, 0.75, 200, 0.9).salespeople == 200


def test_a_mean_by_hand():
    size = for_mean("reads", 0.1, 0.8, 100, 0.6)
    assert size.salespeople == 2 * int(np.ceil((1.959964 + 0.841621) ** 2 * 2 * 0.64 * 0.64 / 0.01))


def test_guardrails_of_that_size_hold_four_times_in_five():
    reads = np.full(300, 40)
    margin = for_share("forwards", 0.25, 0.02, 0.03, reads).smallest_margin
    batch = draw(reads, 0.25, 0.03, 800, np.random.default_rng(1))
    lower = record(draw(reads, 0.25, 0.03, 800, np.random.default_rng(1), effect=-margin)).set_index("reading").loc["clustered"]
    assert lower["alarms"] == pytest.approx(0.8, abs=0.05)  # a loss of the margin is told from none with the power that sizes it
    assert record(batch).set_index("reading").loc["clustered", "alarms"] < 0.075


def test_what_an_interval_says_of_a_margin():
    assert holds(Estimate(0.0, -0.01, 0.01), 0.02) is True
    assert holds(Estimate(-0.05, -0.06, -0.04), 0.02) is False
    assert holds(Estimate(-0.02, -0.04, 0.0), 0.02) is None
    assert holds(Estimate(0.0, float("nan"), float("nan")), 0.02) is None


def test_no_loss_at_all_cannot_be_ruled_out():
    with pytest.raises(Refusal, match="guardrail 'reads'"):
        for_mean("reads", 0.0, 0.8, 100)
    with pytest.raises(Refusal, match="guardrail 'forwards'"):
        for_share("forwards", 0.2, -0.1, 0.0, np.ones(10))
