"""A text table cast to the types of its dictionary; rows with a cell that can't be read are set aside and counted, never repaired."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from helpers.intake.cells.conventions import Conventions, Read, quoted
from helpers.intake.cells.numbers import read_numbers
from helpers.intake.cells.times import read_times
from helpers.intake.dictionary import Column, Dictionary
from helpers.intake.reading.table import Table
from helpers.intake.refusal import Refusal

ROWS_NAMED, TOLERATED = 20, 0.05
WANTED = {"time": "a time", "number": "a number", "integer": "a whole number", "yes/no": "a yes or no"}


@dataclass(frozen=True)
class SetAside:
    """Rows that can't be used: why, how many, and the first of them as sheet rows (header = row 1)."""

    reason: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Typed:
    """A table with its types: the usable rows (index: sheet row), how many were read, which were set aside and why, what was decided on the way.

    A row is set aside for one reason, the first that holds: the rows read are those kept and those set aside.
    """

    frame: pd.DataFrame
    rows_read: int
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...] = ()


def typed(table: Table, dictionary: Dictionary, table_name: str, conventions: Conventions = Conventions(), tolerated: float = TOLERATED) -> Typed:
    """The table cast to the dictionary's types: times in UTC, numbers, text; columns that the dictionary doesn't know stay text.

    Rows in which a required cell is blank or any known cell can't be read as its type are set aside and counted.
    Raises Refusal where a required column is missing, a column doesn't tell how it is written, or more than `tolerated` of the rows are unusable.
    """
    known = dictionary.table(table_name)
    all_there(table, known)
    there = [column for name, column in known.items() if name in table.frame.columns]
    read = {column.name: read_column(table, column, conventions) for column in there}
    frame = table.frame.assign(**{name: column.values for name, column in read.items()})
    reasons = {f"blank {column.name}": (column, _blank(table, column)) for column in there if column.required}
    reasons |= {f"{column.name} can't be read": (column, _unreadable(table, column, frame)) for column in there if column.type != "text"}
    unusable = np.any([mask for _, mask in reasons.values()], axis=0) if reasons else np.zeros(len(frame), bool)
    if unusable.mean() > tolerated:
        raise _too_many(table, reasons)
    notes = tuple(f"{name}: {note}" for name, column in read.items() for note in column.notes)
    return Typed(frame[~unusable] if unusable.any() else frame, len(frame), _told(frame, reasons), notes)


def read_column(table: Table, column: Column, conventions: Conventions) -> Read:
    """One column read as its type, blank and unreadable cells missing. Raises Refusal where the column doesn't tell how it is written."""
    text = stripped(table.frame[column.name])
    if column.type == "text":
        return Read(text)
    if column.name in table.canonical:  # a source that has types writes them one way
        conventions = replace(conventions, decimal_mark="point")
    if column.type == "time":
        return read_times(text, conventions, lambda row: table.place(row, column.name))
    return read_numbers(text, column.type, conventions, lambda row: table.place(row, column.name))


def cast_column(table: Table, column: Column, conventions: Conventions = Conventions()) -> pd.Series:
    """One column read as its type, blanks missing. Raises Refusal naming file, row, column and value where any cell isn't of the type."""
    values = read_column(table, column, conventions).values
    bad = values.isna().to_numpy() & ~_blank(table, column)
    if bad.any():
        raise _not_of_type(table, column, bad)
    return values


def stripped(text: pd.Series) -> pd.Series:
    """Text without the spaces around it, missing where nothing is left."""
    text = text.str.strip()
    blank = (text == "").fillna(False)
    return text.mask(blank) if blank.any() else text


def _blank(table: Table, column: Column) -> np.ndarray:
    return stripped(table.frame[column.name]).isna().to_numpy()


def _unreadable(table: Table, column: Column, frame: pd.DataFrame) -> np.ndarray:
    missing = frame[column.name].isna().to_numpy()
    return missing & ~_blank(table, column) if missing.any() else missing


def _told(frame: pd.DataFrame, reasons: Mapping[str, tuple[Column, np.ndarray]]) -> tuple[SetAside, ...]:
    """Each reason with the rows that no earlier one holds for."""
    told, before = [], np.zeros(len(frame), bool)
    for reason, (_, mask) in reasons.items():
        new = mask & ~before
        before |= mask
        told += [SetAside(reason, int(new.sum()), first_rows(frame, new))] if new.any() else []
    return tuple(told)


def all_there(table: Table, known: Mapping[str, Column]) -> None:
    """Raises Refusal where a required column is missing."""
    for column in known.values():
        if column.required and column.name not in table.frame.columns:
            there = ", ".join(table.mapping.get(name, name) for name in table.frame.columns)
            raise Refusal(f"there is no column for '{column.name}' ({column.meaning})", table.name, f"map one of: {there}")


def not_of_type(column: Column, first: str, count: int, where: str) -> Refusal:
    """Words for cells that can't be read as their type. first: the first of them, where: its place."""
    others = f" (and {count - 1:,} more)" if count > 1 else ""
    remedy = "write times year first, as in 2026-03-31 14:05" if column.type == "time" else "correct it, leave it blank, or map another column"
    return Refusal(f"{quoted(first)} is not {WANTED[column.type]}{others}", where, remedy)


def without_cell(column: Column, count: int, rows: int, where: str) -> Refusal:
    """Words for rows without a required cell, the first of them at `where`."""
    return Refusal(f"{count:,} of {rows:,} rows have no {column.name}", where, "fill them in, or map the column that holds it")


def _not_of_type(table: Table, column: Column, bad: np.ndarray) -> Refusal:
    text = table.frame[column.name]
    return not_of_type(column, text[bad].iloc[0], int(bad.sum()), table.place(int(text.index[bad][0]), column.name))


def _too_many(table: Table, reasons: Mapping[str, tuple[Column, np.ndarray]]) -> Refusal:
    reason, (column, mask) = max(reasons.items(), key=lambda each: each[1][1].sum())
    if not reason.startswith("blank"):
        return _not_of_type(table, column, mask)
    return without_cell(column, int(mask.sum()), len(mask), table.place(int(table.frame.index[mask][0]), column.name))


def first_rows(frame: pd.DataFrame, mask: np.ndarray) -> tuple[int, ...]:
    """The first sheet rows of a mask, as many as are ever named."""
    return tuple(int(row) for row in frame.index[mask][:ROWS_NAMED])
