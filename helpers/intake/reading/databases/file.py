"""Tables in database files: SQLite and DuckDB, opened for reading only."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from helpers.intake.reading.databases.choice import chosen, few_enough
from helpers.intake.reading.databases.rows import as_text, quoted
from helpers.intake.reading.naming import Columns, mapped
from helpers.intake.reading.table import Options, Table
from helpers.intake.refusal import Refusal


def read(path: Path, kind: str, mapping: Mapping[str, str], options: Options) -> Table:
    """The rows of a table or view in a database file (kind: sqlite or duckdb), numbered from 1 in the order in which the database gives them.

    Raises Refusal: a damaged file, one that another program holds, no such table, several that could be meant.
    """
    with _sqlite(path) if kind == "sqlite" else _duckdb(path) as run:
        tables = [name for (name,) in run(LISTED[kind]).fetchall()]
        table = chosen(tables, options.table, mapping, lambda name: _names(run(f"select * from {quoted(name)} limit 0")), path.name)
        few_enough(run(f"select count(*) from {quoted(table)}").fetchall()[0][0], f"{path.name}, table '{table}'")
        columns = _text(run(f"select * from {quoted(table)}"), kind, f"{path.name}, table '{table}'")
    return mapped(columns, mapping, path, (f"table '{table}': rows in the database's order, numbered from 1",))


def _names(answer) -> list[str]:
    return [column[0] for column in answer.description]


def _text(answer, kind: str, where: str) -> Columns:
    if kind == "sqlite":
        return as_text(_names(answer), answer.fetchall(), where)
    from helpers.intake.reading.typed import arrow  # DuckDB's own types come through Arrow

    return arrow.as_text(answer.to_arrow_table(), where)


LISTED = {
    "sqlite": "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite~_%' escape '~' order by name",
    "duckdb": "select table_name from information_schema.tables where table_schema = 'main' order by table_name",
}


@contextmanager
def _sqlite(path: Path) -> Iterator:
    """A function from a query to its answer."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)) as connection:
            yield connection.execute
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise Refusal(f"the SQLite database can't be read: {error}", path.name, "close the program that writes it, or copy it again") from error


@contextmanager
def _duckdb(path: Path) -> Iterator:
    """A function from a query to its answer; a view can't reach beyond the file."""
    import duckdb  # a second to load, and SQLite doesn't need it

    try:
        with duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"}) as connection:
            yield connection.sql
    except (duckdb.Error, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0].replace(str(path.parent), "").strip()
        raise Refusal(f"the DuckDB database can't be read: {reason}", path.name, "close the program that writes it, or copy it again") from error
