"""The check report: what a log is worth before any number is drawn from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import pandas as pd

from helpers.intake.cells.typed import SetAside, Typed
from helpers.intake.checks.duplicates import count_duplicates
from helpers.intake.checks.moments import odd_moments, ties
from helpers.intake.checks.oddities import Oddity
from helpers.intake.reading.table import Table


@dataclass(frozen=True)
class CheckReport:
    """A log's flaws, counted.

    rows_read, rows_kept, set_aside: nothing is lost silently. duplicates: rows read that repeat an earlier one exactly; they are kept unless an
    id says otherwise. blanks: missing cells per column, of all rows read. first, last: the time range in the time zone asked for. out_of_order:
    rows earlier than the row above. dominance: column -> share of its filled rows that the most frequent value holds. partial_first,
    partial_last: whether the log starts after the first day of its first month and ends before the last day of its last one. notes: what was
    assumed while reading; duplicates and out_of_order are None where nobody looked for them. looks: what finds whatever else is odd, when it is first asked for.
    """

    rows_read: int
    rows_kept: int
    set_aside: tuple[SetAside, ...]
    duplicates: int | None
    blanks: dict[str, int]
    first: pd.Timestamp | None
    last: pd.Timestamp | None
    out_of_order: int | None
    dominance: dict[str, float]
    partial_first: bool
    partial_last: bool
    notes: tuple[str, ...]
    looks: tuple[Callable[[], tuple[Oddity, ...]], ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def oddities(self) -> tuple[Oddity, ...]:
        """Whatever else is odd, in words."""
        return tuple(oddity for look in self.looks for oddity in look())

    def also(self, *looks: Callable[[], tuple[Oddity, ...]], notes: tuple[str, ...] = ()) -> "CheckReport":
        """The report with more to look for, and more notes."""
        return replace(self, looks=(*self.looks, *looks), notes=(*self.notes, *notes))


def check(table: Table, result: Typed, time: str | None = None, dominance: Iterable[str] = (), time_zone: str = "UTC", who: str | None = None) -> CheckReport:
    """The report on a table as read (flaws of all rows) and as typed (times of the kept rows, in file order).

    time: its column of UTC times, where it has one; dominance: columns in which one value may hold most rows; who: the column of whoever or
    whatever can't do two things at once.
    """
    frame, times = result.frame, result.frame[time].dt.tz_convert(time_zone) if time else pd.Series(dtype="datetime64[us, UTC]")
    first, last = (times.min(), times.max()) if len(times) else (None, None)
    looks = (partial(odd_moments, frame[time], table.frame[time].reindex(frame.index), time_zone), partial(ties, frame, time, who)) if time else ()
    return CheckReport(
        rows_read=result.rows_read,
        rows_kept=len(frame),
        set_aside=result.set_aside,
        duplicates=count_duplicates(table.frame, time or table.frame.columns[0]),
        blanks={column: int(count) for column, count in table.frame.isna().sum().items() if count},
        first=first,
        last=last,
        out_of_order=int((times.diff() < pd.Timedelta(0)).sum()),
        dominance={column: largest_share(frame[column]) for column in dominance if column in frame},
        partial_first=first is not None and first.day > 1,
        partial_last=last is not None and not last.is_month_end,
        notes=(*table.notes, *result.notes),
        looks=looks,
    )


def largest_share(column: pd.Series) -> float:
    """The share of a column's filled cells that its most frequent value holds; NaN where none is filled."""
    counts = column.value_counts()
    return float(counts.iloc[0] / counts.sum()) if len(counts) else float("nan")
