"""Typed values as text in one form, which reads back to the same value."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

import pandas as pd

WHOLE = 1e15  # floats beyond it may have lost their last digits


class NotText(TypeError):
    """A value that no cell of text can hold: a list, a record, bytes. reason: in words."""

    def __init__(self, kind: str):
        self.reason = f"it holds {_WORDS.get(kind, f'values of the type {kind}')}"
        super().__init__(self.reason)


_WORDS = {"list": "lists", "tuple": "lists", "ndarray": "lists", "dict": "records", "bytes": "bytes", "memoryview": "bytes", "MonthDayNano": "intervals"}


def text_of(value: object) -> str | None:
    """A value as a cell's text; None where it is missing or blank. Raises NotText for what isn't a single value.

    Whole numbers without ".0", other floats by their shortest exact form, times ISO 8601 with their offset if they have one, durations as h:mm:ss.
    """
    if value is None or value == "" or value != value or value is pd.NaT:
        return None
    form = _FORMS.get(type(value))
    if form is None:
        raise NotText(type(value).__name__)
    return form(value)


def texts(values: Iterable[object]) -> list[str | None]:
    """A column of values as text. Raises NotText."""
    return [text_of(value) for value in values]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < WHOLE else repr(value)


def _duration(value: dt.timedelta) -> str:
    seconds, sign = abs(value.total_seconds()), "-" if value < dt.timedelta(0) else ""
    whole, rest = divmod(seconds, 1)
    minutes, second = divmod(int(whole), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{second:02}{f'{rest:.6f}'[1:].rstrip('0') if rest else ''}"


def _decimal(value: Decimal) -> str:
    return format(value, "f") if value.is_finite() else str(value)


_FORMS = {
    str: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: _number,
    Decimal: _decimal,
    dt.datetime: lambda value: value.isoformat(sep=" "),
    pd.Timestamp: lambda value: value.isoformat(sep=" "),
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
    dt.timedelta: _duration,
    UUID: str,
}
