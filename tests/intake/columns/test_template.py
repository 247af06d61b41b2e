"""Templates: what is written can be read as a log without any mapping."""

import pytest

from helpers.intake.columns.template import HEADS, write_template
from helpers.intake.dictionary import read_dictionary
from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options
from helpers.intake.refusal import Refusal


@pytest.mark.parametrize("case", ["marketing", "paperwork"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_its_columns_are_those_of_the_case(tmp_path, case, ending):
    table = read_table(write_template(case, tmp_path / f"log.{ending}"))
    known = read_dictionary(case).table("events")
    assert set(table.frame.columns) <= set(known) and len(table.frame) >= 4
    assert {name for name, column in known.items() if column.required} <= set(table.frame.columns)


def test_the_dictionary_is_on_the_second_sheet(tmp_path):
    path = write_template("marketing", tmp_path / "log.xlsx")
    sheet = read_table(path, options=Options(sheet="dictionary")).frame
    assert tuple(sheet.columns[: len(HEADS)]) == HEADS and {"time", "person", "event"} <= set(sheet["column"])


def test_it_writes_over_nothing_and_says_what_it_cannot_write(tmp_path):
    (tmp_path / "mine.csv").write_text("mine")
    for path, words in (("mine.csv", "a file already"), ("log.pdf", "no '.pdf'"), ("no/folder.csv", "can't be written")):
        with pytest.raises(Refusal, match=words):
            write_template("marketing", tmp_path / path)
    assert (tmp_path / "mine.csv").read_text() == "mine"
