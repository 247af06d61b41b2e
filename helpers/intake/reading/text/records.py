"""Records of a text file cut one by one, where a quick parser can't be trusted: rows of unusual length, quotation marks out of place."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

import pandas as pd

from helpers.intake.reading.header import Header
from helpers.intake.refusal import Refusal

csv.field_size_limit(sys.maxsize)  # a cell of 10 MB is odd, not wrong

Record = list[str]
BACKSLASH = {"doublequote": False, "escapechar": "\\"}  # how some databases write quotation marks within a cell


def cut_records(text: str, delimiter: str) -> Iterator[tuple[int, int, Record]]:
    """Row number, number of the line it begins on (both from 1), and cells, as forgiving as a spreadsheet program."""
    reader, line = csv.reader(StringIO(text, newline=""), delimiter=delimiter), 1
    for row, cells in enumerate(reader, 1):
        yield row, line, cells
        line = reader.line_num + 1


def lines_of(text: bytes) -> int:
    """How many lines a text has, by any of the three line ends."""
    ends = text.count(b"\n") + (text.count(b"\r") - text.count(b"\r\n") if b"\r" in text else 0)
    return ends + (not text.endswith((b"\n", b"\r")))


@dataclass(frozen=True)
class Odd:
    """Rows of unusual length, and what else may be said on how a text was cut."""

    short: tuple[int, ...] = ()
    wide: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()

    def __add__(self, other: "Odd") -> "Odd":
        return Odd(self.short + other.short, self.wide + other.wide, tuple(dict.fromkeys(self.remarks + other.remarks)))

    def notes(self) -> tuple[str, ...]:
        """That in words."""
        return self.remarks + _said("short rows ended by blank cells", self.short) + _said("blank cells beyond the last column left out in rows", self.wide)


def one_by_one(text: str, delimiter: str, header: Header, name: str, width: int = 0) -> tuple[pd.DataFrame, Odd]:
    """The cells of all rows, blank ones missing, and rows of unusual length: shorter ones end blank, blank cells beyond the last column are cut.

    width: how many cells a row has, where that is known. Raises Refusal where a cell beyond the last column holds something, a quotation mark is
    out of place, or the last row is cut off.
    """
    records, remarks = _strict(text, delimiter, header, name)
    begun, width = bool(width), width or (len(records[0]) if header.names else _usual_width(records))
    _whole(records if begun else records[1:], width, text, header.row + len(records) - 1, name)
    short = [row for row, record in enumerate(records, header.row) if 0 < len(record) < width]
    wide = [row for row, record in enumerate(records, header.row) if len(record) > width]
    _nothing_beyond(records, wide, width, header, name)
    even = [[cell or None for cell in record[:width]] + [None] * (width - len(record)) for record in records]
    return pd.DataFrame(even, columns=range(width), dtype="str"), Odd(tuple(short), tuple(wide), remarks)


def _strict(text: str, delimiter: str, header: Header, name: str) -> tuple[list[Record], tuple[str, ...]]:
    """All records, quotation marks where they belong: doubled within cells, or behind a backslash."""
    try:
        return _all(text, delimiter, header, name), ()
    except Refusal:
        if '\\"' not in text:
            raise
        return _all(text, delimiter, header, name, **BACKSLASH), ('quotation marks within cells are written \\"',)


def _all(text: str, delimiter: str, header: Header, name: str, **form) -> list[Record]:
    records: list[Record] = []
    try:
        records.extend(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True, **form))
    except csv.Error as error:
        never = "is opened and never closed" if "end of data" in str(error) else "is closed before its cell ends"
        where = f"{name}, row {header.row + len(records)}"
        raise Refusal(f"a quotation mark {never}", where, "check that row: the file may be cut off, or a quotation mark must be doubled") from error
    return records


def _usual_width(records: list[Record]) -> int:
    return Counter(len(record) for record in records if record).most_common(1)[0][0]


def _whole(records: list[Record], width: int, text: str, last: int, name: str) -> None:
    if records and 0 < len(records[-1]) < width and not text.endswith(("\n", "\r")):
        raise Refusal(f"the last row has {len(records[-1])} of {width} cells and no line end: the file is cut off", f"{name}, row {last}", "export it again, or delete that row")


def _nothing_beyond(records: list[Record], wide: list[int], width: int, header: Header, name: str) -> None:
    for row in wide:
        record = records[row - header.row]
        if any(cell.strip() for cell in record[width:]):
            what = f"this row has {len(record)} cells where the first has {width}"
            raise Refusal(what, f"{name}, row {row}", "quote cells that hold the delimiter, or name the delimiter")


def _said(what: str, rows: Sequence[int], most: int = 5) -> tuple[str, ...]:
    more = f", ... ({len(rows):,} in all)" if len(rows) > most else ""
    return (f"{what}: {', '.join(map(str, rows[:most]))}{more}",) if rows else ()
