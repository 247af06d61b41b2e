"""How long a client really waits: open and abandoned cases are censored, not dropped."""

from dataclasses import dataclass

import pandas as pd

from helpers.evidence.resampling import quantile_interval
from helpers.evidence.estimate import Estimate
from helpers.evidence.survival import KaplanMeier, kaplan_meier
from helpers.paperwork.durations import Timed
from helpers.paperwork.needs import require

QUANTILES = (0.5, 0.9)


@dataclass(frozen=True)
class LeadTime:
    """From opening to closing.

    curve: Kaplan-Meier, open cases censored at the log's end and withdrawn ones when they withdrew; naive: the same quantiles of the closed
    cases alone, which come out too short, as the long ones are still open. open, withdrawn, closed: how many of each.
    """

    curve: KaplanMeier
    naive: dict[float, Estimate]
    open: int
    withdrawn: int
    closed: int


def lead_time(times: Timed, unit: str = "h", since: pd.Timestamp | None = None) -> LeadTime:
    """The lead time of the cases (opened at or after `since`, tz-aware, where given).

    unit: "h" for business hours, "days" for days by the clock. Raises Refusal where the log doesn't show which cases are closed.
    """
    require(times.log, "closing")
    cases = times.cases if since is None else times.cases[times.cases["opened"] >= since]
    duration = cases["lead_h"] if unit == "h" else cases["lead_clock_h"] / 24
    naive = {q: quantile_interval(duration[cases["closed"]], q, unit=unit) for q in QUANTILES}
    withdrawn, closed = int(cases["withdrawn"].sum()), int(cases["closed"].sum())
    curve = kaplan_meier(duration, cases["closed"], QUANTILES, unit=unit)
    return LeadTime(curve, naive, len(cases) - withdrawn - closed, withdrawn, closed)
