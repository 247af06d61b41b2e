"""First-time-right: how often a step, a document, a whole client needs no second pass."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

import pandas as pd

from helpers.evidence.clustering import clustered_share
from helpers.evidence.estimate import Estimate
from helpers.intake.held import held
from helpers.intake.refusal import Refusal
from helpers.paperwork.office_log import OfficeLog
from helpers.paperwork.pain.rework import Counting, repeats

SENT_BACK = ("feedback", "correct")  # kinds of work that exist only because something was wrong


@held
def outcomes(log: OfficeLog, counting: Counting = Counting()) -> pd.DataFrame:
    """One row per item and step whose outcome is known: case, document (where the log has it), step, right (no second pass needed).

    Wrong: the step came again, or work of kind feedback or correct came right after it. Right: something else came after it. Otherwise the
    item was last seen at that step and its outcome isn't known: it is left out, not taken for right. Steps of kind feedback or correct have
    no outcome of their own.
    """
    frame, numbers = log.handlings, log.numbers
    repeated = repeats(log, counting).groupby(numbers["item_step"]).transform("any")
    sent_back = frame["kind"].isin(SENT_BACK) if log.has("kind") else pd.Series(False, index=frame.index)
    wrong = repeated | sent_back.groupby(numbers["item"]).shift(-1, fill_value=False)
    known = wrong | numbers.duplicated("item", keep="last")
    kept = ~numbers.duplicated("item_step") & ~sent_back & known
    return frame.loc[kept, log.item + ["step"]].assign(right=~wrong[kept])


def first_time_right(known: pd.DataFrame, step: str, document: str | None = None) -> Estimate:
    """The share of items that needed this step only once (of one document, where named), clustered by case.

    known: from `outcomes`. Raises Refusal where no outcome of that step is known.
    """
    rows = known[known["step"] == step]
    rows = rows if document is None else rows[rows["document"] == document]
    if rows.empty:
        raise Refusal(f"nobody knows how '{step}' came out" + (f" for '{document}'" if document else ""), "first-time-right", "name a step that has followers")
    right = rows.groupby("case")["right"].agg(["sum", "size"])
    return clustered_share(right["sum"], right["size"])


def first_time_right_of(known: pd.DataFrame, by: str, step: str | None = None) -> pd.DataFrame:
    """First-time-right per `by` ("step" or "document"): items, right (share), low, high; the worst first."""
    rows = known if step is None else known[known["step"] == step]
    of_case = rows.groupby([by, "case"])["right"].agg(["sum", "size"])
    table = [{by: name, "items": int(group["size"].sum()), **_interval(group)} for name, group in of_case.groupby(level=by)]
    return pd.DataFrame(table).sort_values("right", kind="stable", ignore_index=True)


def _interval(of_case: pd.DataFrame) -> dict[str, float]:
    share = clustered_share(of_case["sum"], of_case["size"])
    return {"right": share.value, "low": share.low, "high": share.high}


def rolled_throughput_yield(yields: Iterable[float]) -> float:
    """The share that passes every one of several steps the first time, if they fail independently: the product, not the mean."""
    return prod(yields)


@dataclass(frozen=True)
class Rolled:
    """How many clients have every document right the first time.

    observed: their share; if_independent: the product of their documents' own shares, averaged over clients. Above it: clients are alike in
    themselves, some get all right and others nothing. mean_share: what the mean of the documents' shares would have promised.
    """

    observed: Estimate
    if_independent: float
    mean_share: float


def rolled_by_client(known: pd.DataFrame, step: str) -> Rolled:
    """First-time-right rolled through all documents of a client, at one step; over the clients whose documents' outcomes at it are known."""
    rows = known[known["step"] == step]
    own = rows.groupby("document")["right"].mean() if "document" in rows else pd.Series({"": rows["right"].mean()})
    expected = rows["document"].map(own) if "document" in rows else pd.Series(own.iloc[0], index=rows.index)
    all_right = rows.groupby("case")["right"].all().astype(float)
    return Rolled(clustered_share(all_right, all_right * 0 + 1), float(expected.groupby(rows["case"]).prod().mean()), float(own.mean()))
