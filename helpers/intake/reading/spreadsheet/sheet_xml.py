"""What a spreadsheet's reader doesn't tell: formulas that were never worked out, and cells that hold an error. Only in xlsx files."""

import posixpath
import zipfile
from io import BytesIO
from xml.etree.ElementTree import iterparse, parse

from helpers.intake.refusal import Refusal

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SAVE = "open the file in a spreadsheet program and save it again, so that formulas have values"


def cell_name(row: int, column: int) -> str:
    """A cell's name, such as B3 for (2, 1)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def unfinished(content: bytes, sheet: str, first: int, name: str) -> tuple[str, ...]:
    """A note on cells from row `first` on that hold an error such as #N/A (they are read as blank).

    Raises Refusal where a cell's formula was never worked out: programs that write files without opening them leave it so.
    """
    xml = _sheet_xml(content, sheet) if content.startswith(b"PK") else b""
    if b"<f" not in xml and b't="e"' not in xml:
        return ()
    errors = []
    for cell in _cells(xml):
        if cell[1] == "formula" and int(cell[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0) >= first:
            raise Refusal("this cell holds a formula that was never worked out", f"{name}, sheet '{sheet}', cell {cell[0]}", SAVE)
        errors += [cell[0]] if cell[1] == "error" else []
    return (f"cells that hold an error such as #N/A read as blank: {errors[0]}{f' and {len(errors) - 1:,} more' if errors[1:] else ''}",) if errors else ()


def _cells(xml: bytes):
    """Name and kind of each cell that holds an error, or a formula without a value."""
    for _, element in iterparse(BytesIO(xml)):
        if element.tag == f"{MAIN}c":
            if element.get("t") == "e":
                yield element.get("r", ""), "error"
            elif element.find(f"{MAIN}f") is not None and not (element.findtext(f"{MAIN}v") or element.get("t") == "str"):
                yield element.get("r", ""), "formula"
        elif element.tag == f"{MAIN}row":
            element.clear()


def _sheet_xml(content: bytes, sheet: str) -> bytes:
    """The XML of the sheet of that name; nothing where the file isn't laid out as xlsx is."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        try:
            sheets = parse(book.open("xl/workbook.xml")).getroot().findall(f"{MAIN}sheets/{MAIN}sheet")
            found = next(each for each in sheets if each.get("name") == sheet)
            links = {link.get("Id"): link.get("Target") for link in parse(book.open("xl/_rels/workbook.xml.rels")).getroot()}
            return book.read(posixpath.normpath(posixpath.join("xl", links[found.get(LINK)])).removeprefix("xl/xl/").lstrip("/"))
        except (KeyError, StopIteration):
            return b""
