"""Spreadsheets (xlsx, xlsm, xlsb, xls, ods): the sheet and the header row found or named, typed cells as text in one form."""

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import ParseError

import pandas as pd

from helpers.intake.reading.files.regular import too_large
from helpers.intake.reading.header import LOOKED_AT, Header, find_header, tidy
from helpers.intake.reading.naming import Columns, column_names, mapped, positions
from helpers.intake.reading.spreadsheet.sheet_xml import cell_name, unfinished
from helpers.intake.reading.spreadsheet.sheets import Rows, Spans, sheets_of
from helpers.intake.reading.table import Options, Table
from helpers.intake.reading.typed.canonical import WHOLE, text_of
from helpers.intake.refusal import Refusal

LOCKED = "EncryptedPackage".encode("utf-16-le")  # what a locked xlsx holds in place of its sheets
REFUSED = {
    "password": ("the spreadsheet is locked by a password", "open it, take the password off, and save it under another name"),
    "damaged": ("the spreadsheet is damaged or cut off, or a stray cell far from the table makes it huge", "open it in a spreadsheet program, leave only the table, and save it as xlsx or CSV"),
}


def read(content: bytes, path: Path, mapping: Mapping[str, str], options: Options, notes: tuple[str, ...] = ()) -> Table:
    """The table in one of a spreadsheet's sheets.

    Raises Refusal: a damaged or locked file, no such sheet, several that could be meant, an empty one, formulas never worked out, ids that
    lost their last digits, a column named twice, a mapped column missing.
    """
    sheets = _sheets(content, path.name)
    meant = _meant(sheets, options.sheet, path.name)
    name = _chosen({sheet: sheets[sheet][1] for sheet in meant}, mapping, path.name)
    rows, merged = _filled_down(*sheets[name][1:])
    table, header = _table(rows, mapping, options, path.name, name)
    said = (*notes, *_which(name, list(sheets)), *header.notes, *merged, *_errors(content, name, header, path.name))
    return mapped(table, mapping, path, said)


def _sheets(content: bytes, name: str) -> dict[str, tuple[bool, Rows, Spans]]:
    if content.startswith(b"PK"):
        too_large(sum(part.file_size for part in zipfile.ZipFile(BytesIO(content)).infolist()), name)
    found = sheets_of(content) if LOCKED not in content else "password"
    if isinstance(found, str):
        raise _refused(found, name)
    return found


def _refused(why: str, name: str) -> Refusal:
    what, remedy = REFUSED[why]
    return Refusal(what, name, remedy)


def _errors(content: bytes, sheet: str, header: Header, name: str) -> tuple[str, ...]:
    try:
        return unfinished(content, sheet, header.row, name)
    except (zipfile.BadZipFile, zlib.error, ParseError, EOFError, NotImplementedError) as error:
        raise _refused("damaged", name) from error


def _meant(sheets: Mapping[str, tuple], asked: str, name: str) -> list[str]:
    """The sheets that may be meant: the one asked for, else those that people see."""
    if asked and asked not in sheets:
        raise Refusal(f"there is no sheet '{asked}'", name, f"the sheets are: {', '.join(sheets)}")
    return [asked] if asked else [sheet for sheet, (seen, *_) in sheets.items() if seen] or list(sheets)


def _chosen(tables: dict[str, Rows], mapping: Mapping[str, str], name: str) -> str:
    """The sheet asked for; else the only one with a table; else the only one, or the first, that holds the mapped columns."""
    full = [sheet for sheet, rows in tables.items() if sum(any(cell != "" for cell in row) for row in rows) > 0]
    if not full:
        raise Refusal("the sheet is empty" if len(tables) == 1 else "every sheet is empty", name, "check the export that wrote it, or name another sheet")
    wanted = {column for column in mapping.values() if not column.isdigit()}
    fitting = [sheet for sheet in full if wanted and any(wanted <= {tidy(str(cell)) for cell in row} for row in tables[sheet][:LOOKED_AT])]
    return (fitting or full)[0]


def _which(name: str, names: list[str]) -> tuple[str, ...]:
    others = [other for other in names if other != name]
    return (f"sheet '{name}'" + (f" (not read: {', '.join(others)})" if others else ""),)


def _filled_down(rows: Rows, merged: Spans) -> tuple[Rows, tuple[str, ...]]:
    """The rows with each merged cell's value in all rows that it spans, in its first column; and a note on it."""
    spans = [(top, left, bottom) for (top, left), (bottom, _) in merged if bottom > top and top < len(rows)]
    for top, left, bottom in spans:
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]
    cells = [f"{cell_name(top, left)}:{cell_name(bottom, left)}" for top, left, bottom in spans]
    return rows, (f"merged cells read as the same value in each row: {', '.join(cells[:5])}{', ...' if len(cells) > 5 else ''}",) if cells else ()


def _table(rows: Rows, mapping: Mapping[str, str], options: Options, name: str, sheet: str) -> tuple[Columns, Header]:
    """The sheet's table under its own names, and where its header is."""
    texts = [[text_of(cell) for cell in row] for row in rows]
    full = [(number, [cell or "" for cell in row]) for number, row in enumerate(texts[: 10 * LOOKED_AT], 1) if any(row)]
    if not full:
        raise Refusal("the sheet is empty, or begins only far down", f"{name}, sheet '{sheet}'", "name another sheet, or move the table up")
    header = find_header(full[:LOOKED_AT], mapping.values(), options.header, name)
    _no_lost_digits(rows, header.row, f"{name}, sheet '{sheet}'")
    frame = pd.DataFrame(texts[header.row - 1 :], index=pd.RangeIndex(header.row, len(texts) + 1, name="row"), dtype="str")
    frame = frame.loc[:, : _last_column(frame)]
    names = column_names(frame.iloc[0].fillna("").tolist(), f"{name}, row {header.row}") if header.names else positions(frame.shape[1])
    below = frame.iloc[1:] if header.names else frame
    typed = [name for place, name in enumerate(names) if not any(isinstance(rows[row - 1][place], str) and rows[row - 1][place] for row in below.index)]
    return Columns(below[below.notna().any(axis=1)].set_axis(names, axis=1), canonical=typed), header


def _last_column(frame: pd.DataFrame) -> int:
    return int(frame.columns[frame.notna().any(axis=0)][-1])


def _no_lost_digits(rows: Rows, first: int, where: str) -> None:
    """Raises Refusal for a whole number beyond 15 digits: spreadsheets keep no more, so that different ids become one."""
    for number, row in enumerate(rows[first - 1 :], first - 1):
        for column, cell in enumerate(row):
            if type(cell) is float and abs(cell) >= WHOLE:
                what = f"{cell:.0f} has more digits than the 15 that a spreadsheet keeps of a number: ids like it become one"
                raise Refusal(what, f"{where}, cell {cell_name(number, column)}", "export that column as text, or delete it if it isn't needed")
