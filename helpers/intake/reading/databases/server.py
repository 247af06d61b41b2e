"""Tables in databases, by their address. The address's password is never said: not in a note, a finding or a refusal."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

import sqlalchemy as sql
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from helpers.intake.reading.databases.address import resolved
from helpers.intake.reading.databases.choice import chosen, few_enough
from helpers.intake.reading.databases.rows import as_text
from helpers.intake.reading.naming import mapped
from helpers.intake.reading.table import Options, Table
from helpers.intake.refusal import Refusal

EXAMPLE = "write it as in postgresql://user@host/database, the password in the environment variable PGPASSWORD"
DRIVERS = {"postgresql": "postgresql+pg8000", "postgres": "postgresql+pg8000"}
PATIENCE = 60  # seconds for a connection that doesn't answer


def read_database(source: str, mapping: Mapping[str, str], options: Options) -> Table:
    """The rows of a table or view, numbered from 1 in the order in which the database gives them.

    source: an address, or env:NAME. options.table: its name, with its schema where it isn't the usual one, as in "shop.events". It is looked up
    in what the database lists, never run as SQL. Raises Refusal: no such address, host, user, table; several tables that could be meant.
    """
    address = _address(resolved(source))
    where = _place(address)
    try:
        with _engine(address).connect() as connection:
            return _table(connection, mapping, options, where)
    except Refusal:
        raise
    except NoSuchModuleError:
        problem = Refusal(f"databases of the kind '{address.get_backend_name()}' aren't known here", where, "export the table to Parquet or CSV")
    except Exception as error:  # drivers raise what they like, a TypeError for a part of the address that they don't know
        problem = _unreachable(error, address, where)
    raise problem  # outside the except: what the driver said, perhaps with the password, doesn't come along


def _address(text: str) -> URL:
    try:
        address = make_url(text)
    except (ArgumentError, ValueError):
        address = None
    if address is None or not (address.database or address.host):
        raise Refusal("this address can't be read", "database address", EXAMPLE)
    if address.drivername in DRIVERS:
        address = address.set(drivername=DRIVERS[address.drivername])
    if address.password is None and address.get_backend_name() == "postgresql" and os.environ.get("PGPASSWORD"):
        address = address.set(password=os.environ["PGPASSWORD"])
    return address


def _place(address: URL) -> str:
    """The database in words: its name and host."""
    return f"database '{address.database or ''}'" + (f" at {address.host}" if address.host else "")


def _engine(address: URL) -> sql.Engine:
    known = {"connect_args": {"timeout": PATIENCE}, "execution_options": {"postgresql_readonly": True}} if address.get_backend_name() == "postgresql" else {}
    return sql.create_engine(address, poolclass=sql.NullPool, hide_parameters=True, **known)


def _table(connection: Connection, mapping: Mapping[str, str], options: Options, where: str) -> Table:
    found = _listed(connection)
    name = chosen(list(found), options.table, mapping, lambda table: _columns(connection, *found[table]), where)
    schema, plain = found[name]
    table = sql.table(sql.quoted_name(plain, True), *map(sql.column, _columns(connection, schema, plain)), schema=schema and sql.quoted_name(schema, True))
    few_enough(connection.scalar(sql.select(sql.func.count()).select_from(table)), f"{where}, table '{name}'")
    path = Path(f"table '{name}' of {where}".replace("/", "_"))
    answer = connection.execute(sql.select(table))
    columns = as_text(list(answer.keys()), answer.fetchall(), path.name)
    return mapped(columns, mapping, path, (f"{path.name}: rows in the database's order, numbered from 1",))


def _listed(connection: Connection) -> dict[str, tuple[str | None, str]]:
    """Tables and views by name: those of the usual schema, then those of the others under schema.name."""
    look = sql.inspect(connection)
    usual = look.default_schema_name
    schemas = [schema for schema in look.get_schema_names() if schema not in ("information_schema", "pg_catalog", usual)]
    here = {name: (None, name) for name in [*look.get_table_names(), *look.get_view_names()]}
    return here | {f"{schema}.{name}": (schema, name) for schema in schemas for name in [*look.get_table_names(schema), *look.get_view_names(schema)]}


def _columns(connection: Connection, schema: str | None, table: str) -> list[str]:
    return [column["name"] for column in sql.inspect(connection).get_columns(table, schema)]


def _unreachable(error: Exception, address: URL, where: str) -> Refusal:
    """What the database said, without the password and in one line."""
    if isinstance(error, ImportError):
        return Refusal(f"the driver for '{address.get_backend_name()}' isn't installed", where, f"install {error.name or 'it'}, or export the table to Parquet or CSV")
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    for password in _written(address.password):
        said = said.replace(password, "***")
    return Refusal(f"the database can't be read: {said[:200]}", where, "check host, port, user, password and rights")


def _written(password: object) -> list[str]:
    """A password as it may stand in a driver's message, the longest form first."""
    plain = str(password or "")
    return sorted({plain, quote(plain, safe=""), quote(plain), quote_plus(plain), repr(plain)[1:-1]} - {""}, key=len, reverse=True)
