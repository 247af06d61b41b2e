"""A template of a case's log, to be filled in: the columns with a few example rows, and what each column means."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.formulas import harmless
from helpers.intake.cells.typed import typed
from helpers.intake.dictionary import Column, read_dictionary
from helpers.intake.places import DATA
from helpers.intake.reading.source import read_table
from helpers.intake.refusal import Refusal
from helpers.intake.whole_files import write_whole

KINDS = {"marketing": "event", "paperwork": "activity"}  # of which the example shows one row each
EXAMPLES, ZONE = 12, "Asia/Shanghai"
NOTE = "The rows on the first sheet are an example: write your own over them. Columns that you don't have can go, those that aren't required."
HEADS = ("column", "type", "required", "unit", "what it means")


def write_template(case: str, path: Path) -> Path:
    """Write the template of a case ("marketing", "paperwork") as .xlsx (with the dictionary on a second sheet) or .csv; as it stands it can be read as a log.

    Raises Refusal for another case or ending, a file that is there already, or a folder that can't be written to.
    """
    if case not in KINDS:
        raise Refusal(f"there is no case '{case}'", remedy=f"choose one of {', '.join(KINDS)}")
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise Refusal(f"a template is no '{path.suffix}'", str(path), "give it a name that ends in .xlsx or .csv")
    if path.exists():
        raise Refusal("there is a file already", str(path), "choose another name: nothing of yours is written over")
    example = example_rows(case)
    columns = [read_dictionary(case).table("events")[name] for name in example]
    return write_whole(path, _xlsx(example, columns) if path.suffix.lower() == ".xlsx" else _csv(example))


def example_rows(case: str) -> pd.DataFrame:
    """A few rows of the shipped log: the first of each kind, times local and without zone."""
    table = read_table(DATA / case / "events.csv")
    frame = typed(table, read_dictionary(case), "events", Conventions(ZONE)).frame
    first = frame[~frame[KINDS[case]].duplicated()].head(EXAMPLES)
    times = {name: first[name].dt.tz_convert(ZONE).dt.tz_localize(None) for name in first if isinstance(first[name].dtype, pd.DatetimeTZDtype)}
    return first.assign(**times).astype(object).where(first.notna(), None)


def _csv(example: pd.DataFrame) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(example.columns)
    writer.writerows([["" if cell is None else harmless(str(cell)) for cell in row] for row in example.itertuples(index=False)])
    return text.getvalue().encode("utf-8-sig")  # the mark by which Excel knows the encoding


def _xlsx(example: pd.DataFrame, columns: list[Column]) -> bytes:
    from openpyxl import Workbook

    book, written = Workbook(), BytesIO()
    book.active.title = "events"
    _fill(book.active, [tuple(example.columns), *example.itertuples(index=False, name=None)])
    meanings = [(each.name, each.type, "yes" if each.required else "no", each.unit, each.meaning) for each in columns]
    _fill(book.create_sheet("dictionary"), [HEADS, *meanings, (), (NOTE,)])
    book.save(written)
    return written.getvalue()


def _fill(page, rows: list[tuple]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for row in rows:
        page.append([cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else harmless(cell) for cell in row])
    for cell in page[1]:
        cell.font = Font(bold=True)
        longest = max(len(str(row[cell.column - 1] or "")) for row in rows if len(row) == len(rows[0]))
        page.column_dimensions[get_column_letter(cell.column)].width = min(longest + 2, 90)
    page.freeze_panes = "A2"
