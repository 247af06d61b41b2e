"""Databases read for real: PostgreSQL by its address, SQLite and DuckDB by their files; and no message that shows a password."""

import datetime as dt
import sqlite3
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
import sqlalchemy as sql

from helpers.intake.columns.log_source import LogSource
from helpers.intake.reading.databases.address import holds_password, is_address
from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options
from helpers.intake.refusal import Refusal
from helpers.marketing.log import load_log

ODD = 'ev"ents; drop table shop --'
MADE = f"""
create schema shop;
create type kind as enum ('read', 'forward');
create table shop.events (person text, event kind, time timestamptz, local timestamp, day date, n bigint, amount numeric(10, 2), ok boolean, tags text[], spare uuid);
insert into shop.events values
    ('007', 'read', '2026-03-31 14:05:07.25+08', '2026-03-31 14:05:07', '2026-03-31', 9007199254740993, 12.50, true, '{{a}}', null),
    ('NA', 'forward', '2026-03-31 06:00:00+00', null, null, null, null, false, null, null),
    ('', null, null, null, null, 7, 1e3, null, null, null);
create table "{ODD.replace('"', '""')}" ("a b" text);
insert into "{ODD.replace('"', '""')}" values ('x');
"""


@pytest.fixture(scope="module")
def shop(postgres):
    engine = sql.create_engine(postgres)
    with engine.begin() as connection:
        for statement in MADE.split(";\n"):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return postgres


def test_postgres_is_read_as_it_is(shop):
    table = read_table(shop, {"who": "person"}, Options(table="shop.events"))
    assert table.frame.fillna("").to_dict("records") == [
        {"who": "007", "event": "read", "time": "2026-03-31 06:05:07.250000+00:00", "local": "2026-03-31 14:05:07", "day": "2026-03-31", "n": "9007199254740993", "amount": "12.50", "ok": "true", "spare": ""},
        {"who": "NA", "event": "forward", "time": "2026-03-31 06:00:00+00:00", "local": "", "day": "", "n": "", "amount": "", "ok": "false", "spare": ""},
        {"who": "", "event": "", "time": "", "local": "", "day": "", "n": "7", "amount": "1000.00", "ok": "", "spare": ""},
    ]  # fmt: skip
    assert table.canonical >= {"time", "n", "amount", "ok"} and "who" not in table.canonical
    assert "column 'tags' left out: it holds lists" in table.notes and "table 'shop.events'" in table.name


def test_a_table_is_found_by_the_mapped_columns_or_asked_for(shop):
    assert len(read_table(shop, {"who": "person", "when": "local"}).frame) == 3
    with pytest.raises(Refusal, match="2 tables that could be meant.*name one of"):
        read_table(shop)


def test_a_name_is_never_code(shop):
    assert read_table(shop, options=Options(table=ODD)).frame["a b"].tolist() == ["x"]
    for name in ("shop.events; drop table shop.events", "shop.events where true", '"shop"."events"', "pg_catalog.pg_user", "shop"):
        with pytest.raises(Refusal, match="there is no table"):
            read_table(shop, options=Options(table=name))
    assert len(read_table(shop, options=Options(table="shop.events")).frame) == 3


def test_nothing_shows_the_password(shop, monkeypatch):
    password = shop.split(":")[2].split("@")[0]
    said = [repr(read_table(shop, options=Options(table="shop.events")))]
    wrong = [shop.replace("/postgres", "/nothing"), shop.replace("casebook:", "nobody:"), shop.replace("127.0.0.1", "host.invalid"), shop + "?sslmode=odd", shop[:-9] + "x" + shop[-9:]]
    for address in [*wrong, shop.replace("pg8000", "psycopg2"), shop.replace("postgresql+pg8000", "mysql"), shop.replace("postgresql", "nonsense"), "://" + shop, Path(shop).with_name("nothing")]:
        with pytest.raises(Refusal) as refused:
            read_table(address, options=Options(table="shop.events"))
        error = refused.value
        said += [error.words(), repr(error), repr(error.__cause__), repr(error.__context__), *error._render_traceback_()]
    assert not [words for words in said if password in words]


def test_a_case_is_read_from_postgres_and_says_no_password(shop):
    with sql.create_engine(shop).begin() as connection:
        connection.exec_driver_sql("create table shop.log as select time, person, event::text from shop.events where time is not null")
    log = load_log(shop, "person: person", how=LogSource(options=Options(table="shop.log")))
    assert log.events[["person", "event"]].values.tolist() == [["007", "read"], ["NA", "forward"]] and log.source == "table 'shop.log' of database 'postgres' at 127.0.0.1"
    assert shop.split(":")[2].split("@")[0] not in repr(log)


def test_an_address_that_went_through_a_path_is_still_one(shop):
    assert len(read_table(Path(shop), options=Options(table="shop.events")).frame) == 3


@pytest.mark.parametrize("written", ["s3cr3t", "s3%40cr%2Ft", "s%20x+y"])
def test_a_driver_that_says_the_password_is_cut_short(monkeypatch, written):
    def talkative(address, **_):
        raise RuntimeError(f"can't reach {address.render_as_string(hide_password=False)} with {address.password!r}")

    monkeypatch.setattr(sql, "create_engine", talkative)
    with pytest.raises(Refusal, match="can't reach") as refused:
        read_table(f"postgresql://casebook:{written}@host/shop")
    error = refused.value
    said = [error.words(), repr(error), repr(error.__cause__), repr(error.__context__)]
    assert not [words for words in said for form in (written, unquote(written)) if form in words]


def test_the_password_may_stay_in_the_environment(shop, monkeypatch):
    user, host = shop.split(":")[0] + "://casebook", shop.split("@")[1]
    monkeypatch.setenv("PGPASSWORD", shop.split(":")[2].split("@")[0])
    assert len(read_table(f"{user}@{host}", options=Options(table="shop.events")).frame) == 3
    monkeypatch.setenv("SHOP_LOG", shop)
    assert len(read_table("env:SHOP_LOG", options=Options(table="shop.events")).frame) == 3
    with pytest.raises(Refusal, match="no environment variable 'SHOP_LOGS'"):
        read_table("env:SHOP_LOGS")


def test_addresses_are_told_from_files():
    assert is_address("postgresql://u@h/d") and is_address("env:LOG") and not is_address("C:\\logs\\a.csv") and not is_address("logs/a.csv")
    assert holds_password("postgresql://u:p@h/d") and holds_password("postgresql://h/d?password=p") and not holds_password("postgresql://u@h/d")


@pytest.fixture
def sqlite(tmp_path):
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        connection.execute(f'create table "{ODD.replace(chr(34), chr(34) * 2)}" (person text, n, amount real, photo blob)')
        connection.executemany(f'insert into "{ODD.replace(chr(34), chr(34) * 2)}" values (?, ?, ?, ?)', [("007", 12345678901234567, 7.0, b"x"), ("", None, 0.1, None)])
    connection.close()
    return tmp_path / "shop.db"


def test_sqlite_is_told_by_content_and_opened_for_reading_only(sqlite):
    before = sqlite.read_bytes()
    table = read_table(sqlite, options=Options(table=ODD))
    assert table.frame.fillna("").values.tolist() == [["007", "12345678901234567", "7"], ["", "", "0.1"]]
    assert any("'photo' left out: it holds bytes" in note for note in table.notes) and table.canonical == {"n", "amount"}
    with pytest.raises(Refusal, match="shop.db: there is no table 'x'.*the tables are: ev"):
        read_table(sqlite, options=Options(table="x"))
    assert sqlite.read_bytes() == before


def test_duckdb_is_told_by_content(tmp_path):
    with duckdb.connect(str(tmp_path / "shop.log")) as connection:
        connection.execute("create table events as select '007' person, timestamptz '2026-03-31 14:05:07+08' at_, 7.0::double n, 1.50::decimal(9,2) d, [1] l, interval 1 hour i")
        (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
        connection.execute(f"create view secret as select * from read_csv('{tmp_path / 'secret.csv'}')")
    table = read_table(tmp_path / "shop.log", options=Options(table="events"))
    row = table.frame.iloc[0]
    moment = dt.datetime.fromisoformat(row["at_"])
    assert (row["person"], row["n"], row["d"]) == ("007", "7", "1.50") and moment == dt.datetime(2026, 3, 31, 6, 5, 7, tzinfo=dt.UTC)
    assert sum("left out" in note for note in table.notes) == 2
    with pytest.raises(Refusal, match="shop.log: the DuckDB database can't be read"):
        read_table(tmp_path / "shop.log", options=Options(table="secret"))
