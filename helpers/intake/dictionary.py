"""Column dictionaries: what each column of each of a case's tables is."""

import csv
from dataclasses import dataclass
from pathlib import Path

from helpers.intake.places import DATA
from helpers.intake.refusal import Refusal

TYPES = ("text", "number", "integer", "time", "yes/no")


@dataclass(frozen=True)
class Column:
    """One column of a table: type is one of TYPES; required means that a row without it can't be used."""

    table: str
    name: str
    type: str
    unit: str
    required: bool
    meaning: str


@dataclass(frozen=True)
class Dictionary:
    """Every column of every table of one case."""

    case: str
    columns: tuple[Column, ...]

    def table(self, name: str) -> dict[str, Column]:
        """The columns of one table by name. Raises KeyError for a table that the dictionary doesn't know."""
        found = {column.name: column for column in self.columns if column.table == name}
        return found or {}[name]


def read_dictionary(case: str, folder: Path = DATA) -> Dictionary:
    """The dictionary of a case ("marketing", "paperwork"), read from its columns.csv."""
    with open(folder / case / "columns.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Dictionary(case, tuple(_column(row, case) for row in rows))


def _column(row: dict[str, str], case: str) -> Column:
    if row["type"] not in TYPES:
        raise Refusal(f"'{row['type']}' is no type of column", f"{case}/columns.csv, column '{row['column']}'", f"use one of {', '.join(TYPES)}")
    return Column(row["table"], row["column"], row["type"], row["unit"], row["required"] == "yes", row["meaning"])
