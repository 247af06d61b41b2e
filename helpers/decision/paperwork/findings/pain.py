"""Findings of step ii, the pain: waiting, lead time, rework, the longest step, the fewest steps."""

import pandas as pd

from helpers.evidence.clustering import clustered_share
from helpers.evidence.estimate import Estimate, exactly
from helpers.evidence.findings import Value
from helpers.paperwork.durations import Timed, settled_cases
from helpers.paperwork.office_log import OfficeLog
from helpers.paperwork.pain.first_time_right import first_time_right, rolled_by_client
from helpers.paperwork.pain.lead_time import FlowEfficiency
from helpers.paperwork.pain.longest import Longest
from helpers.paperwork.pain.open_cases import LeadTime
from helpers.paperwork.pain.rework_cost import ReworkCost
from helpers.paperwork.pain.waiting import CLIENT, HELD, QUEUE
from helpers.paperwork.process.paths import Paths

NAMES = {CLIENT: "waiting_client_share", QUEUE: "waiting_queue_share", HELD: "waiting_held_share"}


def longest_findings(steps: Longest) -> dict[str, Value]:
    """Which step takes longest, by each of the readings."""
    by_clerks = steps.table[steps.table["party"] != "client"]
    by_clerks = by_clerks if len(by_clerks) else steps.table  # in a log that calls all of it clients' work nobody's time is told apart
    return {
        "longest_step": steps.by_total,
        "longest_step_share": steps.share,
        "longest_step_median": steps.by_median,
        "longest_step_clerks": str(by_clerks.loc[by_clerks["touch_h"].idxmax(), "step"]),
    }


def sojourn_findings(steps: pd.DataFrame) -> dict[str, Value]:
    """The step at which documents stay longest in all, and for how long in the middle: waiting and work together. steps: from `sojourn`."""
    first = steps.iloc[0]
    middle = Estimate(float(first["median_h"]), float(first["low"]), float(first["high"]), "h", method="order statistics")
    return {"longest_sojourn_step": str(first["step"]), "longest_sojourn": middle}


def efficiency_findings(flow: FlowEfficiency) -> dict[str, Value]:
    """How much of the way anyone works."""
    return {"touch_share": flow.pooled, "touch_share_clock": flow.clock_share, "touch_hours_per_item": flow.touch_h, "lead_hours_per_item": flow.lead_h}


def lead_time_findings(days: LeadTime) -> dict[str, Value]:
    """The lead time with open cases censored, and what dropping them would make of it."""
    return {
        "lead_time_p50": days.curve.quantiles[0.5],
        "lead_time_p90": days.curve.quantiles[0.9],
        "lead_time_p90_closed_only": days.naive[0.9],
        "open_cases": exactly(days.open, "clients"),
        "withdrawn_cases": exactly(days.withdrawn, "clients"),
    }


def rework_findings(share: Estimate, cost: ReworkCost | None, by_step: pd.DataFrame) -> dict[str, Value]:
    """How much comes again and what it costs; hours of clerk and client apart."""
    worst = by_step.iloc[0]
    counted = {"rework_share": share, "most_repeated_step": str(worst["step"]) if worst["repeats"] else "none"}
    if cost is None:
        return counted
    return counted | {
        "rework_clerk_share": cost.clerk_share,
        "rework_clerk_hours": cost.clerk_hours,
        "rework_client_hours": cost.client_hours,
        "rework_money": cost.money,
    }


def right_findings(known: pd.DataFrame, review: str) -> dict[str, Value]:
    """First-time-right at the review, of documents and of whole clients. known: how every item came out."""
    rolled = rolled_by_client(known, review)
    return {
        "first_time_right": first_time_right(known, review),
        "clients_first_time_right": rolled.observed,
        "clients_if_independent": exactly(rolled.if_independent, "share"),
    }


def way_findings(found: Paths) -> dict[str, Value]:
    """Steps taken against the fewest that would do."""
    return {
        "mean_steps": found.mean_steps,
        "fewest_steps": exactly(len(found.fewest), "steps"),
        "shortest_steps": exactly(len(found.shortest), "steps"),
        "superfluous_steps": _less(found.mean_steps, len(found.fewest)),
    }


def _less(found: Estimate, number: float) -> Estimate:
    return Estimate(found.value - number, found.low - number, found.high - number, found.unit, found.basis, found.method, found.level)


def waiting_findings(times: Timed, waits: pd.DataFrame) -> dict[str, Value]:
    """Each cause's waiting as a share of all the time that documents are on their way (work and waiting), clustered by client."""
    cases = settled_cases(times)
    frame = times.frame[["case", "touch_h", "wait_h"]]  # only these: copying all columns of the rows kept would take longest
    frame = frame[frame["case"].isin(cases)]
    work, wait = (frame[name].fillna(0.0).groupby(frame["case"]).sum() for name in ("touch_h", "wait_h"))
    causes = waits[["case", "cause", "hours"]].pivot_table(index="case", columns="cause", values="hours", aggfunc="sum").reindex(work.index).fillna(0.0)
    shares = {name: clustered_share(causes[cause], work + wait) for cause, name in NAMES.items() if cause in causes}
    return {"working_share": clustered_share(work, work + wait)} | shares


def exception_share(log: OfficeLog) -> Estimate:
    """Share of reviewed documents that need a special decision, clustered by client."""
    frame = log.handlings[log.handlings["kind"].isin(("review", "exception"))]
    special = (frame["kind"] == "exception").groupby([frame[name] for name in log.item]).any().groupby("case").agg(["sum", "size"])
    return clustered_share(special["sum"], special["size"])
