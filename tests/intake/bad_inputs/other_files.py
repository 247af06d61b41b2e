"""Parquet, JSON, databases in files, and paths that lead to no file."""

import os
import sqlite3
from io import BytesIO

import duckdb
import pandas as pd

NAMES = ["time", "person", "event"]
ROWS = [["2026-03-01 08:00:00", "007", "read"], ["2026-03-01 09:30:00", "王芳", "forward"], ["2026-03-02 00:00:00", "NA", "read"]]
FRAME = pd.DataFrame(ROWS, columns=NAMES).assign(time=lambda frame: pd.to_datetime(frame["time"]))
LINES = "".join('{"time": "%s", "person": "%s", "event": "%s"}\n' % tuple(row) for row in ROWS)


def parquet(frame=FRAME) -> bytes:
    file = BytesIO()
    frame.to_parquet(file)
    return file.getvalue()


def sqlite(*tables):
    def make(path):
        with sqlite3.connect(path) as connection:
            for name in tables:
                FRAME.to_sql(name, connection, index=False)
        connection.close()

    return make


def damaged(make):
    def cut(path):
        make(path)
        path.write_bytes(path.read_bytes()[:100].ljust(3000, b"\xff"))

    return cut


def duck(*tables):
    def make(path):
        with duckdb.connect(str(path)) as connection:
            connection.register("frame", FRAME)
            for name in tables:
                connection.execute(f"create table {name} as select * from frame")
        connection.close()

    return make


def _folder(path):
    path.mkdir()
    (path / "march.csv").write_text("a\n1\n", encoding="utf-8")


def _nested(path):
    path.write_text('{"a": 1, "place": {"city": "B", "no": 7.0}}\n{"a": 12345678901234567890, "place": null}\n', encoding="utf-8")


P, J, D = dict(file="log.parquet"), dict(file="log.jsonl"), dict(file="log.db")
ONE_TO_THREE = dict(rows=ROWS, numbers=[1, 2, 3])
INPUTS = [
    dict(**P, name="parquet", content=parquet(), **ONE_TO_THREE, says="numbered from 1"),
    dict(**P, name="parquet: ids that became floats", content=parquet(pd.DataFrame({"person": [7.0, None, 8.5]})), names=["person"], rows=[["7"], ["8.5"]], numbers=[1, 3]),
    dict(**P, name="parquet: ids of 19 digits", content=parquet(pd.DataFrame({"person": [9007199254740993, 9223372036854775807]})), names=["person"], rows=[["9007199254740993"], ["9223372036854775807"]], numbers=[1, 2]),
    dict(**P, name="parquet: times in a zone", content=parquet(FRAME.assign(time=FRAME["time"].dt.tz_localize("Asia/Shanghai"))), rows=[[f"{row[0]}+0800", *row[1:]] for row in ROWS], numbers=[1, 2, 3]),
    dict(**P, name="parquet: a column of lists, not needed", content=parquet(FRAME.assign(tags=[["a"], [], None])), **ONE_TO_THREE, says="column 'tags' left out: it holds lists"),
    dict(**P, name="parquet: a column of lists, needed", content=parquet(FRAME.assign(tags=[["a"], [], None])), mapping={"topic": "tags"}, refused=["log.parquet", "'tags' (mapped to topic)", "lists"]),
    dict(**P, name="parquet: a column twice", content=parquet(FRAME.assign(Time=1)), refused=["log.parquet", "'time' is there twice"]),
    dict(**P, name="parquet of no rows", content=parquet(FRAME.iloc[:0]), refused=["log.parquet", "no row", "export"]),
    dict(**P, name="parquet: a sheet is asked for", content=parquet(), options=dict(sheet="March"), **ONE_TO_THREE, says="'March' passed over"),
    dict(**P, name="parquet cut off", content=parquet()[:-50], refused=["log.parquet", "damaged or cut off"]),
    dict(**J, name="JSON lines", content=LINES.encode(), **ONE_TO_THREE, says="an object a line"),
    dict(**J, name="JSON lines with blank lines", content=LINES.replace("\n", "\n\n").encode(), rows=ROWS, numbers=[1, 3, 5]),
    dict(**J, name="JSON lines in gb18030", content=LINES.encode("gb18030"), **ONE_TO_THREE, says="encoding gb18030"),
    dict(**J, name="a JSON list of objects", content=("[" + LINES.strip().replace("\n", ",") + "]").encode(), **ONE_TO_THREE, says="one list of objects"),
    dict(**J, name="JSON: objects within objects, long ids", content=_nested, names=["a", "place.city", "place.no"], rows=[["1", "B", "7"], ["12345678901234567890", "", ""]], numbers=[1, 2], says="place.city"),
    dict(**J, name="JSON: lists within objects", content=b'{"a": 1, "l": [1]}\n', names=["a"], rows=[["1"]], numbers=[1], says="column 'l' left out: it holds lists"),
    dict(**J, name="JSON: a line cut off", content=LINES.encode()[:-20], refused=["log.jsonl, line 3", "can't be read as JSON", "cut off"]),
    dict(**J, name="JSON: a name twice", content=b'{"a": 1, "a": 2}\n', refused=["log.jsonl, line 1", "'a' is there twice"]),
    dict(**J, name="JSON: a line that is no object", content=LINES.encode() + b"[1, 2]\n", refused=["log.jsonl, line 4", "no object"]),
    dict(**J, name="JSON: objects of nothing", content=b"{}\n{}\n", refused=["log.jsonl"]),
    dict(**J, name="JSON nested a thousand times", content=b'{"a": ' * 100_000 + b"1" + b"}" * 100_000, refused=["log.jsonl, line 1"]),
    dict(**D, name="SQLite", content=sqlite("events"), **ONE_TO_THREE, says="table 'events'"),
    dict(**D, name="SQLite: the table by name", content=sqlite("events", "old"), options=dict(table="old"), **ONE_TO_THREE, says="table 'old'"),
    dict(**D, name="SQLite: several tables", content=sqlite("events", "old"), refused=["log.db", "2 tables that could be meant", "events, old"]),
    dict(**D, name="SQLite: no table", content=lambda path: (sqlite("x")(path), sqlite3.connect(path).execute("drop table x"), None)[2], refused=["log.db", "no table"]),
    dict(**D, name="SQLite: a name that is code", content=sqlite("events"), options=dict(table="events; drop table events"), refused=["log.db", "there is no table", "events"]),
    dict(**D, name="SQLite damaged", content=damaged(sqlite("events")), refused=["log.db", "SQLite", "can't be read"]),
    dict(**D, name="DuckDB", content=duck("events"), **ONE_TO_THREE, says="table 'events'"),
    dict(**D, name="DuckDB damaged", content=damaged(duck("events")), refused=["log.db", "DuckDB", "can't be read"]),
    dict(file="folder", name="a folder", content=_folder, refused=["folder", "not a file", "march.csv"]),
    dict(file="folder", name="an empty folder", content=lambda path: path.mkdir(), refused=["folder", "not a file", "empty"]),
    dict(file="pipe", name="a pipe", content=os.mkfifo, refused=["pipe", "not a file", "write"]),
    dict(file="no.csv", name="no file", content=lambda path: path.with_name("march.csv").write_text("a\n1\n") and None, refused=["no such file", "march.csv"]),
    dict(file="no/no.csv", name="no folder", content=lambda path: None, refused=["no such file", "check the path"]),
    dict(file="x" * 300, name="a name too long", content=lambda path: None, refused=["no such file"]),
    dict(file="log.txt", name="a gigabyte and more", content=lambda path: (path.touch(), os.truncate(path, (1 << 30) + 1))[1], refused=["log.txt", "1.0 GiB", "read where they lie"]),
]  # fmt: skip
