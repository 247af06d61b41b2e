"""What is written by us in any supported form is read back equal."""

import csv
import gzip
import io
import json
import sqlite3

import duckdb
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options

NAMES = ("first", "second", "third")
LETTERS = st.characters(codec="utf-8", exclude_characters="\0\ufeff", exclude_categories=["Cs", "Cc"])
CELL = st.text(LETTERS, max_size=8) | st.sampled_from(["007", "7.0", "NA", "null", "None", "nan", "1e5", "TRUE", "2026-03-01", "1,5", '"', "a;b", " x ", "=1+1", "=A1", "#N/A"])
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6).map(lambda rows: [row for row in rows if any(map(str.strip, row))] or [("a", "b", "c")])
QUICKLY = settings(max_examples=25)
SLOWLY = settings(max_examples=8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("written")


def _read(path, **options) -> list[tuple]:
    frame = read_table(path, options=Options(header="1", **options)).frame
    assert tuple(frame.columns) == NAMES
    return [tuple(row) for row in frame.fillna("").itertuples(index=False)]


@QUICKLY
@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"]), st.sampled_from(",;\t|^~\x01§，"), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_text(folder, rows, encoding, delimiter, quoting, end, packed):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows([NAMES, *rows])
    content = text.getvalue().encode(encoding)
    (folder / "t.csv").write_bytes(gzip.compress(content) if packed else content)
    assert _read(folder / "t.csv", encoding=encoding, delimiter=delimiter) == rows


CHINESE = st.lists(st.tuples(st.sampled_from("王 李 张 刘 陈 杨 赵 黄".split()), st.sampled_from("阅读 转发 注册 发布".split()), st.integers(0, 10**6).map(str)), min_size=2, max_size=20)


@QUICKLY
@given(CHINESE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]), st.sampled_from(",;\t|"))
def test_text_of_which_nothing_is_said(folder, rows, encoding, delimiter):
    text = "".join(delimiter.join(row) + "\n" for row in [("谁", "什么", "号"), *rows])
    (folder / "t.csv").write_bytes(text.encode(encoding))
    frame = read_table(folder / "t.csv").frame
    assert frame.columns.tolist() == ["谁", "什么", "号"] and [tuple(row) for row in frame.itertuples(index=False)] == rows


@SLOWLY
@given(ROWS.map(lambda rows: [tuple("".join(letter for letter in cell if letter.isprintable()) for cell in row) for row in rows]).filter(lambda rows: all(any(row) for row in rows)))
def test_xlsx(folder, rows):
    book = openpyxl.Workbook()
    for y, row in enumerate([NAMES, *rows], 1):
        for x, value in enumerate(row, 1):
            cell = book.active.cell(y, x)
            cell.value, cell.data_type = value, "s"  # text, even where it looks like a formula or an error
    book.save(folder / "t.xlsx")
    assert _read(folder / "t.xlsx") == rows


@QUICKLY
@given(ROWS)
def test_json_lines(folder, rows):
    lines = [json.dumps(dict(zip(NAMES, row)), ensure_ascii=False) for row in rows]
    (folder / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert _read(folder / "t.jsonl") == rows
    (folder / "t.json").write_text(json.dumps([dict(zip(NAMES, row)) for row in rows]), encoding="utf-8")
    assert _read(folder / "t.json") == rows


@pytest.mark.parametrize("cell", ["áα", "状态"])  # letters of two alphabets, which are Chinese ones by chance; and Chinese ones in another encoding
def test_json_is_utf_8_where_it_can_be(folder, cell):
    content = json.dumps(dict(zip(NAMES, ["u1", cell, "read"])), ensure_ascii=False)
    encoding = "utf-8" if cell == "áα" else "utf-16"
    (folder / "t.jsonl").write_text(content, encoding=encoding)
    assert _read(folder / "t.jsonl") == [("u1", cell, "read")]


@SLOWLY
@given(ROWS)
def test_parquet_and_databases(folder, rows):
    frame = pd.DataFrame(rows, columns=NAMES)
    frame.to_parquet(folder / "t.parquet")
    (folder / "t.db").unlink(missing_ok=True)
    with sqlite3.connect(folder / "t.db") as connection:
        frame.to_sql("t", connection, index=False)
    connection.close()
    assert _read(folder / "t.parquet") == _read(folder / "t.db") == rows


@settings(max_examples=3)
@given(ROWS)
def test_duckdb(folder, rows):
    (folder / "t.duckdb").unlink(missing_ok=True)
    with duckdb.connect(str(folder / "t.duckdb")) as connection:
        connection.execute("create table t (first varchar, second varchar, third varchar)")
        connection.executemany("insert into t values (?, ?, ?)", rows)
    assert _read(folder / "t.duckdb") == rows


VALUES = pd.DataFrame({
    "whole": pd.array([7, None, 2**53 + 1], dtype="Int64"),
    "number": [0.1, 7.0, 1e300],
    "yes": [True, False, True],
    "time": pd.to_datetime(["2026-03-31 14:05:07.123456", None, "2026-03-31"], format="ISO8601"),
    "zoned": pd.to_datetime(["2026-03-31T14:05:07Z"] * 3).tz_convert("Asia/Shanghai"),
})  # fmt: skip


def test_typed_values_come_back(folder):
    VALUES.to_parquet(folder / "v.parquet")
    with duckdb.connect(str(folder / "v.duckdb")) as connection:
        connection.register("frame", VALUES)
        connection.execute("create table v as select * from frame")
    for path in (folder / "v.parquet", folder / "v.duckdb"):
        table = read_table(path)
        back = table.frame
        assert table.canonical == set(VALUES.columns)
        assert back["whole"].fillna("").tolist() == ["7", "", "9007199254740993"]
        assert back["number"].map(float).tolist() == VALUES["number"].tolist() and back["yes"].tolist() == ["true", "false", "true"]
        assert (pd.to_datetime(back["time"], format="ISO8601").dropna().array == VALUES["time"].dropna().array).all()
        assert (pd.to_datetime(back["zoned"], format="ISO8601", utc=True).array == VALUES["zoned"].dt.tz_convert("UTC").array).all()
