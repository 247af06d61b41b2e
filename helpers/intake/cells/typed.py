"""A text table cast to the types of its dictionary."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.intake.cells.times import read_times
from helpers.intake.dictionary import Column, Dictionary
from helpers.intake.reading.table import Table
from helpers.intake.refusal import Refusal

ROWS_NAMED = 20
YES_NO = {"1": True, "yes": True, "true": True, "y": True, "0": False, "no": False, "false": False, "n": False}


@dataclass(frozen=True)
class SetAside:
    """Rows that can't be used: why, how many, and the first of them as sheet rows (header = row 1)."""

    reason: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Typed:
    """A table with its types: the usable rows (index: sheet row), how many were read, which were set aside and why."""

    frame: pd.DataFrame
    rows_read: int
    set_aside: tuple[SetAside, ...]


def typed(table: Table, dictionary: Dictionary, table_name: str, time_zone: str = "UTC", tolerated: float = 0.05) -> Typed:
    """The table cast to the dictionary's types: times in UTC, numbers, text; columns that the dictionary doesn't know stay text.

    time_zone: of times written without an offset. Rows in which a required cell is blank are set aside and counted.
    Raises Refusal where a required column is missing, a cell can't be read as its type, or more than `tolerated` of the rows are unusable.
    """
    known = dictionary.table(table_name)
    _all_there(table, known)
    frame = table.frame.assign(**{
        name: cast_column(table, column, time_zone) for name, column in known.items() if name in table.frame.columns
    })  # fmt: skip
    blank = {name: frame[name].isna().to_numpy() for name, column in known.items() if column.required}
    unusable = np.any(list(blank.values()), axis=0) if blank else np.zeros(len(frame), bool)
    if unusable.mean() > tolerated:
        raise _too_many(table, blank)
    set_aside = tuple(SetAside(f"blank {name}", int(mask.sum()), _first_rows(frame, mask)) for name, mask in blank.items() if mask.any())
    return Typed(frame[~unusable] if unusable.any() else frame, len(frame), set_aside)


def cast_column(table: Table, column: Column, time_zone: str = "UTC") -> pd.Series:
    """One column cast to its type, blanks missing. Raises Refusal naming file, row, column and value where a cell isn't of the type."""
    text = table.frame[column.name].str.strip()
    blank = (text == "").fillna(False)
    text = text.mask(blank) if blank.any() else text
    if column.type == "text":
        return text
    values = read_times(text, time_zone) if column.type == "time" else _numbers(text, column.type)
    bad = (values.isna() & text.notna()).to_numpy()
    if bad.any():
        raise _unreadable(table, column, text, bad)
    return values


def _numbers(text: pd.Series, kind: str) -> pd.Series:
    """Numbers of a text column; missing where the text is none. Whole numbers and yes/no may be missing too."""
    if kind == "yes/no":
        return text.str.lower().map(YES_NO).astype("boolean")
    numbers = pd.to_numeric(text, errors="coerce")
    numbers = numbers.where(np.isfinite(numbers))
    return numbers.where(numbers == numbers.round()).astype("Int64") if kind == "integer" else numbers.astype(float)


def _all_there(table: Table, known: dict[str, Column]) -> None:
    for column in known.values():
        if column.required and column.name not in table.frame.columns:
            there = ", ".join(table.mapping.get(name, name) for name in table.frame.columns)
            raise Refusal(f"there is no column for '{column.name}' ({column.meaning})", table.path.name, f"map one of: {there}")


def _unreadable(table: Table, column: Column, text: pd.Series, bad: np.ndarray) -> Refusal:
    wanted = {"time": "a time", "number": "a number", "integer": "a whole number", "yes/no": "a yes or no"}[column.type]
    others = f" (and {bad.sum() - 1:,} more)" if bad.sum() > 1 else ""
    remedy = "write times year first, as in 2026-03-31 14:05" if column.type == "time" else "correct it, leave it blank, or map another column"
    return Refusal(f"'{text[bad].iloc[0]}' is not {wanted}{others}", table.place(text.index[bad][0], column.name), remedy)


def _too_many(table: Table, blank: dict[str, np.ndarray]) -> Refusal:
    name = max(blank, key=lambda column: blank[column].sum())
    return Refusal(
        f"{blank[name].sum():,} of {len(table.frame):,} rows have no {name}",
        table.place(int(table.frame.index[blank[name]][0]), name),
        "fill them in, or map the column that holds it",
    )


def _first_rows(frame: pd.DataFrame, mask: np.ndarray) -> tuple[int, ...]:
    return tuple(int(row) for row in frame.index[mask][:ROWS_NAMED])
