"""What an option does to the office: measures of each run, and their means over runs with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from helpers.evidence.estimate import Estimate
from helpers.evidence.means import mean_interval
from helpers.intake.held import held
from helpers.paperwork.office.change import DO_NOTHING, Option
from helpers.paperwork.office.model import OfficeModel
from helpers.paperwork.office.engine.run import Run, clients_present, play_options, utilisation
from helpers.paperwork.office.engine.world import Horizon, World, worlds
from helpers.paperwork.office.load import refuse_overload

REPLICATIONS = 12
METRICS = {  # name -> unit
    "clients_per_week": "clients", "lead_time_p50": "days", "lead_time_p90": "days", "lead_hours_p50": "h", "lead_hours_p90": "h",
    "wait": "h", "wait_per_client": "h", "utilisation": "share", "clients_present": "clients", "first_time_right": "share",
    "clients_first_time_right": "share",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Outcome:
    """An option's runs in numbers: `runs` holds one array per metric of METRICS, one entry per replication.

    clients_per_week: served. lead_time: days by the clock from a client's arrival to the last document's filing (50th and 90th percentile over
    clients); lead_hours: the same in office hours. wait: office hours in the queue for a clerk, per handling and per client. clients_present:
    mean number on their way. first_time_right: documents right at their first review; clients_first_time_right: clients all of whose are.
    """

    option: Option
    runs: dict[str, np.ndarray]

    def estimate(self, metric: str, level: float = 0.95) -> Estimate:
        """The metric's mean over replications, with its t interval (infinite where some clients were never served)."""
        return t_interval(self.runs[metric], METRICS[metric], level)

    def difference(self, other: "Outcome", metric: str, level: float = 0.95) -> Estimate:
        """This outcome's metric minus the other's, replication by replication in the same worlds, with its t interval."""
        return t_interval(self.runs[metric] - other.runs[metric], METRICS[metric], level)


def t_interval(values: np.ndarray, unit: str, level: float = 0.95) -> Estimate:
    """Mean over independent replications with Student's t interval; no interval from a single one, or where a value is infinite."""
    with np.errstate(invalid="ignore"):
        return replace(mean_interval(values, level, unit), basis="simulated", method=f"{len(values)} replications, t interval")


@held
def simulate(model: OfficeModel, options: tuple[Option, ...] = (DO_NOTHING,), seed: int = 1, replications: int = REPLICATIONS,
             horizon: Horizon = Horizon(), multiple: float = 1.0) -> list[Outcome]:
    """The outcome of each option, all in the same worlds (common random numbers); same seed, same numbers.

    replications: years simulated; multiple: of today's clients. Every option has settled from the first day; Refusal where the clerks can't keep up then.
    """
    for option in options:
        refuse_overload(model, option, multiple)
    drawn = worlds(model, seed, replications, horizon, multiple)
    return [_outcome(model, option, drawn, horizon) for option in options]


def _outcome(model: OfficeModel, option: Option, drawn: Sequence[World], horizon: Horizon) -> Outcome:
    """One option's outcome; its runs are let go before the next option's, since a year of many clients takes much memory."""
    (runs,) = play_options(model, [option], drawn, horizon)
    return Outcome(option, _columns([measures(run) for run in runs]))


def measures(run: Run) -> dict[str, float]:
    """All of METRICS for one run: clients who came in the measured weeks and didn't give up; throughput by when they were served."""
    start, end = float(run.floor.desk["start"][0]), float(run.floor.desk["end"][0])
    done, stays = run.floor.clients["done"][:-1], run.world.stays
    came = (run.world.arrival >= start) & (run.world.arrival < end)
    served = stays & (done >= start) & (done < end)
    days, hours = lead_times(run, came & stays)
    waited = run.floor.papers["waited"][came[run.world.client]].sum()
    return {
        "clients_per_week": served.sum() / run.horizon.weeks,
        "lead_time_p50": percentile(days, 0.5), "lead_time_p90": percentile(days, 0.9),
        "lead_hours_p50": percentile(hours, 0.5), "lead_hours_p90": percentile(hours, 0.9),
        "wait": mean_wait(run, came), "wait_per_client": waited / max(came.sum(), 1),
        "utilisation": utilisation(run), "clients_present": clients_present(run), **_right(run, came & stays),
    }  # fmt: skip


def lead_times(run: Run, clients: np.ndarray, from_first_handling: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Days by the clock and office hours from arrival (or first handling) until served, of the clients in the mask; infinite if never served."""
    begun = run.floor.clients["begun" if from_first_handling else "arrival"][:-1][clients]
    done = run.floor.clients["done"][:-1][clients]
    hours = np.where(np.isfinite(done), run.sessions.office_hours(done) - run.sessions.office_hours(begun), np.inf)
    return (done - begun) / 24, hours


def percentile(values: np.ndarray, share: float) -> float:
    """The smallest value that at least this share of values doesn't exceed; NaN of none."""
    if not len(values):
        return np.nan
    place = max(int(np.ceil(share * len(values) - 1e-9)) - 1, 0)
    return float(np.partition(values, place)[place])


def mean_wait(run: Run, clients: np.ndarray) -> float:
    """Mean office hours in the clerks' queue, per handling of the clients in the mask."""
    papers = run.floor.papers[clients[run.world.client]]
    return float(papers["waited"].sum() / max(papers["handled"].sum(), 1))


def _right(run: Run, clients: np.ndarray) -> dict[str, float]:
    papers = clients[run.world.client] & (run.world.kind > 0)
    wrong = run.floor.papers["failed"][papers] > 0
    spoilt = np.bincount(run.world.client[papers], weights=wrong, minlength=len(clients))[clients] > 0
    return {"first_time_right": 1 - wrong.mean() if len(wrong) else np.nan, "clients_first_time_right": 1 - spoilt.mean() if len(spoilt) else np.nan}


def _columns(rows: list[dict[str, float]]) -> dict[str, np.ndarray]:
    return {name: np.array([row[name] for row in rows]) for name in METRICS}
