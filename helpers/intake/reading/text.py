"""Reading a table from a text file: every cell stays text, every assumption is noted."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd

from helpers.intake.reading.encoding import read_content
from helpers.intake.reading.table import Options, Table
from helpers.intake.refusal import Refusal

DELIMITERS = (",", ";", "\t", "|", "\x01", "^", "~")
SAMPLE = 65536  # bytes from which the delimiter is guessed
IN_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
LOOKS_LIKE_DATA = re.compile(r"^[-+]?[\d.,]+%?$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|^$")


def read_text(path: Path, mapping: Mapping[str, str], options: Options) -> Table:
    """The table in a CSV or TSV file. Raises Refusal: empty, header only, a column named twice, a mapped column missing, ragged rows."""
    content, encoding = read_content(path)
    delimiter = guess_delimiter(content[:SAMPLE].decode(errors="ignore")) if options.delimiter == "auto" else options.delimiter
    cells = _cells(content, delimiter, path.name)
    first = ["" if pd.isna(cell) else str(cell).strip() for cell in cells.iloc[0]]
    has_header = looks_like_header(first, mapping) if options.header == "auto" else options.header != "none"
    named = _named(cells, first, has_header, path.name)
    if named.empty:
        raise Refusal("there is a header but no row below it", path.name, "check the export that wrote it")
    notes = *_notes(encoding, delimiter, has_header), *_left_out(named, mapping)
    return Table(_mapped(named, mapping, path.name), path, notes, mapping)


def guess_delimiter(text: str, lines: int = 50) -> str:
    """The delimiter that cuts the first lines into the most columns of equal number; a comma if none does."""
    sample = "".join(text.splitlines(keepends=True)[:lines])
    widths = {delimiter: _width(sample, delimiter) for delimiter in DELIMITERS}
    return max(widths, key=widths.get)


def _width(sample: str, delimiter: str) -> float:
    """Columns that the delimiter cuts, times the share of records that agree on it; 0 where it cuts none."""
    counts = Counter(len(record) for record in csv.reader(StringIO(sample), delimiter=delimiter) if record)
    width, agreeing = max(counts.items(), key=lambda item: (item[1], item[0]))
    return width * agreeing / counts.total() if width > 1 else 0.0


def looks_like_header(first: list[str], mapping: Mapping[str, str]) -> bool:
    """Whether the first row names columns: no cell in it is blank, a number or a date, or the mapping names cells of it."""
    if not any(LOOKS_LIKE_DATA.match(cell) for cell in first):
        return True
    return bool(mapping) and not all(column.isdigit() for column in mapping.values()) and set(mapping.values()) <= set(first)


def _cells(content: bytes, delimiter: str, name: str) -> pd.DataFrame:
    """Every cell as text, the index counting rows from 1; blank rows are left out but counted."""
    try:
        cells = pd.read_csv(
            BytesIO(content), sep=delimiter, header=None, dtype=str, keep_default_na=False, na_values=[""],
            skip_blank_lines=False, quoting=csv.QUOTE_MINIMAL,
        )  # fmt: skip
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise _ragged(str(error), name) from error
    cells.index = pd.RangeIndex(1, len(cells) + 1, name="row")
    suspects = cells[cells[0].isna()]
    return cells.drop(index=suspects.index[suspects.isna().all(axis=1)]) if len(suspects) else cells


def _ragged(error: str, name: str) -> Refusal:
    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", error)
    if found:
        expected, line, saw = found.groups()
        return Refusal(
            f"this row has {saw} cells where the first has {expected}", f"{name}, row {line}", "quote cells that hold the delimiter, or name the delimiter"
        )
    return Refusal("a quotation mark is opened and never closed", name, "check the end of the file: it may be cut off")


def _named(cells: pd.DataFrame, first: list[str], has_header: bool, name: str) -> pd.DataFrame:
    """The rows below the header, under the header's names or under positions from "1"."""
    positions = [str(i + 1) for i in range(len(first))]
    if not has_header:
        return cells.set_axis(positions, axis=1)
    twice = [column for column, count in Counter(first).items() if count > 1 and column]
    if twice:
        raise Refusal(f"the column '{twice[0]}' is there twice", f"{name}, row {cells.index[0]}", "rename one of them")
    return cells.iloc[1:].set_axis([column or position for column, position in zip(first, positions)], axis=1)


def _mapped(frame: pd.DataFrame, mapping: Mapping[str, str], name: str) -> pd.DataFrame:
    """The same rows under our names; a mapped column that isn't there is refused with a list of those that are."""
    for ours, theirs in mapping.items():
        if theirs not in frame.columns:
            raise Refusal(f"there is no column '{theirs}' (mapped to {ours})", name, f"the file has: {', '.join(frame.columns)}")
    others = [column for column in frame.columns if column not in mapping and column not in mapping.values()]
    return frame[[*mapping.values(), *others]].set_axis([*mapping, *others], axis=1)


def _notes(encoding: str, delimiter: str, has_header: bool) -> tuple[str, ...]:
    header = "the first row names the columns" if has_header else "no header: columns go by position"
    return f"encoding {encoding}", f"delimiter: {IN_WORDS.get(delimiter, repr(delimiter))}", header


def _left_out(named: pd.DataFrame, mapping: Mapping[str, str]) -> list[str]:
    """Columns of the file whose own name the mapping gives to another column."""
    hidden = [name for name in named.columns if name in mapping and name not in mapping.values()]
    return [f"column '{name}' left out: '{mapping[name]}' goes by that name" for name in hidden]
