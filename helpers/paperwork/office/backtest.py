"""Back-test: whether the calibrated simulation reproduces the log it was calibrated from, metric by metric, within stated bounds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.evidence.clustering import clustered_ratio
from helpers.evidence.estimate import Estimate
from helpers.evidence.means import mean_interval
from helpers.evidence.survival import kaplan_meier
from helpers.intake.held import held
from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import Timed
from helpers.paperwork.office.change import DO_NOTHING
from helpers.paperwork.office.engine.run import Run, play_options, utilisation
from helpers.paperwork.office.engine.world import Horizon, World, replayed, worlds
from helpers.paperwork.office.measure.demand import giving_up, logged_clients
from helpers.paperwork.office.measure.steps import PLACE
from helpers.paperwork.office.measure.ways import Ways, ways
from helpers.paperwork.office.model import WEEK, OfficeModel
from helpers.paperwork.office.outcome import lead_times, mean_wait, percentile, t_interval

BOUND = 0.10  # share by which the simulation may miss the log
WAIT_BOUND = 0.30  # the same for the wait, which swings most by chance and of which the log doesn't show the first, before a case is opened
WARM_UP = 8  # weeks left out at the log's beginning, when the office in the log fills up
SHORTEST = 8  # weeks that must remain
NAMES = {
    "clients_per_week": "clients served a week", "lead_time_p50": "lead time, median", "lead_time_p90": "lead time, 90th percentile",
    "utilisation": "utilisation of the clerks", "wait": "wait for a clerk, per handling",
}  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One metric in the log and in the simulation. passed: the simulated value lies within `bound` of the log's, or inside the log's interval."""

    metric: str
    log: Estimate
    simulated: Estimate
    bound: float = BOUND

    @property
    def passed(self) -> bool:
        """Whether the simulation reproduces the log here."""
        near = abs(self.simulated.value - self.log.value) <= self.bound * abs(self.log.value)
        return bool(near or self.log.low <= self.simulated.value <= self.log.high)

    def words(self) -> str:
        """The comparison as a sentence."""
        log, simulated = (_said(each) for each in (self.log, self.simulated))
        verdict = "reproduced" if self.passed else "does not reproduce the log"
        return f"{NAMES[self.metric]}: {log} in the log, {simulated} simulated: {verdict} (bound: {100 * self.bound:.0f} %, or the log's own interval)."


@dataclass(frozen=True)
class BackTest:
    """All metrics compared, over the weeks `first` to `last` of the log (counted from its first Monday)."""

    compared: tuple[Compared, ...]
    first: int
    last: int

    @property
    def passed(self) -> bool:
        """Whether every metric is reproduced."""
        return all(each.passed for each in self.compared)

    def words(self) -> list[str]:
        """One sentence per metric, and a verdict."""
        failed = [NAMES[each.metric] for each in self.compared if not each.passed]
        verdict = f"the simulation does not reproduce {', '.join(failed)}: don't rest the options on these" if failed else "the simulation reproduces the log"
        return [*(each.words() for each in self.compared), f"Weeks {self.first} to {self.last} of the log: {verdict}."]


@held
def back_test(times: Timed, model: OfficeModel, seed: int = 1, replications: int = 20) -> BackTest:
    """The log against the simulation of its own clients, who come when they came, with what they brought, over the log's own weeks.

    What clerks and clients then do with it is simulated. The first weeks are left out on both sides. Lead time runs from a client's first
    handling (the log knows nothing earlier) by the clock; cases still open are censored. Raises Refusal if the log is too short.
    """
    weeks = int((times.log.last - model.sessions.origin) / pd.Timedelta(weeks=1))
    if weeks < WARM_UP + SHORTEST:
        raise Refusal(f"the log covers {weeks} whole weeks, too few to test a simulation on", times.log.source,
                      f"Bring at least {WARM_UP + SHORTEST} weeks")
    found, horizon = ways(times), Horizon(WARM_UP, weeks - WARM_UP)
    logged, clients = measured(times, found, model, weeks), logged_clients(found, times, model.sessions)
    simulated = _simulated(model, [replayed(world, clients) for world in worlds(model, seed, replications, horizon)], horizon)
    bounds = {"wait": WAIT_BOUND}
    return BackTest(tuple(Compared(name, logged[name], simulated[name], bounds.get(name, BOUND)) for name in NAMES), WARM_UP + 1, weeks)


def measured(times: Timed, found: Ways, model: OfficeModel, weeks: int) -> dict[str, Estimate]:
    """The metrics as the log has them, from the end of the warm-up to week `weeks`."""
    cases = times.cases
    served = cases.loc[cases["closed"], "until"]
    lead = _lead_times(times, found, model, weeks)
    return {
        "clients_per_week": mean_interval(_count(_week(served, model), weeks), unit="clients"),
        "lead_time_p50": lead[0.5], "lead_time_p90": lead[0.9],
        "utilisation": _utilisation(times, model, weeks), "wait": _wait(found, model, weeks),
    }  # fmt: skip


def _lead_times(times: Timed, found: Ways, model: OfficeModel, weeks: int) -> dict[float, Estimate]:
    """Median and 90th percentile by Kaplan-Meier of the cases that came in these weeks and haven't given up; open ones are censored.

    Those who gave up are left out on both sides, and simulated as a share of their own: censored, they would count as about to be served until the
    day they left.
    """
    week = _week(times.cases["opened"], model)
    cases = times.cases[(week >= WARM_UP) & (week < weeks) & ~giving_up(found, times).cases]
    return kaplan_meier(cases["lead_clock_h"] / 24, cases["closed"], unit="days").quantiles


def _utilisation(times: Timed, model: OfficeModel, weeks: int) -> Estimate:
    """Share of the clerks' office hours filled with handlings, over all weeks together; a handling whose time is lost counts as an average one."""
    done = times.frame[(times.frame["party"] == "clerk") & times.frame["start"].notna()]
    hours = done["touch_h"].fillna(done["touch_h"].mean()).to_numpy()
    worked = _count(_week(done["start"], model), weeks, hours)
    edges = np.arange(WARM_UP, weeks + 1) * WEEK
    there = np.diff(model.sessions.over(weeks + 1).office_hours(edges)) * model.clerks * model.presence
    return clustered_ratio(worked[there > 0], there[there > 0], unit="share")


def _wait(found: Ways, model: OfficeModel, weeks: int) -> Estimate:
    """Mean office hours before a clerk's handling, by weeks; without filings that were held for their day."""
    held = (found.rows["step"] == PLACE["file"]) & (model.happens[found.rows["kind"], PLACE["hold"], 0] > 0)
    rows = found.rows[found.rows["wait"].notna() & found.rows["start"].notna() & ~held]
    week = _week(rows["start"], model)
    return clustered_ratio(_count(week, weeks, rows["wait"].to_numpy()), _count(week, weeks), unit="h")


def _week(moments: pd.Series, model: OfficeModel) -> np.ndarray:
    return ((moments - model.sessions.origin) / pd.Timedelta(weeks=1)).to_numpy() // 1


def _count(week: np.ndarray, weeks: int, weights: np.ndarray | None = None) -> np.ndarray:
    """Sum per week from the end of the warm-up up to, not including, week `weeks`."""
    inside = (week >= WARM_UP) & (week < weeks)
    place = week[inside].astype(int) - WARM_UP
    return np.bincount(place, None if weights is None else weights[inside], minlength=weeks - WARM_UP).astype(float)


def _simulated(model: OfficeModel, drawn: list[World], horizon: Horizon) -> dict[str, Estimate]:
    (runs,) = play_options(model, [DO_NOTHING], drawn, horizon)
    rows = np.array([_as_logged(run) for run in runs]).T
    units = ("clients", "days", "days", "share", "h")
    return {name: t_interval(values, unit) for name, values, unit in zip(NAMES, rows, units)}


def _as_logged(run: Run) -> tuple[float, ...]:
    """The metrics of one run, measured as in the log."""
    start, end = float(run.floor.desk["start"][0]), float(run.floor.desk["end"][0])
    begun, done = run.floor.clients["begun"][:-1], run.floor.clients["done"][:-1]
    days, _ = lead_times(run, run.world.stays & (begun >= start) & (begun < end), from_first_handling=True)
    served = run.world.stays & (done >= start) & (done < end)
    return served.sum() / run.horizon.weeks, percentile(days, 0.5), percentile(days, 0.9), utilisation(run), mean_wait(run, (begun >= start) & (begun < end))


def _said(estimate: Estimate) -> str:
    scale, unit = (100, " %") if estimate.unit == "share" else (1, f" {estimate.unit}")
    digits = 2 if estimate.unit == "h" else 1
    return f"{scale * estimate.value:.{digits}f}{unit} ({scale * estimate.low:.{digits}f} to {scale * estimate.high:.{digits}f})"
