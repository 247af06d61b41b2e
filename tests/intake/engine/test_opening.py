"""Sources opened where they lie: names that are no SQL, cells that are read as a loaded table's would be, refusals in words."""

import gc
import os
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from helpers.intake.columns.big_source import open_big_log
from helpers.intake.columns.log_source import LogSource
from helpers.intake.engine import connection
from helpers.intake.engine.frames import small
from helpers.intake.engine.opening import find
from helpers.intake.engine.sources import files_of, is_large, on_spark
from helpers.intake.refusal import Refusal

ODD = 'odd "name"; DROP TABLE x; --'


@pytest.fixture
def written(tmp_path):
    """A function from cells (column -> values) to a CSV file of them."""

    def write(name="log.csv", **columns):
        pd.DataFrame(columns).to_csv(tmp_path / name, index=False)
        return tmp_path / name

    return write


def opened(source, mapping=None, zone="Asia/Shanghai"):
    return open_big_log(source, LogSource(mapping or {}, time_zone=zone), "marketing")[0]


def test_times_ids_and_blanks_are_read_as_in_a_table_that_is_loaded(written):
    file = written(time=["2026-03-01T10:00:00Z", "2026/3/2 01:00", "2026-03-02 02:00:00.5"], person=["007", "  ", " NA "], event=["read"] * 3)
    log = opened(file)
    frame = small(log.frame, "row")
    assert frame["person"].fillna("").tolist() == ["007", "", "NA"] and frame["row"].tolist() == [2, 3, 4]
    times = pd.to_datetime(frame["time"], unit="us", utc=True).tolist()
    assert times == [pd.Timestamp(f"2026-03-01 {clock}", tz="UTC") for clock in ("10:00", "17:00", "18:00:00.5")]
    assert log.rows == 3 and log.blanks == {} and log.held_by == "DuckDB"


def test_names_given_by_people_never_become_code(tmp_path):
    file = tmp_path / "it's a log.parquet"
    pd.DataFrame({ODD: pd.to_datetime(["2026-03-01"], utc=True), 'e"': ["read"], "x`y": ["p'); DROP TABLE x; --"]}).to_parquet(file)
    frame = small(opened(file, {"time": ODD, "event": 'e"', "person": "x`y"}).frame)
    assert frame["person"].tolist() == ["p'); DROP TABLE x; --"] and set(frame) == {"row", "person", "event", "time", "time text"}


def test_local_times_across_a_change_of_clocks(tmp_path):
    local = ["2026-03-29 01:59", "2026-03-29 02:30", "2026-03-29 03:00", "2026-10-25 02:30", "2026-10-25 03:00"]
    file = tmp_path / "log.parquet"
    pd.DataFrame({"time": pd.to_datetime(local), "event": "read"}).to_parquet(file)
    found = pd.to_datetime(small(opened(file, zone="Europe/Berlin").frame, "row")["time"], unit="us", utc=True)
    expected = pd.Series(pd.to_datetime(local)).dt.tz_localize("Europe/Berlin", ambiguous=[False] * 5, nonexistent="shift_forward").dt.tz_convert("UTC")
    assert found.tolist() == expected.tolist()


def test_a_folder_is_read_in_order_of_its_files(tmp_path):
    for name, who in (("b.parquet", ["c", "d"]), ("a.parquet", ["a", "b"])):
        pd.DataFrame({"time": pd.to_datetime(["2026-03-01"] * 2, utc=True), "event": "read", "person": who}).to_parquet(tmp_path / name)
    for source in (tmp_path, tmp_path / "*.parquet"):
        assert small(opened(source).frame, "row")["person"].tolist() == ["a", "b", "c", "d"]


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_signs_of_patterns_in_names_of_files_that_are_there_stand_for_themselves(tmp_path, ending):
    folder = tmp_path / "logs [new]"
    folder.mkdir()
    for name, who in (("log [1]", "a"), ("log 1", "b")):
        frame = pd.DataFrame({"time": ["2026-03-01 00:00:00"], "event": ["read"], "person": [who]})
        frame.to_csv(folder / f"{name}.csv", index=False) if ending == "csv" else frame.to_parquet(folder / f"{name}.parquet")
    for source, people in ((folder / f"log [1].{ending}", ["a"]), (folder / f"log ?.{ending}", ["b"]), (folder, ["b", "a"])):
        assert small(opened(source).frame, "row")["person"].tolist() == people


def test_a_relation_and_rows_that_lack_what_is_required():
    rows = duckdb.sql("SELECT TIMESTAMPTZ '2026-03-01 00:00:00+00' AS time, CASE n WHEN 8 THEN NULL ELSE 'read' END AS event, n AS person FROM range(7, 37) t(n)")
    log = opened(rows)
    assert log.rows == 30 and [(each.reason, each.count) for each in log.set_aside] == [("blank event", 1)] and sorted(small(log.frame)["person"], key=int) == ["7", *map(str, range(9, 37))]


@pytest.mark.parametrize(
    ("columns", "mapping", "words"),
    [
        ({"event": ["read"]}, {"event": "event"}, "no column for 'time'.*map one of: event"),
        ({"time": ["2026-03-01"], "event": ["read"]}, {"person": "who"}, "no column 'who'.*time, event"),
        ({"time": ["2026-03-01", "soon"], "event": ["read"] * 2}, {}, "row 3, column 'time': 'soon' is not a time. write times year first"),
        ({"time": ["2026-03-01"], "event": [""]}, {}, "row 2, column 'event': 1 of 1 rows have no event"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_words(written, columns, mapping, words):
    with pytest.raises(Refusal, match=words):
        opened(written(**columns), mapping)


def test_refusals_of_sources(tmp_path):
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "b.parquet").write_bytes(b"no parquet")
    for source, words in ((tmp_path / "none.csv", "no Parquet, CSV or TSV"), (tmp_path, "several kinds"), (tmp_path / "b.parquet", "damaged or cut off")):
        with pytest.raises(Refusal, match=words):
            find(source)


def test_what_spills_has_a_private_folder_that_goes_with_the_log(written):
    found = find(written(time=["2026-03-01"], event=["read"]))
    [(folder,)] = found.rows.query("unused", "SELECT current_setting('temp_directory')").fetchall()
    assert Path(folder).is_dir() and os.stat(folder).st_mode & 0o077 == 0
    del found
    gc.collect()
    assert not Path(folder).exists()


def test_memory_and_threads_are_limited(monkeypatch):
    monkeypatch.setenv("CASEBOOK_MEMORY", "300MB")
    limits = dict(connection.connection(threads=1).execute("SELECT name, value FROM duckdb_settings() WHERE name IN ('memory_limit', 'threads')").fetchall())
    assert limits == {"memory_limit": "286.1 MiB", "threads": "1"}


def test_a_small_machine_or_container_spares_less():
    assert [connection._spared(memory) for memory in (8e9, 1e9, 6e8)] == [1536_000_000, 500_000_000, 150_000_000]


def test_what_is_large(tmp_path, monkeypatch):
    file = tmp_path / "a.csv"
    file.write_text("x" * 2_000_000)
    assert not is_large(file) and is_large(tmp_path) and is_large(tmp_path / "*.csv") and is_large(duckdb.sql("SELECT 1"))
    monkeypatch.setenv("CASEBOOK_LOADED_MB", "1")
    assert is_large(file) and not is_large(tmp_path / "none.csv") and not is_large("postgresql://x/y") and is_large("spark://host:7077#logs")
    assert files_of(tmp_path) == [file]
    assert is_large(Path("local[2]#logs")) and on_spark(Path("spark://host:7077#logs")) == ("spark://host:7077", "logs") == on_spark("spark://host:7077#logs")
