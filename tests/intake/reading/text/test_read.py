"""Tables as text: nothing turned into something else, nothing lost, everything assumed said."""

import csv
import io

import pytest

from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options
from helpers.intake.reading.text.read import guess_delimiter
from helpers.intake.refusal import Refusal


@pytest.fixture
def written(tmp_path):
    def write(text, name="log.csv", codec="utf-8"):
        (tmp_path / name).write_bytes(text.encode(codec))
        return tmp_path / name

    return write


def test_ids_stay_text_and_blanks_are_missing(written):
    frame = read_table(written("case,n\n007,1\nNA,\nnull,1-109\n")).frame
    assert frame["case"].tolist() == ["007", "NA", "null"]
    assert frame["n"].isna().tolist() == [False, True, False]


def test_rows_are_numbered_as_in_the_sheet(written):
    frame = read_table(written('a,b\n1,x\n\n2,"y\nz"\n,\n3,w\n')).frame
    assert frame.index.tolist() == [2, 4, 6] and frame["b"].tolist() == ["x", "y\nz", "w"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "\x01"])
def test_any_delimiter(written, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([("who", "when"), ("a", "2026-01-01 10:00:00"), ("b,c;d", "2026, in May")])
    table = read_table(written(text.getvalue()))
    assert table.frame.columns.tolist() == ["who", "when"] and table.frame["who"].tolist() == ["a", "b,c;d"]
    assert sum("delimiter" in note for note in table.notes) == 1


def test_a_comma_in_some_cells_is_no_delimiter():
    assert guess_delimiter("who;what\na;one, two\nb;three\n") == ";"
    assert guess_delimiter("one column\na\nb\n") == ","


def test_spaces_cut_where_nothing_else_does_and_every_line_alike():
    assert guess_delimiter("653 260 1465418466 RT\n112 653 1465418467 RE\n") == " "
    assert guess_delimiter("a word\nof two\n") == guess_delimiter("words of three\nor of a few more\n") == ","
    assert guess_delimiter("who,when\na,2026-01-01 10:00\n") == ","


def test_without_a_header_columns_go_by_position(written):
    path = written("1;a;2016-04-15 08:41:28\n1;b;2016-04-18 12:55:01\n")
    assert read_table(path).frame.columns.tolist() == ["1", "2", "3"]
    frame = read_table(path, {"case": "1", "time": "3"}).frame
    assert frame.columns.tolist() == ["case", "time", "2"] and len(frame) == 2 and frame.index.tolist() == [1, 2]


def test_a_header_of_words_is_one_and_can_be_denied(written):
    path = written("a,b\nc,d\n")
    assert len(read_table(path).frame) == 1
    assert len(read_table(path, options=Options(header="none")).frame) == 2
    assert read_table(written("2024,2025\n1,2\n"), options=Options(header="1")).frame.columns.tolist() == ["2024", "2025"]


def test_mapped_columns_take_our_names(written):
    table = read_table(written("user,person,x\nu1,p1,1\n"), {"person": "user"})
    assert table.frame.to_dict("records") == [{"person": "u1", "x": "1"}]
    assert any("'person'" in note and "left out" in note for note in table.notes)
    assert table.place(2, "person") == "log.csv, row 2, column 'user'"


@pytest.mark.parametrize(
    "text, words",
    [
        ("a,b\n", "header but no row"),
        ("a,a\n1,2\n", "column 'a' is there twice"),
        ("a,b\n1,2\n1,2,3\n", "row 3: this row has 3 cells where the first has 2"),
        ('a,b\n1,"2\n3,4\n', "quotation mark"),
    ],
)
def test_unusable_tables_are_refused(written, text, words):
    with pytest.raises(Refusal, match=words):
        read_table(written(text))


def test_a_missing_column_lists_those_that_are_there(written):
    with pytest.raises(Refusal, match="log.csv: there is no column 'user_id' \\(mapped to person\\).*user, when"):
        read_table(written("user,when\n1,2\n"), {"person": "user_id"})
