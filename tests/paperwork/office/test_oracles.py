"""The same small office, with rework, client delays and priorities, in three implementations."""

import numpy as np
import pytest

MEASURES = ("wait per document", "lead time, median", "lead time, 90th percentile", "utilisation")


@pytest.fixture(scope="module")
def ours(oracles):
    return oracles.in_ours(oracles.Network(), 120)


@pytest.mark.parametrize("other, runs", [("in_simpy", 10), ("in_ciw", 4)])
def test_the_other_implementation_agrees(oracles, ours, other, runs):
    theirs = np.array([getattr(oracles, other)(oracles.Network(), seed) for seed in range(runs)])
    error = np.sqrt(theirs.var(axis=0, ddof=1) / runs + ours.var(axis=0, ddof=1) / len(ours))
    off = dict(zip(MEASURES, (theirs.mean(axis=0) - ours.mean(axis=0)) / error))
    assert max(map(abs, off.values())) < 3.5, off
    assert np.all(error / ours.mean(axis=0) < (0.12, 0.04, 0.04, 0.04)), "precise enough to mean something"


def test_leaving_rework_out_is_seen(oracles, ours):
    """Trap 5: the same comparison fails for an office whose reviews never fail."""
    blind = oracles.in_ours(oracles.Network(first_failure=0.0), 20)
    assert np.all(blind.mean(axis=0) < 0.9 * ours.mean(axis=0))
