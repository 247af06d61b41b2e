"""Case 2 over a text file that is larger than what DuckDB may hold: the same answers as with memory enough."""

import duckdb
import narwhals as nw
import pandas as pd
import pytest

from helpers.intake.columns.big_source import open_big_log
from helpers.intake.columns.log_source import LogSource
from helpers.paperwork.big_log import rows_of_opened
from helpers.paperwork.pain.counted_repeats import of_cases, repeats_of_items
from helpers.paperwork.process.process_map import follows
from helpers.paperwork.process.whole import Whole

ROWS, LIMIT = 300_000, "20MB"
WRITTEN = f"""SELECT 'client ' || (n % 30000) AS "case", ['explain', 'send', 'review', 'file'][1 + (hash(n) % 4)::INT] AS activity, 'paper ' || (n // 30000 % 3) AS document,
    'clerk ' || (hash(n, 1) % 9) AS resource, TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(n * 7) AS start, start + INTERVAL 5 MINUTE AS "end"
    FROM range({ROWS}) t(n) ORDER BY n"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A text file that is larger than the limit, and its table in memory larger still."""
    file = tmp_path_factory.mktemp("large") / "log.csv"
    duckdb.sql(WRITTEN).write_csv(str(file))
    return file


def facts(file, memory):
    opened, *_ = open_big_log(file, LogSource(), "paperwork", memory=memory)
    rows, aside = rows_of_opened(opened, "")
    whole = Whole(rows, ("case", "document"))
    cases = of_cases(repeats_of_items(whole.by_case, nw.lit(True), same_resource=True))
    told = opened.rows, opened.duplicates, aside, int(cases["repeats"].sum()), len(cases)
    return told, follows(whole.traces).edges, whole.hours, len(whole.parts.frames)


def test_a_file_larger_than_its_memory_is_gone_through(file):
    little, plenty = facts(file, LIMIT), facts(file, "1GB")
    assert little[0] == plenty[0] and little[0][0] == ROWS
    for mine, theirs in zip(little[1:3], plenty[1:3]):
        pd.testing.assert_frame_equal(mine, theirs, check_exact=True)
    assert little[3] > plenty[3] == 1


def test_the_limit_is_one_that_the_table_does_not_fit_in(file):
    within = duckdb.connect(config={"memory_limit": LIMIT, "threads": 1, "temp_directory": ""})
    with pytest.raises(duckdb.OutOfMemoryException):
        within.execute(f"CREATE TABLE log AS FROM read_csv('{file}')")
