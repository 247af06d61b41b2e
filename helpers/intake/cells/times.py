"""Times in a text column, however they are written, always kept as UTC."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from helpers.intake.cells.conventions import Conventions, Place, Read, counted, row_of
from helpers.intake.cells.counted_times import FORMS, read_counted
from helpers.intake.cells.day_month import decided_order
from helpers.intake.cells.written_times import dates_in, order_notes, read_written
from helpers.intake.cells.zones import doubts, to_utc

DAY = r"\d{4}-\d{1,2}-\d{1,2}"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?"
LOCAL, WITH_OFFSET = rf"{DAY}(?:[T ]{CLOCK})?", rf"{DAY}[T ]{CLOCK}(?:Z|[+-]\d{{2}}(?::?\d{{2}})?)"


@dataclass(frozen=True)
class Told:
    """What reading times came to, in parts that can be added up over pieces of a column.

    forms: cells by the form they were read as (Unix seconds, ...); order: notes on day and month; local: times without an offset; skipped, twice:
    those of them that summer time skips, or has twice.
    """

    forms: tuple[tuple[str, int], ...] = ()
    order: tuple[str, ...] = ()
    local: int = 0
    skipped: int = 0
    twice: int = 0

    def __add__(self, other: "Told") -> "Told":
        forms = {name: dict(self.forms).get(name, 0) + dict(other.forms).get(name, 0) for name in FORMS}
        counts = (self.local + other.local, self.skipped + other.skipped, self.twice + other.twice)
        return Told(tuple((name, count) for name, count in forms.items() if count), self.order or other.order, *counts)

    def notes(self, time_zone: str) -> tuple[str, ...]:
        """That in words."""
        forms = tuple(f"{counted(count, 'cell')} read as {name}" for name, count in self.forms)
        zone = (f"{counted(self.local, 'time')} without an offset taken as local in {time_zone}",) if self.local else ()
        return (*forms, *self.order, *zone, *doubts(self.skipped, self.twice))


def read_times(text: pd.Series, conventions: Conventions = Conventions(), place: Place = row_of) -> Read:
    """UTC times of a text column, missing where the text is blank or no time, and what was decided.

    Times with an offset ("Z", "+08:00") are taken at their word, those without are local times in the conventions' time zone. Read are ISO
    8601, "2026/3/31 14:05", "2026年3月31日 下午2:05", "31 Mar 2026", "31/03/2026" and "3/31/2026 2:05 PM" (which of the two by the whole column),
    seconds to nanoseconds since 1970, a spreadsheet's day numbers. place: a row -> where it is, in words.
    Raises Refusal for a time zone that doesn't exist, and where the column doesn't tell day from month.
    """
    values, told = times_of(text, conventions, place)
    return Read(values, told.notes(conventions.time_zone))


def times_of(text: pd.Series, conventions: Conventions, place: Place = row_of) -> tuple[pd.Series, Told]:
    """The same, with what was decided not yet in words."""
    if _all_utc(text):
        return _parsed(text, utc=True), Told()
    is_local = text.str.fullmatch(LOCAL).fillna(False).astype(bool)
    local = _parsed(text.where(is_local), utc=False)
    rest, utc, told = text[local.isna() & text.notna()], None, Told()
    if len(rest):
        others, utc, told = _others(rest, conventions, place)
        local = local.fillna(others)
    moved, skipped, twice = to_utc(local, conventions.time_zone)
    told = replace(told, local=int(local.notna().sum()), skipped=skipped, twice=twice)
    return moved if utc is None else moved.fillna(utc), told


def order_of(pieces: Iterable[pd.Series], conventions: Conventions, place: Place = row_of) -> tuple[Conventions, tuple[str, ...]]:
    """The conventions with the order of day and month that a column decides which comes in pieces (of filled cells, none of them plain), and notes on
    it. Raises Refusal, which asks, where the column doesn't tell."""
    written, rows = {}, {}
    for text in pieces:
        offset = _parsed(text.where(text.str.fullmatch(WITH_OFFSET).fillna(False).astype(bool)), utc=True)
        local, utc, _ = read_counted(text[offset.isna()])
        parts, where = dates_in(text[offset.isna()][local.isna() & utc.isna()])
        written |= {day: each for day, each in parts.items() if day not in written}
        rows |= {day: min(row, rows.get(day, row)) for day, row in where.items()}
    written = {day: written[day] for day in sorted(written, key=rows.get)}
    order, why = decided_order(written, rows, conventions.date_order, place)
    return (replace(conventions, date_order=order) if order else conventions), order_notes(order, why, written)


def _all_utc(text: pd.Series) -> bool:
    """Whether every filled cell is a time in UTC such as 2026-03-31T06:05:09Z, which most programs write and which is read at once."""
    if not (text.str.endswith("Z") | text.isna()).all():
        return False
    return bool(((text.str.slice(4, 5) == "-") & (text.str.len() >= 16) | text.isna()).all())


def _others(text: pd.Series, conventions: Conventions, place: Place) -> tuple[pd.Series, pd.Series, Told]:
    """Local times, UTC times and what was decided of what isn't a plain local time: offsets first, then numbers, then what people write."""
    offset = _parsed(text.where(text.str.fullmatch(WITH_OFFSET).fillna(False).astype(bool)), utc=True)
    local, utc, as_number = read_counted(text[offset.isna()])
    left = local.isna() & utc.isna()
    local_written, utc_written, as_written = read_written(text[offset.isna()][left], conventions.date_order, place)
    return local.fillna(local_written), offset.fillna(utc).fillna(utc_written), Told(as_number, as_written)


def _parsed(text: pd.Series, utc: bool) -> pd.Series:
    return pd.to_datetime(text, utc=utc, errors="coerce", format="ISO8601").dt.as_unit("us")
