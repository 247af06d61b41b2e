"""The options side by side, their targets, their first year, and the wait in closed form."""

import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.office.change import DO_NOTHING, Option, mixed
from helpers.paperwork.office.engine.world import Horizon
from helpers.paperwork.office.load import load
from helpers.paperwork.office.options import ExcelOnline, Rollout, Standard, Target, clerks_needed, compare, excel_online, hire, standardise, table
from helpers.paperwork.office.outcome import METRICS, simulate
from helpers.paperwork.office.rollout import roll_out
from helpers.paperwork.office.waits import at_volume, burstiness, wait

WORST = ("financial statements", "board resolution", "bank statements", "lease contract")
HALF_A_YEAR = Horizon(4, 26, 8)


@pytest.fixture(scope="module")
def tried(shipped_office):
    options = [DO_NOTHING, hire(1), excel_online(), standardise(WORST), mixed("both", [standardise(WORST), hire(1)]), Option("let two go", hires=-2)]
    return {each.option.name: each for each in compare(shipped_office, options, replications=6, horizon=HALF_A_YEAR)}


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


def test_an_option_that_cannot_keep_up_stays_in_the_table(tried):
    """Trap 6: refused with the reason and the number that would do; no numbers beside it."""
    frame = table(list(tried.values())).set_index("option")
    row = frame.loc["let two go"]
    assert "utilisation would be" in row["refused"] and "At least 7 clerks" in row["refused"]
    assert row[list(METRICS)].isna().all() and row["load"] > 1 and row["clerks_needed"] >= 7
    assert (frame.drop("let two go")["refused"] == "").all() and frame.drop("let two go")[list(METRICS)].notna().all(axis=None)


def test_clerks_needed(shipped_office):
    for bound in (0.7, 0.9):
        needed = clerks_needed(shipped_office, DO_NOTHING, Target(bound))
        erlangs = load(shipped_office).erlangs
        assert erlangs / needed <= bound < erlangs / (needed - 1)
    assert clerks_needed(shipped_office, standardise(WORST)) < clerks_needed(shipped_office, DO_NOTHING)
    quick = clerks_needed(shipped_office, DO_NOTHING, Target(0.95, lead_time_p90=17))
    assert quick is not None and quick >= clerks_needed(shipped_office, DO_NOTHING, Target(0.95))
    assert clerks_needed(shipped_office, DO_NOTHING, Target(0.95, lead_time_p90=5)) is None, "clients alone take longer than that"


def test_standards_may_differ_by_document(shipped_office):
    option = standardise({"lease contract": Standard(explain=0.9), "bank statements": Standard(), "tax certificate": Standard()}, Rollout(training_hours=6))
    assert {change.documents for change in option.changes} == {("lease contract",), ("bank statements", "tax certificate")}
    assert sum(change.training_hours for change in option.changes) == 6, "trained once, not once per effect"
    with pytest.raises(Refusal, match="no document 'passport'"):
        simulate(shipped_office, [standardise(["passport"])])


def test_the_first_year(shipped_office):
    """Standards come slowly: nothing gained in the first month, the settled lead time in the end."""
    option = standardise(WORST, Rollout(adoption=1.0, ramp_up_weeks=24, training_hours=8))
    year, plain = (roll_out(shipped_office, each, replications=6) for each in (option, DO_NOTHING))
    saved = (plain["lead_time_p50"] - year["lead_time_p50"]).to_numpy()
    assert saved[:1].mean() < 0.5 * saved[-5:].mean() and saved[-5:].mean() > 0.5
    assert year["wait"][0] > plain["wait"][0], "training takes clerks away"
    settled = simulate(shipped_office, [option], replications=6)[0].estimate("lead_time_p50").value
    assert year["lead_time_p50"][-5:].mean() == pytest.approx(settled, rel=0.08)
    late = roll_out(shipped_office, hire(2, after_weeks=20, ramp_weeks=0), replications=6)
    assert (plain["wait"] - late["wait"])[:4].abs().max() < 1e-9 and (plain["wait"] - late["wait"])[7:].mean() > 0.1


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
