"""From the notebook's parameters to a log that has been read, and the calendar by which its hours are counted."""

import re
from collections.abc import Mapping
import pandas as pd

from helpers.decision.log_parameters import log_path, pseudonyms_of, source_of
from helpers.decision.paperwork.parameters import SECOND_PASS
from helpers.intake.cells.typed import cast_column
from helpers.intake.cells.zones import known_zone
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.dictionary import Column
from helpers.intake.held import read_once
from helpers.intake.places import DATA, located
from helpers.intake.reading.source import read_table
from helpers.intake.refusal import Refusal
from helpers.paperwork.hours import Calendar, business_hours, office_calendar
from helpers.paperwork.log import load_log
from helpers.paperwork.office_log import OfficeLog
from helpers.paperwork.readiness.measures import MEASURES
from helpers.paperwork.readiness.scores import Weights

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = re.compile(rf"({'|'.join(WEEKDAYS)})[a-z]*(?:-({'|'.join(WEEKDAYS)})[a-z]*)?", re.IGNORECASE)
HOURS = re.compile(r"(\d{1,2}(?::\d\d)?)-(\d{1,2}(?::\d\d)?)")


@read_once(DATA / "paperwork")
def log_of(values: Mapping[str, object]) -> OfficeLog:
    """The log that the parameters name. Raises Refusal in words where it can't be read so."""
    file = values["log_file"]
    same_steps = values["same_steps"]
    if file and same_steps == SECOND_PASS:  # the default speaks of the shipped log's names
        same_steps = ""
    return load_log(
        log_path(values),
        aliases=same_steps,
        kinds=values["kinds"],
        client_activities=names_in(values["client_activities"]),
        closing=names_in(values["closing"]) or None,
        withdrawing=names_in(values["withdrawing"]) or None,
        how=source_of(values),
        pseudonyms=pseudonyms_of(values),
    )


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text with commas between them."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def calendar_of(values: Mapping[str, object]) -> Calendar:
    """The office's calendar. Raises Refusal where hours, days or holidays can't be read."""
    weekdays, sessions = open_hours(values["office_hours"])
    known_zone(values["time_zone"])
    return Calendar(sessions, weekdays, holidays_in(values["holidays"]), time_zone=values["time_zone"])


def open_hours(text: str) -> tuple[tuple[int, ...], tuple[tuple[float, float], ...]]:
    """Weekdays (0 = Monday) and opening hours from 'Mon-Fri 9-12 13:30-18'. Raises Refusal where a part is neither."""
    parts = [(word, DAY.fullmatch(word), HOURS.fullmatch(word)) for word in re.split(r"[\s,]+", text.strip()) if word]
    odd = [word for word, day, hours in parts if not (day or hours)]
    days = [day for _, day, _ in parts if day]
    hours = [found for _, _, found in parts if found]
    if odd or not days or not hours:
        raise Refusal(f"{odd[0] if odd else text!r} can't be read as days and hours", "office_hours", "write them as in 'Mon-Fri 9-12 13:30-18'")
    return tuple(sorted({number for day in days for number in _days(day)})), tuple((_hour(each[1]), _hour(each[2])) for each in hours)


def _days(found: re.Match) -> range:
    first, last = WEEKDAYS.index(found[1].lower()), WEEKDAYS.index((found[2] or found[1]).lower())
    return range(first, last + 1)


def _hour(text: str) -> float:
    hours, _, minutes = text.partition(":")
    return int(hours) + int(minutes or 0) / 60


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


def office_hours_per_year(calendar: Calendar, last: pd.Timestamp) -> float:
    """Office hours in the year before the log's last moment, so that its holidays are the calendar's own."""
    ends = pd.Series([last])
    return float(business_hours(ends - pd.Timedelta(days=365), ends, calendar)[0])


def weights_of(text: str) -> Weights:
    """Weights of readiness from 'volume: 0.25, rework: 0.2'; a measure that isn't named counts nothing. Raises Refusal for an unknown one."""
    given = read_mapping(text, "weights")
    unknown = sorted(set(given) - set(MEASURES))
    if unknown:
        raise Refusal(f"no measure is called '{unknown[0]}'", "weights", f"the measures are {', '.join(MEASURES)}")
    try:
        return Weights(**{name: float(given.get(name, 0)) for name in MEASURES})
    except Refusal:
        raise
    except ValueError:
        raise Refusal(f"{text!r} holds something that is no number", "weights", "write them as in 'volume: 0.25, rework: 0.2'") from None
