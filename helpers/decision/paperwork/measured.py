"""What the log tells the money model: clients a month, and per client the clerk hours in all, in explaining and sending, and in rework."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.evidence.clustering import clustered_ratio, clustered_share
from helpers.evidence.estimate import Estimate
from helpers.paperwork.durations import Timed, settled_cases
from helpers.paperwork.pain.rework import Counting
from helpers.paperwork.pain.rework_cost import rework_rows

EXPLAINING = ("explain", "send")  # the kinds of work that a written standard takes over
DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Measured:
    """clients_per_month; per client in hours: clerk, explain, rework. hours: one row per case and document with clerk, explain, rework hours."""

    clients_per_month: Estimate
    clerk: Estimate
    explain: Estimate
    rework: Estimate
    hours: pd.DataFrame

    def covered(self, part: str, documents: Sequence[str]) -> Estimate:
        """Share of the `part` hours ("explain", "rework") that these documents make up, clustered by client."""
        inside = self.hours[part].where(self.hours["document"].isin(documents), 0.0)
        sums = pd.DataFrame({"inside": inside, "all": self.hours[part]}).groupby(self.hours["case"]).sum()
        return clustered_share(sums["inside"], sums["all"])


def measure(times: Timed, counting: Counting, volume: float = 1.0) -> Measured:
    """The measures over the settled cases; volume: clients come so many times as often. Needs touch time, party and kind."""
    hours = _hours(times, counting)
    per_case = hours.groupby("case")[["clerk", "explain", "rework"]].sum().reindex(settled_cases(times)).fillna(0.0)
    of = {part: clustered_ratio(per_case[part], per_case[part] * 0 + 1, unit="h") for part in per_case}
    return Measured(clients_per_month(times, volume), of["clerk"], of["explain"], of["rework"], hours)


def _hours(times: Timed, counting: Counting) -> pd.DataFrame:
    frame = times.frame[[name for name in ("case", "document", "party", "kind", "touch_h") if name in times.frame]]
    frame = frame.assign(again=rework_rows(times, counting))
    frame = frame[frame["case"].isin(settled_cases(times)) & (frame["party"] == "clerk")]
    touch, again, explains = frame["touch_h"].fillna(0.0), frame["again"], frame["kind"].isin(EXPLAINING)
    document = frame["document"] if "document" in frame else pd.Series(np.nan, index=frame.index)
    parts = pd.DataFrame({"case": frame["case"], "document": document, "clerk": touch, "explain": touch.where(explains & ~again, 0.0), "rework": touch.where(again, 0.0)})
    return parts.groupby(["case", "document"], dropna=False, as_index=False).sum()


def clients_per_month(times: Timed, volume: float = 1.0) -> Estimate:
    """Clients who come in a month, with the interval of a Poisson count."""
    opened = times.cases["opened"]
    months = max((times.log.last - opened.min()).total_seconds() / 86_400 / DAYS_PER_MONTH, 1 / DAYS_PER_MONTH)
    rate, half = len(opened) / months * volume, 1.96 * np.sqrt(len(opened)) / months * volume
    method = "count in the log" + (f", times {volume:g}" if volume != 1 else "")
    return Estimate(rate, max(rate - half, 0.0), rate + half, "clients", "measured" if volume == 1 else "assumed", method)
