"""Where a table begins in a sheet."""

import pytest

from helpers.intake.reading.header import find_header, looks_like_data
from helpers.intake.refusal import Refusal

DATA = [["2026-03-01", "a", "read"], ["2026-03-02", "", "read"], ["2026-03-03", "b", ""]]
NAMES = ["time", "who", "what"]


def _found(rows, wanted=(), asked="auto"):
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    header = find_header(numbered, wanted, asked, "a.csv")
    return header.row, header.names


@pytest.mark.parametrize(
    "rows, found",
    [
        ([NAMES, *DATA], (1, True)),
        (DATA, (1, False)),
        ([["Events of March", "", ""], [], NAMES, *DATA], (3, True)),
        ([["Events", "March", ""], NAMES, *DATA], (2, True)),
        ([["From:", "2026-03-01", ""], NAMES, *DATA], (2, True)),
        ([["Person", "", "Event"], ["when", "id", "type"], *DATA], (2, True)),
        ([["", "who", "what"], *DATA], (1, True)),
        ([["a", "b"], ["c", "d"], ["e", "f"]], (1, True)),
        ([["2024", "2025"], ["1", "2"]], (1, False)),
        ([["Exported", "", ""], *DATA], (2, False)),
        ([["时间", "谁", "什么"], ["2026年3月1日", "甲", "读"]], (1, True)),
    ],
)
def test_the_header_is_found(rows, found):
    assert _found(rows) == found


def test_the_columns_that_are_wanted_tell_it():
    assert _found([["2024", "2025"], ["1", "2"]], wanted=["2024"]) == (1, False)  # a position, not a name
    assert _found([["x", "y", "z"], ["when ", "7", "8"], *DATA], wanted=["when", "7"]) == (2, True)


def test_it_may_be_asked_for():
    assert _found([NAMES, *DATA], asked="none") == (1, False) and _found([["a", "b", "c"], NAMES, *DATA], asked="2") == (2, True)
    for asked in ("0", "9", "-1", "x"):
        with pytest.raises(Refusal, match="row"):
            _found([NAMES, *DATA], asked=asked)


@pytest.mark.parametrize("cell", ["1", "-1.5", "1,234.50", "12 %", "¥30", "2026-03-01", "3/1/26 14:05", "14:05", "2026年3月1日", "31 Mar 2026", "TRUE"])
def test_data_is_told_from_names(cell):
    assert looks_like_data(cell) and not looks_like_data(f"n{cell}")
