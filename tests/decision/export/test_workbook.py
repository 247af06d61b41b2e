"""The workbook read back: numbers are numbers with formats, and text that looks like a formula stays text."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from helpers.decision.export.sheets import claim_sheet, finding_sheet, option_sheet
from helpers.decision.export.workbook import Sheet, tables_xlsx
from helpers.decision.ledger import Claim, Judged
from helpers.decision.options import OptionSummary

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"x\")", "#REF!", "=cmd|' /C calc'!A0"]
RECORDS = [
    {"name": "new_share", "value": 0.25, "low": 0.2, "high": 0.3, "unit": "share", "basis": "measured", "method": "m", "level": 0.95, "meaning": "x"},
    {"name": "cost", "value": 1234.5, "low": None, "high": None, "unit": "CNY", "basis": "assumed", "method": "", "level": 0.8, "meaning": "y"},
    {"name": "winner", "value": "=wait", "unit": "text", "meaning": "z"},
    {"name": "rows", "value": 12.0, "low": 12.0, "high": 12.0, "unit": "rows", "basis": "measured", "method": "counted", "level": 0.95, "meaning": "r"},
]  # fmt: skip


def read(*sheets):
    return load_workbook(BytesIO(tables_xlsx(sheets)))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_stays_text(text):
    content = tables_xlsx([Sheet("S", ("Head",), ((text,),), {}, {})])
    cell = load_workbook(BytesIO(content))["S"]["A2"]
    assert cell.data_type == "s" and cell.value == text and b"<f>" not in ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert bool(cell.quotePrefix) is (not text.startswith("#"))


def test_numbers_are_numbers_with_their_formats():
    page = read(finding_sheet(RECORDS))["Findings"]
    values = {row[0].value: row for row in page.iter_rows(min_row=2)}
    assert values["new share"][2].value == 0.25 and values["new share"][2].number_format == "0.0%" and values["new share"][6].value == 0.95
    assert values["cost"][2].number_format == "#,##0" and values["cost"][3].value is None and values["cost"][6].value is None
    assert values["rows"][2].number_format == "#,##0" and values["winner"][2].value == "=wait" and values["winner"][2].data_type == "s"


def test_heads_name_the_units_and_stay_in_sight():
    page = read(option_sheet([OptionSummary("wait", 1.0, -2.0, 3.0, -4.0, 5.0, 0.6, 7.0, 0.8)]))["Options"]
    assert [cell.value for cell in page[1]][1] == "Net value, expected (CNY)" and page.freeze_panes == "A2" and page.auto_filter.ref == "A1:I2"
    assert page["G2"].number_format == "0.0%" and page["B2"].value == 1.0


def test_another_reader_reads_it_too():
    claims = [Judged(Claim("all do", "boss", ("why", "so"), "share", "x >= 0.5"), "contradicted", "x 20 %", ("x",))]
    book = CalamineWorkbook.from_filelike(BytesIO(tables_xlsx([claim_sheet(claims), finding_sheet(RECORDS)])))
    assert book.sheet_names == ["Claims", "Findings"] and book.get_sheet_by_name("Claims").to_python()[1][2] == "why → so"


def test_no_character_that_xml_forbids_and_no_number_that_is_none():
    page = read(Sheet("S", ("A", "B"), (("a\x00b\x0b\ud800c", float("nan")), ("x" * 40_000, float("inf"))), {}, {}))["S"]
    assert page["A2"].value == "abc" and page["B2"].value is None and len(page["A3"].value) == 32_767 and page["B3"].value is None


def test_the_same_sheets_give_the_same_bytes():
    assert tables_xlsx([finding_sheet(RECORDS)]) == tables_xlsx([finding_sheet(RECORDS)])
