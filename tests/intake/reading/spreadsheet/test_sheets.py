"""Spreadsheets' process and cells; what comes in as spreadsheets is in tests/intake/bad_inputs/spreadsheets.py."""

import openpyxl
import pytest

from helpers.intake.reading.source import read_table
from helpers.intake.reading.spreadsheet import sheets
from helpers.intake.reading.spreadsheet.sheet_xml import cell_name
from helpers.intake.refusal import Refusal


@pytest.mark.parametrize("row, column, name", [(0, 0, "A1"), (2, 1, "B3"), (9, 25, "Z10"), (0, 26, "AA1"), (1048575, 16383, "XFD1048576")])
def test_cells_are_called_as_spreadsheets_call_them(row, column, name):
    assert cell_name(row, column) == name


def test_a_file_that_takes_for_ever_is_given_up(tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "log.xlsx")
    monkeypatch.setattr(sheets, "PATIENCE", 0)
    with pytest.raises(Refusal, match="log.xlsx: the spreadsheet is damaged"):
        read_table(tmp_path / "log.xlsx")


def test_the_process_loads_nothing_of_the_project(tmp_path, monkeypatch):
    (tmp_path / "pickle.py").write_text("raise SystemExit('a file of the folder where one stands was loaded')", encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.save(tmp_path / "log.xlsx")
    monkeypatch.chdir(tmp_path)
    assert read_table("log.xlsx").frame.values.tolist() == [["1", "2"]]
