"""Local times of a named zone brought to UTC, summer time's gaps and overlaps counted."""

import zoneinfo

import pandas as pd

from helpers.intake.cells.conventions import counted
from helpers.intake.refusal import Refusal


def known_zone(name: str) -> zoneinfo.ZoneInfo:
    """The time zone of that name. Raises Refusal where there is none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refusal(f"there is no time zone '{name}'", "time zone", "write it as in 'Asia/Shanghai' or 'UTC'") from error


def to_utc(local: pd.Series, time_zone: str) -> tuple[pd.Series, int, int]:
    """UTC of local times, and how many summer time skips (moved on to its end) or has twice (taken for the later)."""
    zone = known_zone(time_zone)
    exact = local.dt.tz_localize(zone, ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
    unsure = exact.isna() & local.notna()
    if not unsure.any():
        return exact, 0, 0
    doubtful = local[unsure]
    skipped = doubtful.dt.tz_localize(zone, ambiguous=False, nonexistent="NaT").isna()
    settled = doubtful.dt.tz_localize(zone, ambiguous=False, nonexistent="shift_forward").dt.tz_convert("UTC")
    return exact.fillna(settled), int(skipped.sum()), int((~skipped).sum())


def doubts(skipped: int, twice: int) -> tuple[str, ...]:
    """Notes on local times that summer time skips or has twice."""
    told = ((skipped, "summer time skips, moved on to the next that there is"), (twice, "the clocks show twice, taken for the later"))
    return tuple(f"{counted(count, 'local time')} that {what}" for count, what in told if count)
