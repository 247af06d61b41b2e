"""Which step takes longest: in total, in the middle, and as a share of everything."""

from dataclasses import dataclass

import pandas as pd

from helpers.evidence.clustering import clustered_share
from helpers.evidence.estimate import Estimate
from helpers.intake.held import held
from helpers.paperwork.durations import Timed, party
from helpers.paperwork.needs import require


@dataclass(frozen=True)
class Longest:
    """Steps by the time they take.

    table: step, party, handlings, touch_h and wait_h (total), median_touch_h, median_wait_h, share (of all touch and waiting), most first.
    by_total, by_median: the step that comes first by either (touch and waiting together); by_work: by touch time alone.
    share: the share of all time that the first step by total takes, clustered by case.
    """

    table: pd.DataFrame
    by_total: str
    by_median: str
    by_work: str
    share: Estimate


@held
def longest(times: Timed) -> Longest:
    """The steps by touch time and the wait before them, in business hours. Raises Refusal for a log with one time a row (see `sojourn`)."""
    require(times.log, "touch_time")
    frame = times.frame.assign(party=party(times.frame))
    sums = frame.groupby(["step", "party"], sort=False).agg(
        handlings=("step", "size"),
        touch_h=("touch_h", "sum"),
        wait_h=("wait_h", "sum"),
        median_touch_h=("touch_h", "median"),
        median_wait_h=("wait_h", "median"),
    )
    both = sums["touch_h"] + sums["wait_h"]
    table = sums.assign(share=both / both.sum()).sort_values("share", ascending=False).reset_index()
    middle = table["median_touch_h"].fillna(0) + table["median_wait_h"].fillna(0)
    first = table["step"].iloc[0]
    return Longest(table, first, table["step"][middle.idxmax()], table["step"][table["touch_h"].idxmax()], _share_of(frame, first))


def _share_of(frame: pd.DataFrame, step: str) -> Estimate:
    hours = frame["touch_h"].fillna(0) + frame["wait_h"].fillna(0)
    sums = pd.DataFrame({"step": hours.where(frame["step"] == step, 0.0), "all": hours}).groupby(frame["case"]).sum()
    return clustered_share(sums["step"], sums["all"])
