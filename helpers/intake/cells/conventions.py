"""How the writer of a table writes times and numbers, and what reading a column by it came to."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from helpers.intake.refusal import Refusal

DATE_ORDERS = ("auto", "day first", "month first", "year first")
DECIMAL_MARKS = ("auto", "point", "comma")
LONGEST_QUOTE = 40
Place = Callable[[int], str]


@dataclass(frozen=True)
class Conventions:
    """What a cell can't tell by itself.

    time_zone: of times written without an offset. date_order: one of DATE_ORDERS, for dates that don't begin with a year of four digits.
    decimal_mark: one of DECIMAL_MARKS. "auto" decides by the whole column, and asks where the column doesn't tell.
    """

    time_zone: str = "UTC"
    date_order: str = "auto"
    decimal_mark: str = "auto"

    def __post_init__(self):
        for name, value, allowed in (("date_order", self.date_order, DATE_ORDERS), ("decimal_mark", self.decimal_mark, DECIMAL_MARKS)):
            if value not in allowed:
                raise Refusal(f"'{value}' is none", name, f"use one of {', '.join(allowed)}")


@dataclass(frozen=True)
class Read:
    """A column as its type. values: missing where the cell is blank or can't be read. notes: what was decided, in words."""

    values: pd.Series
    notes: tuple[str, ...] = ()


def quoted(cell: str) -> str:
    """A cell as a message can show it: never pages of it, on one line."""
    short = cell if len(cell) <= LONGEST_QUOTE else cell[: LONGEST_QUOTE - 1] + "…"
    return f"'{' '.join(short.split())}'"


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun: '1 cell', '1,204 cells'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def row_of(row: int) -> str:
    """A place in words, where nobody knows more than the row."""
    return f"row {row}"
