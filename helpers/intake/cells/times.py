"""Times in a text column: with or without an offset, in a named zone, always kept as UTC."""

import zoneinfo

import pandas as pd

from helpers.intake.refusal import Refusal

WITH_OFFSET = r"(?:Z|[+-]\d{2}:?\d{2})$"
YEAR_FIRST = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")


def read_times(text: pd.Series, time_zone: str = "UTC") -> pd.Series:
    """UTC times of a text column, missing where the text is blank or no time.

    Times with an offset ("Z", "+08:00") are taken at their word; those without are local times in `time_zone`. Year-first only
    ("2026-03-31 14:05", "2026/3/31 14:05", ISO 8601): which of 03/04 is the day can't be known from one cell.
    Raises Refusal for a time zone that doesn't exist.
    """
    zone = known_zone(time_zone)
    has_offset = text.str.endswith("Z") | text.isna()
    if not has_offset.all():
        has_offset |= text.str.contains(WITH_OFFSET, regex=True).fillna(False).astype(bool)
    with_offset = pd.to_datetime(text.where(has_offset), utc=True, errors="coerce", format="ISO8601").dt.as_unit("us")
    if has_offset.all():
        return with_offset
    local = _local(text.mask(has_offset)).dt.tz_localize(zone, ambiguous=False, nonexistent="shift_forward")
    return with_offset.fillna(local.dt.tz_convert("UTC"))


def known_zone(name: str) -> zoneinfo.ZoneInfo:
    """The time zone of that name. Raises Refusal where there is none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refusal(f"there is no time zone '{name}'", "time zone", "write it as in 'Asia/Shanghai' or 'UTC'") from error


def _local(text: pd.Series) -> pd.Series:
    """Times without zone: ISO 8601 first, then the year-first forms that spreadsheets write."""
    times = pd.to_datetime(text, errors="coerce", format="ISO8601").dt.as_unit("us")
    for form in YEAR_FIRST:
        left = times.isna() & text.notna()
        if not left.any():
            break
        plain = text[left].str.replace("/", "-", regex=False)
        times = times.fillna(pd.to_datetime(plain, errors="coerce", format=form).dt.as_unit("us"))
    return times
