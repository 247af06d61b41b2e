"""Rework: what comes again.

Repeats are counted on `step`, so a second pass under another name counts once it is declared the same (see log.aliased).
"""

from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from helpers.evidence.clustering import clustered_share
from helpers.evidence.estimate import Estimate
from helpers.intake.engine.frames import Frame
from helpers.intake.held import held
from helpers.paperwork.office_log import OfficeLog
from helpers.paperwork.needs import require
from helpers.paperwork.pain.counted_repeats import of_cases, of_steps, repeats_of_items, rows_of

@dataclass(frozen=True)
class Counting:
    """What counts as rework.

    same_resource: only repeats by the person who did it before (repeats by many people are demand, not rework); but: steps whose repeats
    aren't rework; only: where given, the steps whose repeats are.
    """

    same_resource: bool = False
    but: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


def repeats(log: OfficeLog, counting: Counting = Counting()) -> pd.Series:
    """Whether each handling repeats a step that the same item (a document of a case, or the case) had before.

    Counting repeats by the same resource, a handling whose resource is lost repeats nothing. Raises Refusal where that asks for a resource
    and the log has none.
    """
    frame, keys = log.handlings, log.numbers[["item_step"]]
    if not counting.same_resource:
        return keys.duplicated() & _counted(frame, counting)
    require(log, "resource")
    return keys.assign(resource=frame["resource"]).duplicated() & frame["resource"].notna() & _counted(frame, counting)


def _counted(frame: pd.DataFrame, counting: Counting) -> pd.Series:
    chosen = frame["step"].isin(counting.only) if counting.only else pd.Series(True, index=frame.index)
    return chosen & ~frame["step"].isin(counting.but)


def rework_share(log: OfficeLog, counting: Counting = Counting()) -> Estimate:
    """The share of handlings that are repeats, clustered by case."""
    cases = of_cases(_of_items(log, counting))
    return clustered_share(cases["repeats"], cases["handlings"])


def _of_items(log: OfficeLog, counting: Counting) -> list[Frame]:
    if counting.same_resource:
        require(log, "resource")
    counted = nw.col("step").is_in(list(counting.only)) if counting.only else ~nw.col("step").is_in(list(counting.but))
    return repeats_of_items(rows_of(log), counted & ~nw.col("step").is_in(list(counting.but)), counting.same_resource)


@held
def rework_of_steps(log: OfficeLog, counting: Counting = Counting(), by_document: bool = False) -> pd.DataFrame:
    """Repeats per step (and document, where asked for), most repeats first.

    Columns: handlings, items (that had the step), repeats, repeated (items that had it again), repeats_share (of the handlings).
    """
    keys = (["document"] if by_document and log.has("document") else []) + ["step"]
    table = of_steps(_of_items(log, counting), keys)
    return table.assign(repeats_share=table["repeats"] / table["handlings"])
