"""Whether day or month comes first in dates such as 04/05/2026: a column decides, or a person is asked."""

from collections.abc import Mapping
from datetime import date

from helpers.intake.cells.conventions import Place, quoted
from helpers.intake.refusal import Refusal

Parts = tuple[str, int, int, int]  # how the date is written ("year first", "year last" or one of SHORT), and its three numbers from left to right
SHORT = ("two digits", "two digits and a month's name")
POSITIONS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}  # of year, month and day
ASK = "say which with the parameter date_order: day first or month first"
MONTH_NAMES = "January February March April May June July August September October November December".split()


def decided_order(written: Mapping[str, Parts], first_row: Mapping[str, int], order: str, place: Place) -> tuple[str, str]:
    """The order ("day first", "month first", "year first") of the dates that need one, and why; ("", "") where none does.

    written: date as written -> its parts; first_row: date as written -> the first row that has it. Raises Refusal, which asks, where the
    column shows neither order or both, or years have two digits and nobody said where they stand.
    """
    open_ones = {text: parts for text, parts in written.items() if parts[0] != "year first"}
    if not open_ones:
        return "", ""
    if order != "auto":
        return order, "as the parameter date_order says"
    short = [text for text, parts in open_ones.items() if parts[0] in SHORT]
    if short:
        remedy = "say with the parameter date_order what stands first: day first, month first or year first"
        raise Refusal(f"{quoted(short[0])} has a year of two digits, so it could be several days", place(first_row[short[0]]), remedy)
    return _by_evidence(open_ones, first_row, place)


def _by_evidence(open_ones: Mapping[str, Parts], first_row: Mapping[str, int], place: Place) -> tuple[str, str]:
    day_first = next((text for text, (_, a, b, _) in open_ones.items() if 31 >= a > 12 >= b), None)
    month_first = next((text for text, (_, a, b, _) in open_ones.items() if 31 >= b > 12 >= a), None)
    if day_first and month_first:
        other = f"{quoted(month_first)} in row {first_row[month_first]}"
        raise Refusal(f"{quoted(day_first)} has the day first, but {other} the month", place(first_row[day_first]), f"bring them into one order, or {ASK}")
    if not (day_first or month_first):
        return _same_either_way(open_ones, first_row, place)
    shows = day_first or month_first
    return "day first" if day_first else "month first", f"as row {first_row[shows]} shows: {quoted(shows)}"


def _same_either_way(open_ones: Mapping[str, Parts], first_row: Mapping[str, int], place: Place) -> tuple[str, str]:
    """Any order will do where day and month are equal in every date; otherwise both readings are shown and a person is asked."""
    unsure = next((text for text, (_, a, b, _) in open_ones.items() if a != b), None)
    if unsure is None:
        return "day first", "and month first would be the same"
    _, a, b, year = open_ones[unsure]
    if not (1 <= a <= 12 and 1 <= b <= 12):
        return "day first", "though no date shows it"
    readings = f"{a} {MONTH_NAMES[b - 1]} {year} (day first) or {b} {MONTH_NAMES[a - 1]} {year} (month first)"
    raise Refusal(f"{quoted(unsure)} can be {readings}, and no date in the column tells which", place(first_row[unsure]), ASK)


def day_of(parts: Parts, order: str) -> date | None:
    """The day that the parts stand for under an order; None where there is no such day."""
    how, *numbers = parts
    if how == "year last" and order == "year first":
        return None
    named_month = how == SHORT[1] and order == "month first"
    year, month, day = (numbers[i] for i in POSITIONS["year first" if how == "year first" else "day first" if named_month else order])
    try:
        return date(_whole_year(year) if how in SHORT else year, month, day)
    except ValueError:
        return None


def _whole_year(two_digits: int) -> int:
    """69 to 99 are of the last century, as POSIX has it."""
    return two_digits + (1900 if two_digits >= 69 else 2000)
