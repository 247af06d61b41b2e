"""Times as people and programs write them: Chinese and English dates, AM and PM, offsets; day and month in either order."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.intake.cells.conventions import Place, quoted
from helpers.intake.cells.day_month import SHORT, Parts, day_of, decided_order

HALVES = {"上午": "am", "凌晨": "am", "早上": "am", "清晨": "am", "中午": "pm", "下午": "pm", "傍晚": "pm", "晚上": "pm", "a.m.": "am", "p.m.": "pm"}
CHINESE = [
    (re.compile(r"\(?(?:星期|周|週|礼拜)[一二三四五六日天]\)?"), " "),
    (re.compile(r"(?<!\d)(\d\d)\s*年"), r"20\1年"),
    (re.compile(r"(?<=\d)\s*[年月]\s*"), "-"),
    (re.compile(r"(?<=\d)\s*[日号號]\s*"), " "),
    (re.compile(r"(?<=\d)\s*[时時点點]\s*"), ":"),
    (re.compile(r"(?<=\d)\s*分\s*(?=\d)"), ":"),
    (re.compile(r"(?<=\d)\s*(?:分|秒)"), ""),
]
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+")
REMARK = re.compile(r"\s*\([^)]*\)$")
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
DATE = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[-/. ][a-z]{3,9}\.?[-/., ]+\d{2,4}|[a-z]{3,9}\.? \d{1,2},? \d{4}|\d{8}(?=t|\s|$)|\d{8}(?=\d{4}(?:\d\d)?$)"
CELL = re.compile(rf"^({DATE})[t ,:]*(.*)$")
CLOCK = re.compile(
    r"^(am|pm)?\s*(\d{1,2})(?::|:(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(am|pm)?\s*(z|(?:utc|gmt)?[+-]\d{2}(?::?\d{2})?|utc|gmt)?$"
)
ENDING = r"^(?P<head>.*\d\D?)[ T]+(?P<tail>\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)$"
DOTTED = re.compile(r"^(\d{1,2})\.(\d{2})(?:\.(\d{2}))?$")  # 14.05, as clocks are written in Finland, Denmark or Indonesia
NOT_A_TIME = np.timedelta64("NaT", "us")
COMPACT = re.compile(r"^(\d{2})(\d{2})(\d{2})?$")
NUMERIC_DATE = re.compile(r"^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})$")


def read_written(text: pd.Series, order: str, place: Place) -> tuple[pd.Series, pd.Series, tuple[str, ...]]:
    """Local times, UTC times (each missing where the cell is of the other kind, or no time), and notes, of a column of filled text cells.

    order: one of DATE_ORDERS. Raises Refusal, which asks, where the column doesn't tell the order of day and month.
    """
    heads, tails = _apart(text)
    head_of, heads = pd.factorize(heads)
    tail_of, tails = pd.factorize(tails)
    split = [_date_and_clock(head) for head in heads]
    plain_end = (tails != "")[tail_of] & np.array([rest == "" for _, rest in split], bool)[head_of]
    since, offset = (np.where(plain_end, of_tail[tail_of], of_head[head_of]) for of_head, of_tail in zip(_clocks([rest for _, rest in split]), _clocks(tails)))
    since[(tails != "")[tail_of] & ~plain_end] = NOT_A_TIME
    written, rows = _written(split), _rows(split, text.index, head_of)
    order, why = decided_order(written, rows, order, place)
    known = {day: day_of(parts, order) for day, parts in written.items()}
    days = np.array([known.get(day) for day, _ in split], dtype="datetime64[D]").astype("datetime64[us]")
    moments = pd.Series(days[head_of] + since - np.where(np.isnat(offset), np.timedelta64(0), offset), index=text.index)
    return moments.where(np.isnat(offset)), moments.mask(np.isnat(offset)).dt.tz_localize("UTC"), order_notes(order, why, written)


def dates_in(text: pd.Series) -> tuple[dict[str, Parts], dict[str, int]]:
    """The dates in a column of filled text cells as they are written -> their parts; and -> the first row that has each."""
    head_of, heads = pd.factorize(_apart(text)[0])
    split = [_date_and_clock(head) for head in heads]
    return _written(split), _rows(split, text.index, head_of)


def _written(split: list[tuple[str, str]]) -> dict[str, Parts]:
    return {day: parts for day, rest in split if clock_of(rest) and (parts := date_parts(day))}


def _rows(split: list[tuple[str, str]], index: pd.Index, head_of: np.ndarray) -> dict[str, int]:
    return {day: int(index[row]) for (day, _), row in reversed(list(zip(split, np.unique(head_of, return_index=True)[1])))}


def _apart(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Each cell cut before a plain clock at its end, so that the few days in a column are looked at once each; "" where it has none."""
    found = pc.extract_regex(pa.array(text, pa.string()), ENDING)
    heads, tails = (pd.Series(pc.struct_field(found, part), index=text.index, dtype="str") for part in ("head", "tail"))
    return heads.fillna(text), tails.fillna("")


def _date_and_clock(head: str) -> tuple[str, str]:
    """The date at the beginning of a cell and the clock after it; no date and no clock where it begins otherwise."""
    match = CELL.match(plain(head))
    return (match[1], match[2].strip()) if match else ("", "?")


def _clocks(written: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """Time since midnight and offset of each clock, missing where there is none."""
    read = [_clock(clock) for clock in written]
    return tuple(np.array([pair[which] for pair in read], dtype="timedelta64[us]") for which in (0, 1))


@lru_cache(maxsize=1 << 17)  # more than a day has seconds: a long column, read piece by piece, has each of them again and again
def _clock(written: str) -> tuple[timedelta | None, timedelta | None]:
    return clock_of(plain(written)) or (None, None)


def plain(cell: str) -> str:
    """A cell in plain letters: full-width ones made half-width, Chinese marks of date and time made ours, weekday and remarks left out."""
    cell = unicodedata.normalize("NFKC", cell).lower().strip()
    for word, half in HALVES.items():
        cell = cell.replace(word, f" {half} ")
    if not cell.isascii():
        for mark, ours in CHINESE:
            cell = mark.sub(ours, cell)
    return re.sub(r"\s+", " ", REMARK.sub("", WEEKDAY.sub("", cell))).strip()


def date_parts(day: str) -> Parts | None:
    """How a date is written and its three numbers; None where it is no date."""
    numbers = NUMERIC_DATE.match(day)
    if numbers:
        a, _, b, c = numbers.groups()
        return _numeric(a, b, c)
    if day.isdigit() and len(day) == 8:
        return "year first", int(day[:4]), int(day[4:6]), int(day[6:])
    words = re.findall(r"[a-z]+|\d+", day)
    return _with_month_name(words) if len(words) == 3 else None


def _numeric(a: str, b: str, c: str) -> Parts | None:
    shapes = {(4, True): "year first", (2, True): "two digits", (2, False): "year last"}
    how = shapes.get((4 if len(a) == 4 else 2, len(c) <= 2)) if len(a) != 3 and len(c) in (1, 2, 4) else None
    if how == "two digits" and len(a) == len(c) == 1:
        how = None
    return (how, int(a), int(b), int(c)) if how else None


def _with_month_name(words: list[str]) -> Parts | None:
    """31 mar 2026, mar 31 2026: no order to decide, unless the year has two digits."""
    name = next((word for word in words if word[:3] in MONTHS), None)
    numbers = [word for word in words if word.isdigit()]
    if name is None or len(numbers) != 2:
        return None
    day, year, month = int(numbers[0]), int(numbers[1]), MONTHS[name[:3]]
    return ("year first", year, month, day) if len(numbers[1]) == 4 else (SHORT[1], day, month, year)


def clock_of(clock: str) -> tuple[timedelta, timedelta | None] | None:
    """Time since midnight and offset from UTC (None: local) of a clock as written; None where it is none. "" is midnight."""
    if not clock:
        return timedelta(0), None
    parts = COMPACT.match(clock) or DOTTED.match(clock)
    found = CLOCK.match(":".join(part for part in parts.groups() if part) if parts else clock)
    if not found:
        return None
    before, hour, minute, second, fraction, after, offset = found.groups()
    hour = _of_day(int(hour), before or after)
    minute, second = int(minute or 0), int(second or 0)
    if hour is None or hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    micros = int((fraction or "").ljust(6, "0")[:6] or 0)
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micros), _offset(offset)


def _of_day(hour: int, half: str | None) -> int | None:
    """The hour of 24; None where clock and half contradict each other. 14 PM is 14, as some programs write it."""
    if half is None:
        return hour
    if half == "am":
        return None if hour > 12 else hour % 12
    return hour if hour >= 12 else hour + 12


def _offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    sign = re.search(r"([+-])(\d{2}):?(\d{2})?", text)
    if not sign:
        return timedelta(0)
    return (1 if sign[1] == "+" else -1) * timedelta(hours=int(sign[2]), minutes=int(sign[3] or 0))


def order_notes(order: str, why: str, written: dict[str, Parts]) -> tuple[str, ...]:
    """What was decided on day and month, in words."""
    if not order:
        return ()
    example = next(day for day, parts in written.items() if parts[0] != "year first")
    short = any(parts[0] in SHORT for parts in written.values())
    shorts = (f"years of two digits are 1969 to 2068, as in {quoted(example)}",) if short else ()
    return f"dates {order}, {why}", *shorts
