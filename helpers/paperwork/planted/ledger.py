"""From the planted office's handlings to the log as it was exported: clock times, a last day, and the flaws that real exports have."""

import numpy as np
import pandas as pd

from helpers.paperwork.hours import Calendar, timetable
from helpers.paperwork.planted.office import ACTIVITIES, Office

COLUMNS = ("case", "document", "activity", "kind", "party", "resource", "start", "end")


def handlings(rows: list[tuple], office: Office, calendar: Calendar) -> pd.DataFrame:
    """All handlings as the office did them, nothing cut off: client, paper, turn and clerk by number, start and end tz-aware, in order of start."""
    frame = pd.DataFrame(rows, columns=["client", "paper", "activity", "turn", "clerk", "start", "end"])
    by_clerk = (frame["clerk"] >= 0).to_numpy()
    for column, ending in (("start", False), ("end", True)):
        seconds = frame[column].to_numpy().copy()
        seconds[by_clerk] = _clock_seconds(seconds[by_clerk], ending, office, calendar)
        frame[column] = pd.to_datetime(seconds, unit="s", utc=True).tz_convert(calendar.time_zone)
    return frame.sort_values("start", kind="stable", ignore_index=True)


def _clock_seconds(positions: np.ndarray, ending: bool, office: Office, calendar: Calendar) -> np.ndarray:
    first = pd.Timestamp(office.opens_books, tz=calendar.time_zone)
    table = timetable(calendar, first, pd.Timestamp(office.last_day, tz=calendar.time_zone))
    offset = table.position(np.array([first.value // 1000]))[0]
    return table.instant(positions * 1_000_000 + offset, ending) // 1_000_000


def exported(done: pd.DataFrame, kinds: np.ndarray, office: Office, rng: np.random.Generator) -> pd.DataFrame:
    """The log as exported at the end of the last day: text columns under COLUMNS, blank where the export has a gap.

    kinds: the kind of document of each paper. What began before the last day's end and hadn't finished has no end.
    """
    until = pd.Timestamp(office.last_day, tz=done["start"].dt.tz) + pd.Timedelta(hours=18)
    unfinished = done["end"] > until
    seen = done[(done["start"] < until) & ~(unfinished & (done["clerk"] < 0))]
    return pd.DataFrame({
        "case": "C" + (seen["client"] + 1).astype(str).str.zfill(4),
        "document": _document_names(seen["paper"].to_numpy(), kinds, office),
        "activity": (activity := _activity_names(seen, office, rng)),
        "kind": activity.map({name: kind for name, (kind, _) in ACTIVITIES.items()}),
        "party": activity.map({name: party for name, (_, party) in ACTIVITIES.items()}),
        "resource": _resources(seen["clerk"].to_numpy(), office, rng),
        "start": seen["start"].dt.strftime("%Y-%m-%d %H:%M:%S"),
        "end": _ends(seen["end"], until, office, rng),
    })[list(COLUMNS)]  # fmt: skip


def _document_names(papers: np.ndarray, kinds: np.ndarray, office: Office) -> np.ndarray:
    names = np.array([document.name for document in office.documents], dtype=object)
    return np.where(papers >= 0, names[kinds[papers]], "")


def _activity_names(seen: pd.DataFrame, office: Office, rng: np.random.Generator) -> pd.Series:
    """Most second reviews go by another name in the log."""
    second = (seen["activity"] == "review") & (seen["turn"] > 0)
    return seen["activity"].mask(second & (rng.random(len(seen)) < office.renamed), "review again")


def _resources(clerks: np.ndarray, office: Office, rng: np.random.Generator) -> np.ndarray:
    names = np.array([f"clerk {number + 1}" for number in range(office.clerks)] + ["client"], dtype=object)
    forgotten = (clerks >= 0) & (rng.random(len(clerks)) < office.blank_resource)
    return np.where(forgotten, "", names[clerks])


def _ends(ends: pd.Series, until: pd.Timestamp, office: Office, rng: np.random.Generator) -> pd.Series:
    gaps = (ends > until) | (rng.random(len(ends)) < office.missing_end)
    return ends.dt.strftime("%Y-%m-%d %H:%M:%S").mask(gaps, "")
