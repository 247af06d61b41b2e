"""Tables in text files (CSV, TSV and the like): every cell stays text, every assumption is noted.

Rows are numbered as a spreadsheet program shows them: a line break within quotes begins no row, blank rows count.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path

import pandas as pd

from helpers.intake.reading.header import LOOKED_AT, Header, find_header, tidy
from helpers.intake.reading.naming import Columns, column_names, mapped, positions
from helpers.intake.reading.table import Options, Table
from helpers.intake.reading.text.delimiter import guess_delimiter, in_words, named_delimiter
from helpers.intake.reading.text.encoding import decoded
from helpers.intake.reading.text.records import Odd, cut_records, lines_of, one_by_one
from helpers.intake.refusal import Refusal

SAMPLE = 1 << 16  # bytes from which delimiter and header are told


@dataclass(frozen=True)
class Beginning:
    """How a text table is cut: at which character, and from which row on."""

    delimiter: str
    header: Header

    @property
    def notes(self) -> tuple[str, ...]:
        """What was assumed of it, in words."""
        return (f"delimiter: {in_words(self.delimiter)}", *self.header.notes)


def read_text(content: bytes, path: Path, mapping: Mapping[str, str], options: Options, notes: tuple[str, ...] = ()) -> Table:
    """The table in a text file's bytes. path: what messages call it. notes: what was assumed before.

    Raises Refusal: no text, an encoding or delimiter that doesn't fit, header only, a column named twice, a mapped column missing, ragged rows, NULs.
    """
    found = decoded(content, path.name, options.encoding)
    sample = sample_of(found.text)
    delimiter = delimiter_of(sample, options)
    without_nul(found.text, delimiter, path.name)
    begin = beginning(sample, delimiter, mapping.values(), options, path.name)
    cells, odd = cells_of(from_row(found.text, sample, begin), begin.delimiter, begin.header, path.name)
    below = cells.iloc[1:] if begin.header.names else cells
    said = (*notes, *found.notes, *begin.notes, *odd.notes())
    return mapped(Columns(below.set_axis(names_of(cells, begin.header, path.name), axis=1)), mapping, path, said)


def delimiter_of(sample: str, options: Options) -> str:
    """The delimiter asked for, or the one that the first lines show."""
    return guess_delimiter(sample) if options.delimiter == "auto" else named_delimiter(options.delimiter)


def beginning(sample: str, delimiter: str, wanted: Collection[str], options: Options, name: str) -> Beginning:
    """How a table is cut, as its first lines show; wanted: columns that a mapping names. Raises Refusal where they hold nothing."""
    rows = [(row, cells) for row, _, cells in islice(cut_records(sample, delimiter), 10 * LOOKED_AT) if any(map(tidy, cells))][:LOOKED_AT]
    if not rows:
        raise Refusal("the file is empty, or its first rows are", name, "check the export that wrote it")
    return Beginning(delimiter, find_header(rows, wanted, options.header, name))


def sample_of(text: bytes) -> str:
    """The first lines of a text; a first line longer than the sample comes whole."""
    if len(text) <= SAMPLE:
        return text.decode()
    end = max(text.rfind(b"\n", 0, SAMPLE), text.rfind(b"\r", 0, SAMPLE)) + 1
    return text[: end or len(text)].decode()


def without_nul(text: bytes, delimiter: str, name: str, before: int = 0) -> None:
    """Raises Refusal where a text holds a NUL; before: how many rows went before it."""
    place = text.find(b"\0")
    if place >= 0:
        row, _, cells = list(cut_records(text[:place].decode(errors="replace") + "x", delimiter))[-1]
        raise Refusal("here is a NUL character, which no text table has", f"{name}, row {before + row}, column {len(cells)}", "export it again: the file is damaged")


def from_row(text: bytes, sample: str, begin: Beginning) -> bytes:
    """The text from the first record that counts on."""
    if begin.header.row == 1:
        return text
    line = next(line for number, line, _ in cut_records(sample, begin.delimiter) if number == begin.header.row)
    return text[sum(len(above.encode()) for above in islice(StringIO(sample, newline=""), line - 1)) :]


def names_of(cells: pd.DataFrame, header: Header, name: str) -> list[str]:
    """The columns' names: the first row's cells, or their places."""
    if not header.names:
        return positions(cells.shape[1])
    return column_names(cells.iloc[0].fillna("").tolist(), f"{name}, row {header.row}")


def cells_of(text: bytes, delimiter: str, header: Header, name: str, width: int = 0) -> tuple[pd.DataFrame, Odd]:
    """Every cell as text, blank ones missing, the index counting the sheet's rows; blank rows are left out. And rows of unusual length.

    pandas' parser is quick but fills short rows up silently and forgives stray quotation marks: whatever may hold such is cut one by one.
    width: how many cells a row has, where that is known. `attrs["next"]` is the row after the last.
    """
    cells, odd = _quickly(text, delimiter) if len(delimiter.encode()) == 1 else None, Odd()
    if cells is None or not _is_even(cells, text, delimiter) or (width and cells.shape[1] != width):
        cells, odd = one_by_one(text.decode(), delimiter, header, name, width)
    cells.index = pd.RangeIndex(header.row, header.row + len(cells), name="row")
    suspects, after = cells[cells[0].isna()], header.row + len(cells)
    cells = cells.drop(index=suspects.index[suspects.isna().all(axis=1)]) if len(suspects) else cells
    cells.attrs["next"] = after
    return cells, odd


def _quickly(text: bytes, delimiter: str) -> pd.DataFrame | None:
    try:
        return pd.read_csv(BytesIO(text), sep=delimiter, header=None, dtype=str, keep_default_na=False, na_values=[""], skip_blank_lines=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        return None


def _is_even(cells: pd.DataFrame, text: bytes, delimiter: str) -> bool:
    """Whether every row certainly has as many cells as the first, and a line of its own."""
    if b'"' not in text:
        return text.count(delimiter.encode()) == (cells.shape[1] - 1) * len(cells)
    return lines_of(text) == len(cells) and b'\\"' not in text and cells[cells.columns[-1]].notna().all()
