"""Rows that are there twice: kept and told, unless their own id says that they are one."""

import pytest

from helpers.intake.cells.typed import typed
from helpers.intake.checks.duplicates import count_duplicates, without_repeats
from helpers.intake.dictionary import Column, Dictionary
from helpers.intake.reading.source import read_table

KNOWN = Dictionary("test", (Column("log", "time", "time", "", True, "when"), Column("log", "id", "text", "", False, "the row's own")))


@pytest.fixture
def read(tmp_path):
    def of(text):
        (tmp_path / "log.csv").write_text(text, encoding="utf-8")
        table = read_table(tmp_path / "log.csv")
        return table, typed(table, KNOWN, "log")

    return of


def test_without_an_id_they_stay(read):
    table, log = read("time,who\n2026-03-01,a\n2026-03-01,a\n")
    assert len(without_repeats(log, table)[0].frame) == 2 and count_duplicates(table.frame, "time") == 1


def test_with_an_id_the_same_row_goes_and_another_stays(read):
    table, log = read("time,who,id\n2026-03-01,a,1\n2026-03-01,a,1\n2026-03-02,a,1\n2026-03-02,a,\n2026-03-02,a,\n")
    kept, look = without_repeats(log, table)
    assert kept.frame.index.tolist() == [2, 4, 5, 6] and [(aside.count, aside.rows) for aside in kept.set_aside] == [(1, (3,))]
    assert [(odd.what, odd.size) for odd in look()] == [("Ids that recur with other content", "1")]
    assert kept.rows_read == len(kept.frame) + 1
