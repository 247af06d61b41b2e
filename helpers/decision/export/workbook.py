"""Tables as an Excel workbook: numbers stay numbers with their formats, text stays text even where it looks like a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import isfinite

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers.decision.export.clean import plain, timeless
from helpers.intake.cells.formulas import is_formula

Cell = str | float | int | None
HEAD = PatternFill("solid", fgColor="0B4F7D")
LONGEST = 32_767  # characters that a cell holds
WIDEST, LINE = 50, 15  # characters of a column, points of a line


@dataclass(frozen=True)
class Sheet:
    """One table: a name of at most 31 letters, headings (with units), rows, and the number format of each column, or of a single cell.

    formats: column -> format; cell_formats: (row, column) -> format, both counted from 0.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    formats: dict[int, str]
    cell_formats: dict[tuple[int, int], str]


def tables_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the bytes of an .xlsx file, the same for the same sheets."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    book.properties.creator = ""
    written = BytesIO()
    book.save(written)
    return timeless(written.getvalue())


def _write(page: Worksheet, sheet: Sheet) -> None:
    for column, head in enumerate(sheet.heads, 1):
        cell = _put(page, 1, column, head)
        cell.font, cell.fill, cell.alignment = Font(name="Calibri", bold=True, color="FFFFFF"), HEAD, Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            cell = _put(page, number + 2, column + 1, value)
            cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
            if not isinstance(value, str):
                cell.number_format = sheet.cell_formats.get((number, column)) or sheet.formats.get(column, "General")
    widths = [_width(sheet, column) for column, _ in enumerate(sheet.heads)]
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate((sheet.heads, *sheet.rows), 1):
        page.row_dimensions[number].height = LINE * max(_lines(cell, width) for cell, width in zip(row, widths))
    page.freeze_panes, page.auto_filter.ref = "A2", page.dimensions
    page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage, page.print_title_rows = True, "1:1"


def _put(page: Worksheet, row: int, column: int, value: Cell):
    """A cell. Text is kept as text whatever it begins with, so that nobody's words are reckoned with."""
    if isinstance(value, float) and not isfinite(value):
        value = None
    text = isinstance(value, str)
    cell = page.cell(row, column, plain(value)[:LONGEST] if text else value)
    if text:
        cell.data_type, cell.quotePrefix = "s", is_formula(value)
    return cell


def _lines(cell: Cell, width: float) -> int:
    """How many lines a cell's text takes: office programs don't all find out by themselves."""
    return -(-len(cell) // int(width - 2)) if isinstance(cell, str) and cell else 1


def _width(sheet: Sheet, column: int) -> float:
    """Wide enough for the longest text, within reason; numbers need little."""
    longest = max((len(str(row[column])) for row in sheet.rows if isinstance(row[column], str)), default=0)
    return min(max(longest, len(sheet.heads[column]) * 0.8, 12) + 2, WIDEST)
