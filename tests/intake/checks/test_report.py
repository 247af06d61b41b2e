"""The check report, counted by hand."""

import pytest

from helpers.intake.cells.typed import typed
from helpers.intake.checks.report import check
from helpers.intake.dictionary import Column, Dictionary
from helpers.intake.reading.source import read_table

KNOWN = Dictionary("test", (Column("log", "time", "time", "", True, "when"), Column("log", "who", "text", "", False, "who")))
ROWS = ["2026-03-02T00:00:00Z,a", "2026-03-05T00:00:00Z,a", "2026-03-04T00:00:00Z,b", "2026-03-04T00:00:00Z,b", "2026-03-31T15:00:00Z,", "2026-03-31T15:30:00Z,a"]


@pytest.fixture
def report(tmp_path):
    def of(rows, zone):
        (tmp_path / "log.csv").write_text("\n".join(["time,who", *rows]), encoding="utf-8")
        table = read_table(tmp_path / "log.csv")
        return check(table, typed(table, KNOWN, "log", tolerated=0.5), "time", ["who"], zone)

    return of


def test_each_flaw_is_counted(report):
    found = report([*ROWS, ",c"], "UTC")
    assert (found.rows_read, found.rows_kept, found.duplicates, found.out_of_order) == (7, 6, 1, 1)
    assert found.blanks == {"time": 1, "who": 1} and found.set_aside[0].rows == (8,)
    assert found.dominance == {"who": pytest.approx(3 / 5)}


def test_partial_months_depend_on_the_time_zone(report):
    assert (report(ROWS, "UTC").partial_first, report(ROWS, "UTC").partial_last) == (True, False)
    assert report(ROWS, "Asia/Tokyo").last.day == 1 and report(ROWS, "Asia/Tokyo").partial_last
