"""A table as it was read, and how a person asks for it to be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd


@dataclass(frozen=True)
class Options:
    """How a source is to be read, where it can't tell by itself; every field is a text, so that a notebook's parameter can carry it.

    encoding: of a text file, as in "gb18030". delimiter: of a text file, one character or "tab". header: the row that names the columns, as in
    "3", or "none". "auto" finds each of them. sheet: of a spreadsheet; table: in a database, as in "events" or "shop.events"; "" finds it
    where there is only one that fits.
    """

    encoding: str = "auto"
    delimiter: str = "auto"
    header: str = "auto"
    sheet: str = ""
    table: str = ""


@dataclass(frozen=True)
class Table:
    """A table as text.

    frame: text columns under our names, blank cells missing; its index ("row") is the row as a person sees it: in a text file or spreadsheet the
    row that a spreadsheet program shows (a line break within quotes begins none), in JSON lines the line, otherwise the record's place from 1.
    path: where it was read; its name is what messages call it. notes: what was assumed while reading, in words. mapping: our name -> the file's.
    canonical: the columns (our names) whose cells had a type of their own in the source, so that their text is in one known form.
    """

    frame: pd.DataFrame
    path: Path
    notes: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    canonical: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What messages call the table: the file's name, or the table's and its database's."""
        return self.path.name

    def place(self, row: int, column: str) -> str:
        """Where a cell is, in words, by the file's own column name."""
        return f"{self.name}, row {row}, column '{self.mapping.get(column, column)}'"
