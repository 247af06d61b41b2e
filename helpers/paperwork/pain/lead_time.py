"""Lead time against touch time: how much of the way anyone works, in both readings; and sojourn where the two can't be told apart."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.evidence.clustering import clustered_ratio, clustered_share
from helpers.evidence.estimate import Estimate
from helpers.evidence.resampling import quantile_interval
from helpers.intake.held import held
from helpers.paperwork.durations import Timed, settled_cases
from helpers.paperwork.hours import business_hours
from helpers.paperwork.needs import require


@dataclass(frozen=True)
class FlowEfficiency:
    """The share of the lead time in which anyone worked.

    pooled: all touch time over all lead time (long ways count more); mean_of_ratios: of an item's lead time, on average over items.
    touch_h, lead_h: hours per item. clock_share: pooled, with the lead time by the clock: what it looks like to the client.
    """

    pooled: Estimate
    mean_of_ratios: Estimate
    touch_h: Estimate
    lead_h: Estimate
    clock_share: Estimate


def item_times(times: Timed) -> pd.DataFrame:
    """One row per item (a document of a case, or the case): case, touch_h (time in which anyone worked on it), lead_h, lead_clock_h.

    From the first start to the last end seen. Work that overlaps counts once, so that touch never exceeds lead; work outside office hours
    counts in neither. Items with a lost time at either end are left out.
    """
    require(times.log, "touch_time")
    frame = times.frame[times.frame["start"].notna() & times.frame["end"].notna()]
    frame = frame[frame["document"].notna()] if times.log.has("document") else frame
    keys = [frame[name] for name in times.log.item]
    before = frame["end"].groupby(keys).cummax().groupby(keys).shift(1)
    begins = frame["start"].where(~(before > frame["start"]), before)
    worked = np.maximum(business_hours(begins, frame["end"], times.calendar), 0)
    items = frame.assign(touch_h=worked).groupby(times.log.item, sort=False).agg(start=("start", "min"), end=("end", "max"), touch_h=("touch_h", "sum"))
    items["lead_h"] = business_hours(items["start"], items["end"], times.calendar)
    items["lead_clock_h"] = (items["end"] - items["start"]) / pd.Timedelta(hours=1)
    return items.drop(columns=["start", "end"]).reset_index()


@held
def flow_efficiency(times: Timed) -> FlowEfficiency:
    """Touch time over lead time, per item, clustered by case, over the settled cases; items of no length are left out."""
    items = item_times(times)
    items = items[items["case"].isin(settled_cases(times)) & (items["lead_h"] > 0)]
    sums = items.assign(ratio=items["touch_h"] / items["lead_h"], one=1.0).groupby("case")[["touch_h", "lead_h", "lead_clock_h", "ratio", "one"]].sum()
    return FlowEfficiency(
        pooled=clustered_share(sums["touch_h"], sums["lead_h"]),
        mean_of_ratios=clustered_share(sums["ratio"], sums["one"]),
        touch_h=clustered_ratio(sums["touch_h"], sums["one"], unit="h"),
        lead_h=clustered_ratio(sums["lead_h"], sums["one"], unit="h"),
        clock_share=clustered_share(sums["touch_h"], sums["lead_clock_h"]),
    )


@held
def sojourn(times: Timed) -> pd.DataFrame:
    """Time from the row before to this one, per step: step, rows, median_h with low and high, total_h, median_clock_h; the longest in total first.

    It holds waiting and work together and is not touch time. In logs with start and end: from the end before to this end.
    """
    if times.log.has("touch_time"):
        frame = times.frame.assign(sojourn_h=times.frame["wait_h"] + times.frame["touch_h"])
        frame["sojourn_clock_h"] = frame["wait_clock_h"] + frame["touch_clock_h"]
    else:
        frame = times.frame
    known = frame[frame["sojourn_h"].notna()]
    rows = [_sojourn_row(step, group) for step, group in known.groupby("step", sort=False)]
    table = pd.DataFrame(rows, columns=["step", "rows", "median_h", "low", "high", "total_h", "median_clock_h"])  # named, for a log in which nothing follows anything
    return table.sort_values("total_h", ascending=False, ignore_index=True)


def _sojourn_row(step: str, group: pd.DataFrame) -> dict:
    median = quantile_interval(group["sojourn_h"], 0.5, unit="h")
    return {
        "step": step,
        "rows": len(group),
        "median_h": median.value,
        "low": median.low,
        "high": median.high,
        "total_h": group["sojourn_h"].sum(),
        "median_clock_h": group["sojourn_clock_h"].median(),
    }


def little(opened: np.ndarray, until: np.ndarray, window: tuple[float, float]) -> tuple[float, float, float]:
    """Little's law on a closed window: arrivals per unit of time, mean time inside, and mean number inside; the last is the product of the others.

    opened, until: numbers, every item both opened and ended within the window. Little (1961).
    """
    length = window[1] - window[0]
    stays = np.asarray(until, float) - np.asarray(opened, float)
    return len(stays) / length, float(stays.mean()), float(stays.sum() / length)
