"""All that a room has committed, as a table for spreadsheets. What teams wrote stays text there: it never becomes a formula."""

import csv
import json
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from helpers.intake.cells.formulas import harmless
from helpers.room.roster import Roster
from helpers.room.summary import outcomes_in

ENTRIES = ["choice", "low", "high", "yes", "confidence", "why"]  # of an answer, with a column of their own
COLUMNS = ["team", "name", "question", "round", *ENTRIES, "other", "outcome", "at"]


def rows(roster: Roster) -> list[list[Any]]:
    """One row per committed answer in the order of committing, under COLUMNS; times in UTC."""
    seated, came_out = {team.key: team for team in roster.teams()}, outcomes_in(roster)
    table = []
    for kept in roster.store.answers_in(roster.room):
        team, other = seated[kept.team], {name: value for name, value in kept.answer.items() if name not in ENTRIES}
        known = [_plain(kept.answer.get(name)) for name in ENTRIES]
        at = datetime.fromtimestamp(kept.at, UTC).isoformat(timespec="seconds")
        table.append([team.number, team.name, kept.question, kept.round, *known, _plain(other), _plain(came_out.get((kept.team, kept.question))), at])
    return table


def as_csv(roster: Roster) -> bytes:
    """The table as CSV that spreadsheets open by a double click (UTF-8 with its mark)."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerows([COLUMNS, *([harmless(cell) for cell in row] for row in rows(roster))])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(roster: Roster) -> bytes:
    """The table as an Excel workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("answers")
    sheet.freeze_panes = "A2"
    for row in [COLUMNS, *rows(roster)]:
        sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(value: Any) -> Any:
    """What fits into a cell: a number, a text, or nested data as JSON; empty for nothing."""
    if value is None or value == {}:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else value


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # whatever it begins with
    return cell
