"""The options side by side, the clerks that they need, and the wait in closed form."""

import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.office.change import DO_NOTHING, Change, Option
from helpers.paperwork.office.engine.world import Horizon
from helpers.paperwork.office.load import load
from helpers.paperwork.office.options import compare
from helpers.paperwork.office.outcome import simulate
from helpers.paperwork.office.waits import at_volume, burstiness, wait

WORST = ("financial statements", "board resolution", "bank statements", "lease contract")
STANDARD = Change("standard", WORST, (("explain", 0.4), ("send", 0.4), ("feedback", 0.7), ("prepare", 0.9), ("correct", 0.9)), 0.5, 0.5, adoption=0.85)
SHEETS = Change("sheets", (), (("send", 0.7), ("prepare", 0.95), ("correct", 0.95)), 1.05, 1.05, adoption=0.8)
HALF_A_YEAR = Horizon(4, 26, 8)
OPTIONS = (
    DO_NOTHING, Option("hire 1", 1), Option("Excel online", changes=(SHEETS,)), Option("standardise", changes=(STANDARD,)), Option("both", 1, (STANDARD,)),
    Option("let two go", hires=-2),
)  # fmt: skip


@pytest.fixture(scope="module")
def tried(shipped_office):
    return {each.option.name: each for each in compare(shipped_office, OPTIONS, replications=6, horizon=HALF_A_YEAR)}


@pytest.fixture(scope="module")
def peakedness(shipped_office):
    simulated = simulate(shipped_office, [DO_NOTHING], replications=6)[0].estimate("wait").value
    return burstiness(load(shipped_office), simulated)


def test_each_option_does_what_it_should(tried):
    def change(name, metric):
        return tried[name].outcome.difference(tried["do nothing"].outcome, metric)

    assert change("hire 1", "wait").high < 0 and change("hire 1", "utilisation").high < 0
    assert abs(change("hire 1", "first_time_right").value) < 0.002, "hiring mends no document"
    assert change("standardise", "first_time_right").low > 0.05 and change("standardise", "lead_time_p90").high < 0
    assert change("Excel online", "first_time_right").high < 0 and abs(change("Excel online", "utilisation").value) < 0.03
    assert change("both", "wait").value < min(change("hire 1", "wait").value, change("standardise", "wait").value)
    assert all(abs(change(name, "clients_per_week").value) < 0.5 for name in tried if tried[name].outcome), "who comes is served, sooner or later"


def test_an_option_that_cannot_keep_up_stays_with_its_reason(tried):
    """Trap 6: refused with the reason and the number that would do; no numbers beside it."""
    refused = tried["let two go"]
    assert "utilisation would be" in refused.refusal.words() and "At least 7 clerks" in refused.refusal.words()
    assert refused.outcome is None and refused.load.utilisation > 1 and refused.clerks_needed >= 7
    assert all(each.refusal is None and each.outcome for name, each in tried.items() if name != "let two go")


@pytest.mark.parametrize("at_most", [0.7, 0.9])
def test_clerks_needed(shipped_office, at_most):
    today, standard = compare(shipped_office, [DO_NOTHING, OPTIONS[3]], replications=1, horizon=Horizon(1, 2, 1), at_most=at_most)
    assert today.load.erlangs / today.clerks_needed <= at_most < today.load.erlangs / (today.clerks_needed - 1)
    assert standard.clerks_needed < today.clerks_needed


def test_a_document_that_the_office_has_not_is_refused(shipped_office):
    with pytest.raises(Refusal, match="no document 'passport'"):
        simulate(shipped_office, [Option("standardise", changes=(Change("standard", ("passport",)),))])


def test_today_s_wait_is_met(shipped_office, peakedness):
    simulated = simulate(shipped_office, [DO_NOTHING], replications=6)[0].estimate("wait").value
    assert wait(load(shipped_office), shipped_office.clerks, peakedness) == pytest.approx(simulated, rel=1e-4)
    assert burstiness(load(shipped_office), 0.0) == 0.05 and burstiness(load(shipped_office), 1e6) == 50


def test_the_hockey_stick(shipped_office, peakedness):
    """Trap 6: flat, then steep; a straight line through its first half is wrong by far."""
    work = load(shipped_office)
    rho = np.linspace(0.3, 0.95, 14)
    waits = np.array([wait(at_volume(work, each / work.utilisation), work.clerks, peakedness) for each in rho])
    assert np.all(np.diff(waits) > 0) and np.all(np.diff(waits, 2) > 0)
    line = np.polyval(np.polyfit(rho[:7], waits[:7], 1), 0.95)
    assert waits[-1] > 4 * line
    with pytest.raises(Refusal, match="clerks are needed"):
        wait(at_volume(work, 1.01 / work.utilisation), work.clerks, peakedness)


@pytest.mark.parametrize("multiple, clerks", [(1, 9), (2, 15), (5, 35)])
def test_the_closed_form_is_near_the_simulation(shipped_office, peakedness, multiple, clerks):
    option = Option("so many", hires=clerks - shipped_office.clerks)
    simulated = simulate(shipped_office, [option], seed=5, replications=6, multiple=multiple)[0].estimate("wait").value
    assert wait(load(shipped_office, option, multiple), clerks, peakedness) == pytest.approx(simulated, rel=0.4)
