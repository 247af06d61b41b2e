"""Times that an engine reads by itself are those that our own reader finds in the same cells; what an engine leaves is our reader's."""

import random
import re

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.times import read_times
from helpers.intake.engine import duck
from helpers.intake.engine import spark as on_spark
from helpers.intake.engine.connection import connection
from helpers.intake.engine.sources import FAST_TIME

AHEAD, HOURS = "Etc/GMT-8", 8 * 3_600_000_000
LIKELY = st.from_regex(re.compile(r"20\d\d([-/])([1-9]|0\d|1[0-3])\1\d\d?[T ]([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?(Z|\+08(:?00)?)?", re.ASCII), fullmatch=True)
ANY = st.from_regex(re.compile(FAST_TIME, re.ASCII), fullmatch=True)
READ = ["2026-03-02T08:30:05Z", "2026-03-02 08:30:05+05:30", "2026-03-02 08:30", "2026-03-02", "2026-3-2 8:30", "2026/3/2 8:30:05", "2026/03/02", "2026/12/31 23:59:59.123456"]


@pytest.fixture(scope="module")
def within():
    return connection()


def by_duckdb(texts, within):
    """(moment of what has an offset, what a local clock shows) of each cell, in microseconds; missing where DuckDB leaves it."""
    rows = within.from_arrow(pa.table({"row": range(len(texts)), "time": pa.array(texts, pa.string())}))
    instant, local, _ = duck.clock("time", "VARCHAR")
    return [(row[1], row[2]) for row in sorted(rows.select("row", instant.alias("instant"), local.alias("local")).fetchall())]


def by_spark(texts, spark):
    """The same of Spark."""
    instant, local, _ = on_spark.clock("time", "string")
    rows = spark.createDataFrame(list(enumerate(texts)), "row bigint, time string").select("row", instant.alias("instant"), local.alias("local"))
    return [(row[1], row[2]) for row in sorted(rows.collect())]


def same(texts, found):
    """How many of the cells the engine read; all as our reader does."""
    ours = read_times(pd.Series(texts, dtype="str"), Conventions(AHEAD)).values
    expected = ours.dt.as_unit("us").astype("int64").where(ours.notna(), None)
    read = [(instant if instant is not None else local - HOURS, row) for row, (instant, local) in enumerate(found) if (instant, local) != (None, None)]
    assert [moment for moment, _ in read] == [expected[row] for _, row in read]
    return len(read)


@given(st.lists(LIKELY | ANY, min_size=1, max_size=20))
def test_duckdb_reads_as_we_do_what_it_reads(within, texts):
    same(texts, by_duckdb(texts, within))


def test_duckdb_leaves_no_common_form(within):
    assert same(READ, by_duckdb(READ, within)) == len(READ)


def test_spark_reads_as_we_do_what_it_reads(spark):
    drawn = random.Random(5)

    def two(most):
        return f"{drawn.randint(0, most):0{drawn.randint(1, 2)}}"

    days = [f"{drawn.randint(1990, 2050)}{sign}{two(13)}{sign}{two(31)}" for sign in "-/" for _ in range(500)]
    texts = [f"{day}{drawn.choice('  T')}{two(25)}:{two(61)}{drawn.choice(('', ':07', ':7', ':59.25'))}{drawn.choice(('', '', 'Z', '+08', '+0530', '-03:30'))}" for day in days]
    assert same(READ, by_spark(READ, spark)) == len(READ)
    assert same(texts, by_spark(texts, spark)) > 200
