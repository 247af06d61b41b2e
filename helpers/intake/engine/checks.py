"""The check report of a log in an engine: what one or two scans tell; what would take sorting all of it is left out, and said so."""

from collections.abc import Iterable

import narwhals as nw

from helpers.intake.cells.typed import SetAside
from helpers.intake.checks.report import CheckReport
from helpers.intake.engine.frames import Frame, number_of_rows, small
from helpers.intake.engine.moments import span
from helpers.intake.engine.opening import Opened

NOT_LOOKED_FOR = "duplicates, order and ties of rows are not looked for in a log of this size"


def report_on(opened: Opened, kept: Frame, time: str, aside: Iterable[SetAside], people: Iterable[str], zone: str, notes: tuple[str, ...]) -> CheckReport:
    """The report on an opened log. kept: the rows that are used; aside: those set aside beside unusable ones; people: columns in which one may dominate."""
    first, last = (moment.tz_convert(zone) for moment in span(kept.select(nw.col(time).alias("moment"))))
    unusable = [SetAside(f"blank {column}", count, ()) for column, count in opened.unusable.items()]
    return CheckReport(
        rows_read=opened.rows,
        rows_kept=number_of_rows(kept),
        set_aside=(*unusable, *aside),
        duplicates=None,
        blanks=opened.blanks,
        first=first,
        last=last,
        out_of_order=None,
        dominance={column: _largest_share(kept, column) for column in people if column in kept.collect_schema().names()},
        partial_first=first.day > 1,
        partial_last=not last.is_month_end,
        notes=(f"scanned where it lies, by {opened.held_by}", NOT_LOOKED_FOR, *notes),
    )


def without_nobody(rows: Frame, columns: Iterable[str], nobody: str) -> Frame:
    """The rows with cells missing that hold one of the words said to stand for nobody (commas between, large or small letters)."""
    words = [word.strip().lower() for word in nobody.split(",") if word.strip()]
    there = [column for column in columns if column in rows.collect_schema().names()]
    if not words or not there:
        return rows
    return rows.with_columns(*(nw.when(~nw.col(column).str.to_lowercase().is_in(words)).then(nw.col(column)).alias(column) for column in there))


def _largest_share(rows: Frame, column: str) -> float:
    """The share of a column's filled cells that its most frequent value holds; NaN where none is filled."""
    counts = rows.filter(~nw.col(column).is_null()).group_by(column).agg(nw.len().alias("rows"))
    found = small(counts.select(nw.col("rows").max().alias("most"), nw.col("rows").sum().alias("all"))).iloc[0]
    return float(found["most"] / found["all"]) if found["all"] else float("nan")
