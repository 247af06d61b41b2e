"""Times in a text column, however they are written, always kept as UTC."""

import pandas as pd

from helpers.intake.cells.conventions import Conventions, Place, Read, counted, row_of
from helpers.intake.cells.counted_times import read_counted
from helpers.intake.cells.written_times import read_written
from helpers.intake.cells.zones import to_utc

DAY = r"\d{4}-\d{1,2}-\d{1,2}"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?"
LOCAL, WITH_OFFSET = rf"{DAY}(?:[T ]{CLOCK})?", rf"{DAY}[T ]{CLOCK}(?:Z|[+-]\d{{2}}:?\d{{2}})"


def read_times(text: pd.Series, conventions: Conventions = Conventions(), place: Place = row_of) -> Read:
    """UTC times of a text column, missing where the text is blank or no time, and what was decided.

    Times with an offset ("Z", "+08:00") are taken at their word, those without are local times in the conventions' time zone. Read are ISO
    8601, "2026/3/31 14:05", "2026年3月31日 下午2:05", "31 Mar 2026", "31/03/2026" and "3/31/2026 2:05 PM" (which of the two by the whole column),
    seconds to nanoseconds since 1970, a spreadsheet's day numbers. place: a row -> where it is, in words.
    Raises Refusal for a time zone that doesn't exist, and where the column doesn't tell day from month.
    """
    if _all_utc(text):
        return Read(_parsed(text, utc=True))
    is_local = text.str.fullmatch(LOCAL).fillna(False).astype(bool)
    local = _parsed(text.where(is_local), utc=False)
    rest, utc, notes = text[local.isna() & text.notna()], None, ()
    if len(rest):
        others, utc, notes = _others(rest, conventions, place)
        local = local.fillna(others)
    moved, doubts = to_utc(local, conventions.time_zone)
    zone = (f"{counted(local.notna().sum(), 'time')} without an offset taken as local in {conventions.time_zone}",) if local.notna().any() else ()
    return Read(moved if utc is None else moved.fillna(utc), (*notes, *zone, *doubts))


def _all_utc(text: pd.Series) -> bool:
    """Whether every filled cell is a time in UTC such as 2026-03-31T06:05:09Z, which most programs write and which is read at once."""
    if not (text.str.endswith("Z") | text.isna()).all():
        return False
    return bool(((text.str.slice(4, 5) == "-") & (text.str.len() >= 16) | text.isna()).all())


def _others(text: pd.Series, conventions: Conventions, place: Place) -> tuple[pd.Series, pd.Series, tuple[str, ...]]:
    """Local times, UTC times and notes of what isn't a plain local time: offsets first, then numbers, then what people write."""
    offset = _parsed(text.where(text.str.fullmatch(WITH_OFFSET).fillna(False).astype(bool)), utc=True)
    local, utc, as_number = read_counted(text[offset.isna()])
    left = local.isna() & utc.isna()
    local_written, utc_written, as_written = read_written(text[offset.isna()][left], conventions.date_order, place)
    return local.fillna(local_written), offset.fillna(utc).fillna(utc_written), (*as_number, *as_written)


def _parsed(text: pd.Series, utc: bool) -> pd.Series:
    return pd.to_datetime(text, utc=utc, errors="coerce", format="ISO8601").dt.as_unit("us")
