"""The simulation against what is known exactly: within its own 99 % interval, with enough runs to tell a small fault."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.paperwork import queueing
from helpers.paperwork.office.change import DO_NOTHING
from helpers.paperwork.office.engine.run import clients_present, play_options
from helpers.paperwork.office.engine.world import Horizon, worlds
from helpers.paperwork.office.load import load
from helpers.paperwork.office.model import CASE, WEEK, Step, needs_of, pack
from helpers.paperwork.office.outcome import simulate, t_interval

HORIZON = Horizon(2, 52, 1)


def holds(estimate, exact: float, at_most: float = 0.06) -> bool:
    """Whether the interval contains the exact value and is narrow enough to mean something."""
    assert (estimate.high - estimate.low) / exact < 2 * at_most
    return estimate.low <= exact <= estimate.high


def check(model, exact_wait: float, exact_present: float, runs: int = 12) -> None:
    (outcome,) = simulate(model, seed=2, replications=runs, horizon=HORIZON)
    assert holds(outcome.estimate("wait_per_client", 0.99), exact_wait)
    assert holds(outcome.estimate("clients_present", 0.99), exact_present)
    assert holds(outcome.estimate("utilisation", 0.99), load(model).utilisation)


@pytest.mark.parametrize("rate, clerks", [(2.0, 1), (4.5, 2), (9.0, 4)])
def test_mmc(queue_model, rate, clerks):
    exact = queueing.mmc(rate, 1 / 3, clerks)
    check(queue_model(rate, 1 / 3, clerks), exact.wait, exact.in_system)


@pytest.mark.parametrize("hours, cv2", [(np.ones(1), 0.0), (np.repeat([1 / 3, 3.0], [3, 1]), 4 / 3)])
def test_mg1(queue_model, hours, cv2):
    exact = queueing.mg1(2.0, 1 / 3, cv2)
    check(queue_model(2.0, 1 / 3, 1, hours=hours), exact.wait, exact.in_system)


def test_rework_feedback(queue_model, published):
    """Trap 5: the published feedback queue; the same queue without rework is far outside."""
    entry = published("rework_feedback_mm1")
    given, expected = entry["inputs"], entry["expected"]
    model = queue_model(given["lam"], 1 / given["mu"], 1, failure=given["p_rework"])
    check(model, expected["W"] - expected["visits"] / given["mu"], expected["L"], runs=100)
    assert load(model).utilisation == pytest.approx(expected["rho_eff"])
    (blind,) = simulate(queue_model(given["lam"], 1 / given["mu"], 1), seed=2, replications=6, horizon=HORIZON)
    assert blind.estimate("clients_present", 0.999).high < expected["L"]


def played(model, runs: int, horizon: Horizon):
    """The runs themselves."""
    (found,) = play_options(model, [DO_NOTHING], worlds(model, 3, runs, horizon), horizon)
    return found


def test_littles_law(queue_model):
    """Clients present, summed by the event loop, are arrivals times the mean lead time of the clients."""
    (run,) = played(queue_model(4.5, 1 / 3, 2, failure=0.2), 1, Horizon(4, 52, 1))
    start, end = run.horizon.warm_up * WEEK, (run.horizon.warm_up + run.horizon.weeks) * WEEK
    arrival, done = run.floor.clients["arrival"][:-1], run.floor.clients["done"][:-1]
    came = (arrival >= start) & (arrival < end)
    assert clients_present(run) == pytest.approx(came.sum() / (end - start) * (done - arrival)[came].mean(), rel=0.002)
    waiting = run.floor.desk["waiting_hours"][0] / (end - start)
    waited = run.floor.papers["waited"][came[run.world.client] & (run.world.kind > 0)].sum()
    assert waiting == pytest.approx(waited / (end - start), rel=0.002)


def test_without_warm_up_the_wait_is_too_short(queue_model):
    """Trap 6: an office that opens empty looks better than it is; with warm-up the exact wait is met."""
    exact, model = queueing.mmc(8.55, 1 / 3, 3), queue_model(8.55, 1 / 3, 3)
    cold = simulate(model, seed=4, replications=200, horizon=Horizon(0, 1, 1))[0].estimate("wait", 0.99)
    warm = simulate(model, seed=4, replications=200, horizon=Horizon(2, 1, 1))[0].estimate("wait", 0.99)
    assert cold.high < exact.wait, "starting empty should show"
    assert warm.low <= exact.wait <= warm.high


def test_the_urgent_go_first(queue_model):
    """Two kinds of papers, one urgent: the waits of Cobham's formula for each."""
    plain = queue_model(9.0, 1 / 3, 4)
    steps = (Step("open"), Step("urgent", then="other"), Step("other", urgency=(1, 1)), Step("close"))
    hours = plain.durations.values[1 : 1 + plain.durations.count[1, 1, 0]]
    happens = np.zeros((3, 4, 2))
    happens[1, 1] = happens[2, 2] = 1
    model = replace(plain, kinds=(CASE, "urgent", "other"), steps=steps, entry=("open", "urgent", "close"), happens=happens, failure=np.zeros((3, 2)),
                    durations=pack({(1, 1, 0): hours, (2, 2, 0): hours}, 3, 4), needs=needs_of([np.array([1]), np.array([2]), np.array([2])]))
    waits = [[run.floor.papers["waited"][run.world.kind == kind].mean() for kind in (1, 2)] for run in played(model, 12, HORIZON)]
    for kind, exact in enumerate(queueing.priority_waits([3.0, 6.0], 1 / 3, 4)):
        assert holds(t_interval(np.array(waits)[:, kind], "h", 0.99), exact)
