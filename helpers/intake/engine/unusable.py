"""Rows that lack a required cell or hold one that can't be read, set aside in an engine as in a table that is loaded."""

from collections.abc import Mapping

import narwhals as nw

from helpers.intake.cells.conventions import Place
from helpers.intake.cells.typed import ROWS_NAMED, TOLERATED, SetAside, not_of_type, without_cell
from helpers.intake.dictionary import Column
from helpers.intake.engine.frames import Frame, small


def without_unusable(frame: Frame, asked: Mapping[str, int], known: Mapping[str, Column], places: Mapping[str, Place], several: bool) -> tuple[Frame, tuple[SetAside, ...]]:
    """The rows that can be used, and the others told. asked: missing and unreadable cells per column; several: whether rows lie in several files,
    so that no number names one. Raises Refusal where there are more than a few."""
    reasons = _reasons(frame, asked, known)
    if not reasons:
        return frame, ()
    why = nw.lit(None, nw.String)
    for reason, (_, _, which) in reversed(reasons.items()):
        why = nw.when(which).then(nw.lit(reason)).otherwise(why)
    frame = frame.with_columns(why.alias("why"))
    counts = small(frame.filter(~nw.col("why").is_null()).group_by("why").agg(nw.len().alias("rows"))).set_index("why")["rows"]
    if counts.sum() > TOLERATED * asked["rows"]:
        raise _too_many(frame, reasons, asked["rows"], places)
    named = {reason: () if several else first_rows(frame.filter(nw.col("why") == reason)) for reason in counts.index}
    aside = tuple(SetAside(reason, int(counts[reason]), named[reason]) for reason in reasons if reason in counts)
    return frame.filter(nw.col("why").is_null()).drop("why"), aside


def first_rows(rows: Frame) -> tuple[int, ...]:
    """The first rows, as many as are ever named."""
    return tuple(map(int, small(rows.select("row").sort("row").head(ROWS_NAMED), "row")["row"]))


def _reasons(frame: Frame, asked: Mapping[str, int], known: Mapping[str, Column]) -> dict[str, tuple[Column, int, nw.Expr]]:
    """Reason -> the column, how many rows it holds for, and which."""
    there = [column for name, column in known.items() if f"{name} blank" in asked]
    blank = {name.name: nw.col(name.name).is_null() & (nw.col(f"{name.name} text").is_null() if name.type == "time" else nw.lit(True)) for name in there}
    reasons = {f"blank {each.name}": (each, asked[f"{each.name} blank"], blank[each.name]) for each in there if each.required}
    bad = {each.name: nw.col(each.name).is_null() & ~nw.col(f"{each.name} text").is_null() for each in there if each.type == "time"}
    reasons |= {f"{each.name} can't be read": (each, asked[f"{each.name} bad"], bad[each.name]) for each in there if each.type == "time"}
    return {reason: of for reason, of in reasons.items() if of[1]}


def _too_many(frame: Frame, reasons: Mapping[str, tuple[Column, int, nw.Expr]], rows: int, places: Mapping[str, Place]):
    reason, (column, count, which) = max(reasons.items(), key=lambda each: each[1][1])
    text = f"{column.name} text" if column.type == "time" else column.name
    first = small(frame.filter(which).select("row", text).sort("row").head(1)).iloc[0]
    where = places[column.name](int(first["row"]))
    return without_cell(column, count, rows, where) if reason.startswith("blank") else not_of_type(column, first[text], count, where)
