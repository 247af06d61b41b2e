"""Repeats counted over all rows of a log, wherever it is held: per step, and per case as often as cases are alike."""

import narwhals as nw
import pandas as pd

from helpers.intake.engine.frames import Frame, frame_of, small
from helpers.paperwork.log import OfficeLog


def rows_of(log: OfficeLog) -> Frame:
    """All rows of a log, numbered in the order in which they stand."""
    if log.whole:
        return log.whole.rows
    frame = log.handlings
    return frame_of(frame[[name for name in ("case", "document", "step", "resource") if name in frame]].assign(row=frame.index))


def repeats_of_items(rows: Frame, counted: nw.Expr, same_resource: bool) -> Frame:
    """One row per item and step: case, document (where the log has it), step, handlings, repeats, and the first row.

    counted: for which rows repeats count. same_resource: only those by the person who did it before; who isn't known repeats nothing.
    """
    there = rows.collect_schema().names()
    item = ["case", "document", "step"] if "document" in there else ["case", "step"]
    who = ["resource"] if same_resource else []
    told = counted & ~nw.col("resource").is_null() if same_resource else counted
    alike = rows.select(*item, *who, "row", told.alias("told")).group_by(*item, *who, "told").agg(nw.len().alias("handlings"), nw.col("row").min())
    alike = alike.with_columns(nw.when(nw.col("told")).then(nw.col("handlings") - 1).otherwise(0).alias("repeats"))
    return alike.group_by(*item).agg(nw.col("handlings").sum(), nw.col("repeats").sum(), nw.col("row").min()) if who else alike


def of_steps(items: Frame, keys: list[str]) -> pd.DataFrame:
    """Per step (or document and step): handlings, items, repeats, repeated (items that had it again); most repeats first, then as they first occur."""
    repeated = items.with_columns((nw.col("repeats") > 0).cast(nw.Int64).alias("repeated"))
    sums = repeated.group_by(*keys).agg(nw.col("handlings").sum(), nw.len().alias("items"), nw.col("repeats", "repeated").sum(), nw.col("row").min())
    return small(sums, "row").drop(columns="row").sort_values("repeats", ascending=False, kind="stable", ignore_index=True)


def of_cases(items: Frame) -> pd.DataFrame:
    """handlings and repeats, one row per case, cases that are alike one after the other."""
    cases = items.group_by("case").agg(nw.col("handlings", "repeats").sum())
    table = small(cases.group_by("handlings", "repeats").agg(nw.len().alias("cases")), "handlings", "repeats")
    return table.loc[table.index.repeat(table["cases"]), ["handlings", "repeats"]].reset_index(drop=True)
