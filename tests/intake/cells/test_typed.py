"""Types by the dictionary: cast, set aside, or refused by file, row, column and value."""

from dataclasses import replace

import pytest

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.typed import typed
from helpers.intake.dictionary import TYPES, Column, Dictionary, read_dictionary
from helpers.intake.reading.source import read_table
from helpers.intake.refusal import Refusal

KNOWN = Dictionary("test", (
    Column("log", "time", "time", "UTC", True, "when it happened"),
    Column("log", "who", "text", "", False, "who did it"),
    Column("log", "minutes", "number", "min", False, "how long it took"),
    Column("log", "times", "integer", "", False, "how often"),
    Column("log", "done", "yes/no", "", False, "whether it was done"),
))  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def typed_text(text, mapping=None, **options):
        (tmp_path / "log.csv").write_text(text, encoding="utf-8")
        return typed(read_table(tmp_path / "log.csv", mapping), KNOWN, "log", **options)

    return typed_text


def test_each_type(read):
    frame = read("time,who,minutes,times,done\n2026-03-01 08:00, 007 ,1.5,3,Yes\n2026-03-01 09:00,,,,\n", conventions=Conventions("Asia/Shanghai")).frame
    assert frame["time"].iloc[0].isoformat() == "2026-03-01T00:00:00+00:00"
    assert frame.iloc[0].tolist()[1:] == ["007", 1.5, 3, True] and frame.iloc[1].isna().sum() == 4


def test_blank_required_cells_are_set_aside_with_their_rows(read):
    result = read("time,who\n" + "2026-03-01,a\n" * 40 + ",b\n" + "2026-03-01,c\n" * 9 + " ,d\n")
    assert result.rows_read == 51 and len(result.frame) == 49
    assert [(aside.reason, aside.count, aside.rows) for aside in result.set_aside] == [("blank time", 2, (42, 52))]


def test_too_many_of_them_are_refused(read):
    with pytest.raises(Refusal, match="log.csv, row 3, column 'when': 1 of 2 rows have no time"):
        read("when,who\n2026-03-01,a\n,b\n", {"time": "when"})


def test_a_cell_that_cannot_be_read_sets_its_row_aside_and_each_row_once(read):
    result = read("time,who,minutes\n" + "2026-03-01,a,1\n" * 60 + "soon,b,ten\n,c,1\n2026-03-01,d,ten\n")
    assert [(aside.reason, aside.count, aside.rows) for aside in result.set_aside] == [
        ("blank time", 1, (63,)), ("time can't be read", 1, (62,)), ("minutes can't be read", 1, (64,)),
    ]  # fmt: skip
    assert result.rows_read == len(result.frame) + sum(aside.count for aside in result.set_aside) == 63


def test_what_was_decided_is_said_by_column(read):
    notes = read("time,who,minutes\n23/05/2026,a,\"1,5\"\n04/05/2026,a,2\n").notes
    assert "time: dates day first, as row 2 shows: '23/05/2026'" in notes and "minutes: decimal comma, as row 2 shows: '1,5'" in notes


def test_a_typed_source_is_not_asked_about_thousands(tmp_path):
    (tmp_path / "log.csv").write_text("time,minutes\n2026-03-01,6.125\n", encoding="utf-8")
    table = read_table(tmp_path / "log.csv")
    assert typed(replace(table, canonical=frozenset({"minutes"})), KNOWN, "log").frame["minutes"].tolist() == [6.125]
    with pytest.raises(Refusal, match="decimal_mark"):
        typed(table, KNOWN, "log")


def test_an_endless_cell_is_not_quoted_whole(read):
    with pytest.raises(Refusal) as refusal:
        read(f"time,who\n{'x' * 100_000},a\n")
    assert len(refusal.value.words()) < 300


@pytest.mark.parametrize(
    "row, words",
    [
        ("2026-03-01,a,ten,1,no", "row 3, column 'minutes': 'ten' is not a number"),
        ("2026-03-01,a,1e999,1,no", "row 3, column 'minutes': '1e999' is not a number"),
        ("2026-03-01,a,1,1.5,no", "row 3, column 'times': '1.5' is not a whole number"),
        ("2026-03-01,a,1,1,maybe", "row 3, column 'done': 'maybe' is not a yes or no"),
        ("01/13/13/2026,a,1,1,no", "row 3, column 'time': '01/13/13/2026' is not a time.*year first"),
        ("01/03/2026,a,1,1,no", "row 3, column 'time': '01/03/2026' can be 1 March 2026 .*or 3 January"),
    ],
)
def test_what_is_not_of_its_type_is_refused_by_place(read, row, words):
    with pytest.raises(Refusal, match=words):
        read(f"time,who,minutes,times,done\n2026-03-01,a,1,1,yes\n{row}\n")


def test_a_required_column_that_is_missing_is_refused_with_those_that_are_there(read):
    with pytest.raises(Refusal, match="no column for 'time' \\(when it happened\\).*map one of: when, who"):
        read("when,who\n2026-03-01,a\n")


@pytest.mark.parametrize("case", ["marketing", "paperwork"])
def test_the_dictionaries_describe_the_shipped_tables(root, case):
    dictionary = read_dictionary(case)
    assert all(column.meaning and column.type in TYPES for column in dictionary.columns)
    for name in {column.table for column in dictionary.columns}:
        path = root / "data" / case / f"{name}.csv"
        if path.exists():
            assert set(read_table(path).frame.columns) <= set(dictionary.table(name))
