"""Reading a test that was run: by hand on a small one, on the shipped one whose truth is planted, and over many without an effect."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.evidence.estimate import Estimate
from helpers.evidence.experiment import SampleRatio
from helpers.intake.refusal import Refusal
from helpers.marketing.trial.reading import GuardrailReading, read, verdict
from helpers.marketing.trial.rule import Guardrail, Rule, freeze

RULE = Rule("contact details", 0.01, 8)


def table(control, module, **columns):
    """Units from successes and failures of each cluster: {cluster: (ones, zeros)}."""
    rows = [
        (arm, cluster, outcome)
        for arm, clusters in (("control", control), ("module", module))
        for cluster, (ones, zeros) in clusters.items()
        for outcome in [1] * ones + [0] * zeros
    ]
    return pd.DataFrame(rows, columns=["arm", "cluster", "outcome"]).assign(**columns)


SMALL = table({"a": (2, 8), "b": (1, 9), "c": (3, 7)}, {"d": (4, 6), "e": (3, 7), "f": (5, 5)})


@pytest.fixture(scope="module")
def shipped(root):
    return pd.read_csv(root / "data" / "marketing" / "trial.csv")


def test_a_small_test_by_hand():
    found = read(SMALL, freeze(RULE, "2026-11-01"))
    assert found.clusters == (3, 3) and found.units == (30, 30)
    assert found.clustered.value == pytest.approx(0.2) == found.naive.value
    assert found.split == SampleRatio(0.0, 1.0, (3.0, 3.0))
    half = 2.776 * np.sqrt(2 * 0.1**2 / 3)  # the t test of the clusters' shares: standard deviation 0.1, 4 degrees of freedom
    assert found.clustered.high - found.clustered.value == pytest.approx(half, rel=1e-3)
    assert found.adjusted is None and found.exposed_controls is None
    assert found.deviations == ("The earlier outcome that the rule adjusts by wasn't recorded",)


def test_the_shipped_test_naive_finds_what_clusters_cannot_bear_out(shipped):
    found = read(shipped, freeze(RULE, "2026-11-01"))
    assert found.naive.low > 0 > found.clustered.low
    assert found.clusters == (48, 48) and found.split.p == 1
    assert found.decisive == found.adjusted.effect
    assert found.decisive.low < 0.018 < found.decisive.high  # the planted effect
    assert found.verdict == "can't be told" and found.deviations == ()


def test_lots_are_checked_where_they_were_drawn(shipped):
    """Salespeople differ in traffic, so that readers are unevenly split by chance; the lots were right all the same."""
    heavy = pd.concat([SMALL, table({"a": (200, 800)}, {})], ignore_index=True)
    assert read(heavy, freeze(RULE, "2026-11-01")).split.p == 1
    designed = replace(RULE, split=(("control", 0.95), ("module", 0.05)))
    lopsided = read(shipped, freeze(designed, "2026-11-01"))
    assert lopsided.split.p < 1e-9 and lopsided.verdict == "invalid"


def test_an_earlier_outcome_narrows_the_interval():
    rng = np.random.default_rng(0)
    own = np.repeat(rng.normal(0, 1, 60), 20)
    units = pd.DataFrame({
        "arm": np.repeat(["control", "module"], 600),
        "cluster": np.repeat(np.arange(60), 20),
        "outcome": own + rng.normal(0, 1, 1200),
        "earlier_outcome": own + rng.normal(0, 1, 1200),
    })  # fmt: skip
    found = read(units, freeze(RULE, "2026-11-01"))
    assert found.adjusted.variance_ratio < 0.2
    assert found.decisive.high - found.decisive.low < 0.5 * (found.clustered.high - found.clustered.low)
    plain = read(units, freeze(replace(RULE, use_earlier=False), "2026-11-01"))
    assert plain.decisive == plain.clustered


def test_looks_on_the_way_need_more():
    rule = freeze(replace(RULE, looks=3), "2026-11-01")
    first, last = read(SMALL, rule, look=1), read(SMALL, rule)
    assert first.decisive.level > last.decisive.level > 0.95
    assert first.decisive.low < last.decisive.low
    assert first.verdict == "can't be told yet"
    with pytest.raises(Refusal, match="look 4"):
        read(SMALL, rule, look=4)


def test_guardrails_and_contamination_are_read():
    rule = replace(RULE, guardrails=(Guardrail("reads", 0.5), Guardrail("forwards", 0.1)))
    units = SMALL.assign(reads=np.tile([1.0, 2.0], 30), exposed=(SMALL["arm"] == "module") | (SMALL["cluster"] == "b"))
    found = read(units.astype({"exposed": int}), freeze(rule, "2026-11-01"))
    reads, forwards = found.guardrails
    assert reads.holds is True and reads.difference.value == pytest.approx(0)
    assert forwards == GuardrailReading("forwards", 0.1, None, None)
    assert found.exposed_controls.value == pytest.approx(1 / 3)
    assert "Guardrail forwards wasn't recorded" in found.deviations


def test_what_was_done_otherwise_is_carried_along():
    found = read(SMALL, freeze(RULE, "2026-11-01"), as_run=replace(RULE, horizon_weeks=5))
    assert found.deviations[0] == "The test ran 5 weeks instead of 8 (stopped early)"


SOUND = SampleRatio(0.1, 0.75)


@pytest.mark.parametrize(
    "interval, rails, last, expected",
    [
        ((0.02, 0.005, 0.035), (), True, "worth building"),
        ((0.004, 0.001, 0.009), (), True, "not worth building"),
        ((0.005, 0.001, 0.012), (), True, "can't be told"),
        ((0.02, -0.01, 0.05), (), True, "can't be told"),
        ((0.02, -0.01, 0.05), (), False, "can't be told yet"),
        ((0.02, 0.005, 0.035), (False,), True, "guardrail broken"),
        ((0.02, 0.005, 0.035), (None,), True, "can't be told"),
        ((-0.02, -0.03, -0.01), (), False, "not worth building"),
    ],
)
def test_the_rule_in_all_its_cases(interval, rails, last, expected):
    read_rails = tuple(GuardrailReading("reads", 0.1, None, holds) for holds in rails)
    assert verdict(RULE, SOUND, Estimate(*interval), read_rails, last) == expected


def test_a_broken_split_comes_before_everything():
    assert verdict(RULE, SampleRatio(30.0, 1e-6), Estimate(0.02, 0.01, 0.03), (), True) == "invalid"


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda units: units.drop(columns="cluster"), "no column cluster"),
        (lambda units: units.replace({"arm": {"module": "variant"}}), "the rule knows control and module"),
        (lambda units: units[units["arm"] == "control"], "the rule knows control and module"),
        (lambda units: units.assign(cluster="a"), "in both arms"),
        (lambda units: units.assign(outcome=units["outcome"].where(units.index != 3)), "1 units have no outcome"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(change, words):
    with pytest.raises(Refusal, match=words):
        read(change(SMALL), freeze(RULE, "2026-11-01"))
