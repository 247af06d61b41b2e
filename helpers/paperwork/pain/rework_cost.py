"""What rework costs: hours of clerks and clients apart, and money for the clerks' hours only."""

from dataclasses import dataclass

import pandas as pd

from helpers.evidence.clustering import clustered_ratio, clustered_share
from helpers.evidence.estimate import Estimate
from helpers.intake.held import held
from helpers.paperwork.durations import Timed, party, settled_cases
from helpers.paperwork.needs import require
from helpers.paperwork.pain.first_time_right import SENT_BACK
from helpers.paperwork.pain.rework import Counting, repeats


@dataclass(frozen=True)
class ReworkCost:
    """Rework over the settled cases: share of all clerk hours; hours per client of clerks and of the client; money per client (clerk hours x wage).

    The client's hours aren't the office's money and are never added to it. by_document: document, clerk_h and client_h per client who needs
    it, share (of the clerk hours that the document takes), total_h (clerks).
    """

    clerk_share: Estimate
    clerk_hours: Estimate
    client_hours: Estimate
    money: Estimate
    by_document: pd.DataFrame


def rework_rows(times: Timed, counting: Counting = Counting()) -> pd.Series:
    """Whether each handling is rework: a repeat, or work that only exists because something was wrong (kinds feedback and correct)."""
    again = repeats(times.log, counting)
    return again | times.frame["kind"].isin(SENT_BACK) if times.log.has("kind") else again


@held
def rework_cost(times: Timed, wage: float, counting: Counting = Counting()) -> ReworkCost:
    """What rework costs; wage: CNY per clerk hour. Where the log doesn't say whose time a row took, all of it is taken for the clerks'."""
    require(times.log, "touch_time")
    frame = times.frame.assign(rework=rework_rows(times, counting), by_client=party(times.frame) == "client")
    frame = frame[frame["case"].isin(settled_cases(times))]
    hours = _hours(frame, ["case"])
    clerk = clustered_ratio(hours["clerk_again"], hours["one"], unit="h")
    return ReworkCost(
        clerk_share=clustered_share(hours["clerk_again"], hours["clerk"]),
        clerk_hours=clerk,
        client_hours=clustered_ratio(hours["client_again"], hours["one"], unit="h"),
        money=clerk.scaled(wage, "CNY"),
        by_document=_of_documents(frame) if times.log.has("document") else pd.DataFrame(),
    )


def _hours(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Hours by these keys: clerk, clerk_again (rework), client_again; and `one`, to count by."""
    touch, by_client, again = frame["touch_h"].fillna(0.0), frame["by_client"], frame["rework"]
    columns = {"clerk": ~by_client, "clerk_again": ~by_client & again, "client_again": by_client & again}
    sums = pd.DataFrame({name: touch.where(mask, 0.0) for name, mask in columns.items()}).groupby([frame[key] for key in keys]).sum()
    return sums.assign(one=1.0)


def _of_documents(frame: pd.DataFrame) -> pd.DataFrame:
    sums = _hours(frame, ["document", "case"]).groupby(level="document").sum()
    table = pd.DataFrame({
        "clerk_h": sums["clerk_again"] / sums["one"],
        "client_h": sums["client_again"] / sums["one"],
        "share": sums["clerk_again"] / sums["clerk"],
        "total_h": sums["clerk_again"],
    })  # fmt: skip
    return table.sort_values("total_h", ascending=False).reset_index()
