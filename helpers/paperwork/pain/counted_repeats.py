"""Repeats counted over all rows of a log, wherever it is held: per step, and per case as often as cases are alike."""

from collections.abc import Iterable

import narwhals as nw
import pandas as pd

from helpers.intake.engine.frames import Frame, frame_of, small
from helpers.paperwork.office_log import OfficeLog


def rows_of(log: OfficeLog) -> tuple[Frame, ...]:
    """All rows of a log, numbered in the order in which they stand: in one part, or in several with all rows of a case in the same one."""
    if log.whole:
        return log.whole.by_case
    frame = log.handlings
    return (frame_of(frame[[name for name in ("case", "document", "step", "resource") if name in frame]].assign(row=frame.index)),)


def repeats_of_items(parts: Iterable[Frame], counted: nw.Expr, same_resource: bool) -> list[Frame]:
    """In the same parts, one row per item and step: case, document (where the log has it), step, handlings, repeats, and the first row.

    counted: for which rows repeats count. same_resource: only those by the person who did it before; who isn't known repeats nothing.
    """
    return [_repeats(rows, counted, same_resource) for rows in parts]


def _repeats(rows: Frame, counted: nw.Expr, same_resource: bool) -> Frame:
    there = rows.collect_schema().names()
    item = ["case", "document", "step"] if "document" in there else ["case", "step"]
    who = ["resource"] if same_resource else []
    told = counted & ~nw.col("resource").is_null() if same_resource else counted
    alike = rows.select(*item, *who, "row", told.alias("told")).group_by(*item, *who, "told").agg(nw.len().alias("handlings"), nw.col("row").min())
    alike = alike.with_columns(nw.when(nw.col("told")).then(nw.col("handlings") - 1).otherwise(0).alias("repeats"))
    return alike.group_by(*item).agg(nw.col("handlings").sum(), nw.col("repeats").sum(), nw.col("row").min()) if who else alike


def of_steps(parts: Iterable[Frame], keys: list[str]) -> pd.DataFrame:
    """Per step (or document and step): handlings, items, repeats, repeated (items that had it again); most repeats first, then as they first occur."""
    sums = pd.concat([small(_of_steps(items, keys)) for items in parts], ignore_index=True)
    counts = dict.fromkeys(("handlings", "items", "repeats", "repeated"), "sum")
    table = sums.groupby(keys, as_index=False, dropna=False, sort=False).agg(counts | {"row": "min"}).sort_values("row")
    return table.drop(columns="row").sort_values("repeats", ascending=False, kind="stable", ignore_index=True)


def _of_steps(items: Frame, keys: list[str]) -> Frame:
    repeated = items.with_columns((nw.col("repeats") > 0).cast(nw.Int64).alias("repeated"))
    return repeated.group_by(*keys).agg(nw.col("handlings").sum(), nw.len().alias("items"), nw.col("repeats", "repeated").sum(), nw.col("row").min())


def of_cases(parts: Iterable[Frame]) -> pd.DataFrame:
    """handlings and repeats, one row per case, cases that are alike one after the other."""
    kinds = pd.concat([small(_of_cases(items)) for items in parts], ignore_index=True)
    table = kinds.groupby(["handlings", "repeats"], as_index=False).sum()
    return table.loc[table.index.repeat(table["cases"]), ["handlings", "repeats"]].reset_index(drop=True)


def _of_cases(items: Frame) -> Frame:
    return items.group_by("case").agg(nw.col("handlings", "repeats").sum()).group_by("handlings", "repeats").agg(nw.len().alias("cases"))
