"""What memory doesn't hold is worked out part by part, and what isn't enough is said in words."""

from pathlib import Path

import duckdb
import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.intake.engine import connection, duck, parts
from helpers.intake.engine.frames import grouped, joined, kept, small
from helpers.intake.refusal import Refusal


@pytest.fixture
def rows():
    within = connection.connection("50MB")
    return within.sql("SELECT n % 1000 AS person, n AS row, 'word ' || n % 7 AS word FROM range(10000) t(n)")


def test_parts_hold_every_row_once_and_all_of_a_person_together(rows, monkeypatch, tmp_path):
    monkeypatch.setattr(parts, "PART", 20_000_000)  # two at a time
    divided = parts.split(rows, ("person",), 9, tmp_path / "parts")
    people = [set(part.select("person").distinct().df()["person"]) for part in divided.values()]
    assert sorted(divided) == list(range(9)) and sum(map(len, people)) == len(set.union(*people)) == 1000
    assert sorted(row for part in divided.values() for row in part.df()["row"]) == list(range(10000))
    assert divided[0].columns == rows.columns


def test_parts_of_two_tables_with_the_same_number_belong_together(rows, tmp_path):
    one, other = parts.split(rows, ("person",), 5, tmp_path / "one"), parts.split(rows.select("person, word").distinct(), ("person",), 5, tmp_path / "other")
    assert all(set(one[number].df()["person"]) == set(other[number].df()["person"]) for number in one)


def test_what_is_too_much_to_be_grouped_at_once_is_grouped_in_parts(rows, monkeypatch):
    calls = []

    def group(some):
        calls.append(len(some))
        if len(calls) == 1:
            raise duckdb.OutOfMemoryException("no more of it")
        return some.aggregate("person, count(*) AS rows", "person")

    monkeypatch.setattr(parts, "GROUPED", 20_000)
    found = parts.grouped(group, ("person",), rows).df()
    [(folder,)] = rows.query("unused", "SELECT current_setting('temp_directory')").fetchall()
    assert [place.suffix for place in Path(folder).iterdir() if place.suffix == ".parquet" or place.is_dir()] == [""]  # what was only on the way is gone
    assert len(calls) > 3 and len(found) == 1000 and set(found["rows"]) == {10}


def test_rows_of_somebody_elses_duckdb_are_joined_in_it(monkeypatch, tmp_path):
    monkeypatch.setattr(parts, "LOOKED_UP", 100_000)
    theirs = duckdb.connect(config={"memory_limit": "90MB", "threads": 1, "temp_directory": str(tmp_path)}).sql("SELECT n AS row, n % 50 AS person FROM range(5000) t(n)")
    rows = nw.from_native(connection.measured(theirs))
    assert connection.is_short(theirs)
    people = kept(grouped(rows, ["person"], nw.len().alias("rows")))
    assert small(joined(rows, people, "person").select(nw.col("rows").sum()))["rows"].tolist() == [500_000]


def test_memory_is_short_by_the_size_of_the_log_too():
    within = connection.connection("500MB")
    few, many = (within.sql(f"SELECT n FROM range({count}) t(n)") for count in (1_000, 30_000_000))
    assert not connection.is_short(connection.measured(few)) and connection.is_short(connection.measured(many))


def test_too_little_memory_is_said_with_what_to_do(monkeypatch):
    monkeypatch.setenv("CASEBOOK_MEMORY", "6MB")
    rows = nw.from_native(connection.connection().sql("SELECT n, random()::VARCHAR AS word FROM range(300000) t(n)"))
    for work in (lambda: kept(rows.sort("word")), lambda: small(rows.sort("word")), lambda: grouped(rows, ["word"], nw.col("n").sum())):
        with pytest.raises(Refusal, match="6MB.*isn't enough.*CASEBOOK_MEMORY=4GB"):
            work()


def test_a_file_too_wide_for_the_memory_is_not_called_damaged(monkeypatch, tmp_path):
    monkeypatch.setenv("CASEBOOK_MEMORY", "1MB")
    file = tmp_path / "wide.parquet"
    pq.write_table(pa.table({f"{number} {'x' * 2000}": ["a"] for number in range(1000)}), file)
    with pytest.raises(Refusal, match="1MB.*isn't enough"):
        duck.scanned([file], connection.connection())


@pytest.mark.parametrize(("group", "again"), [(400_000, True), (20_000, False)])
def test_row_groups_too_large_for_the_memory_are_laid_down_smaller(group, again, tmp_path):
    log = pa.table({"number": range(400_000), "word": [f"word {number}" for number in range(400_000)]})
    pq.write_table(log, tmp_path / "log.parquet", row_group_size=group)
    within = connection.connection("60MB")
    rows, _ = duck.scanned([tmp_path / "log.parquet"], within)
    assert rows.aggregate("count(*), sum(row_number_ = number + 1), count(DISTINCT word)").fetchall() == [(400_000,) * 3]
    [(folder,)] = within.sql("SELECT current_setting('temp_directory')").fetchall()
    laid = [pq.read_metadata(file) for file in Path(folder).glob("*.parquet")]
    assert [max(each.row_group(place).num_rows for place in range(each.num_row_groups)) <= 2 * duck.ROWS for each in laid] == [True] * again


def test_a_full_disk_is_said_with_what_to_do(monkeypatch):
    def full(*_):
        raise duckdb.IOException('Could not write file "rows-1.parquet": No space left on device')

    monkeypatch.setattr(parts, "settled", full)
    with pytest.raises(Refusal, match="disk has no room.*TMPDIR"):
        kept(nw.from_native(connection.connection("50MB").sql("SELECT 1 AS n")))


@pytest.mark.parametrize("said", ["lots", "12 apples"])
def test_a_limit_that_is_no_size_is_refused(said, monkeypatch):
    monkeypatch.setenv("CASEBOOK_MEMORY", said)
    with pytest.raises(Refusal, match=f"'{said}' is no size of memory.*512MB"):
        connection.connection()
