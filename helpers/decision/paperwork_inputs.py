"""From the notebook's parameters to a log that has been read, and the calendar by which its hours are counted."""

import re
from collections.abc import Mapping
from pathlib import Path

from helpers.decision.paperwork_parameters import SECOND_PASS
from helpers.intake.dictionary import Column, cast_column
from helpers.intake.places import ROOT
from helpers.intake.refusal import Refusal
from helpers.intake.table import read_table
from helpers.paperwork.hours import Calendar, office_calendar
from helpers.paperwork.log import OfficeLog, load_log

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def log_of(values: Mapping[str, object]) -> OfficeLog:
    """The log that the parameters name. Raises Refusal in words where it can't be read so."""
    file = values["log_file"]
    same_steps = values["same_steps"]
    if file and same_steps == SECOND_PASS:  # the default speaks of the shipped log's names
        same_steps = ""
    return load_log(
        located(file) if file else None,
        values["column_map"],
        values["time_zone"],
        same_steps,
        values["kinds"],
        names_in(values["client_activities"]),
        names_in(values["closing"]) or None,
        names_in(values["withdrawing"]) or None,
    )


def located(file: str) -> Path:
    """The file as seen from where the notebook runs, or else from the project's folder: papermill and JupyterLab stand in different places."""
    here = Path(file).expanduser()
    return ROOT / file if not here.exists() and (ROOT / file).exists() else here


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text with commas between them."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def calendar_of(values: Mapping[str, object]) -> Calendar:
    """The office's calendar. Raises Refusal where hours, days or holidays can't be read."""
    return Calendar(sessions_in(values["office_hours"]), weekdays_in(values["weekdays"]), holidays_in(values["holidays"]), time_zone=values["time_zone"])


def sessions_in(text: str) -> tuple[tuple[float, float], ...]:
    """Opening hours from '9-12, 13:30-18'."""
    found = [re.fullmatch(r"\s*(\d{1,2}(?::\d\d)?)\s*-\s*(\d{1,2}(?::\d\d)?)\s*", part) for part in text.split(",")]
    if not all(found):
        raise Refusal(f"{text!r} aren't hours", "office_hours", "write them as in '9-12, 13:30-18'")
    return tuple((_hour(each[1]), _hour(each[2])) for each in found)


def _hour(text: str) -> float:
    hours, _, minutes = text.partition(":")
    return int(hours) + int(minutes or 0) / 60


def weekdays_in(text: str) -> tuple[int, ...]:
    """Days of the week from 'Mon Tue', 0 = Monday."""
    words = [word[:3].lower() for word in re.split(r"[\s,]+", text.strip()) if word]
    if not words or not set(words) <= set(WEEKDAYS):
        raise Refusal(f"{text!r} aren't days of the week", "weekdays", "write them as in 'Mon Tue Wed Thu Fri'")
    return tuple(sorted({WEEKDAYS.index(word) for word in words}))


def holidays_in(text: str) -> tuple[str, ...]:
    """ISO dates on which the office is closed: the shipped list, none, or those of a file with a column 'date'."""
    if text == "shipped":
        return office_calendar().holidays
    if text == "none":
        return ()
    table = read_table(located(text))
    if "date" not in table.frame:
        raise Refusal("there is no column 'date'", text, "name the column of closed days 'date'")
    dates = cast_column(table, Column("holidays", "date", "time", "", True, "a closed day"))
    return tuple(sorted(set(dates.dropna().dt.strftime("%Y-%m-%d"))))
