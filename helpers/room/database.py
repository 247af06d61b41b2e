"""Opens the store's database: one SQLite file, or any PostgreSQL by its address."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy.dialects import postgresql, sqlite

from helpers.intake.refusal import Refusal
from helpers.room.schema import metadata

PATIENCE = 30  # seconds that a writer waits for the others
ALONE = 7_102_511  # any number, the same in every process


def default_url() -> str:
    """Where answers are kept: CASEBOOK_STORE (a database address or a file), else a file of the learner's own."""
    given = os.environ.get("CASEBOOK_STORE", "")
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return given or str(home / "casebook" / "casebook.sqlite")


def connect(url: str) -> sa.Engine:
    """An engine on the database at `url` (a file's path, sqlite:///… or postgresql://…), its tables made.

    Any number of processes may do this at once. Raises Refusal where the database can't be reached.
    """
    address = _address(url)
    try:
        return _on_file(address) if address.get_backend_name() == "sqlite" else _on_server(address)
    except (sa.exc.DBAPIError, OSError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise Refusal(f"the store can't be opened ({reason})", where=address.render_as_string(hide_password=True), remedy="Give a file that may be written, or a running PostgreSQL") from error


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that writes: it waits for its turn at the start, and is durable once it ends."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def alone(connection: sa.Connection) -> None:
    """Keep every other process that asks for the same out, until this writing transaction ends. (In SQLite there is only one writer anyhow.)"""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ALONE)))


def inserting(connection: sa.Connection) -> Callable[[sa.Table], sqlite.Insert | postgresql.Insert]:
    """The `insert` of this database, which knows what to do about a row that is there already."""
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert


def _address(url: str) -> sa.URL:
    if "://" not in url:
        return sa.URL.create("sqlite", database=str(Path(url).expanduser().absolute()))
    address = sa.make_url(url)
    return address.set(drivername="postgresql+pg8000") if address.get_backend_name() in ("postgresql", "postgres") else address


def _on_file(address: sa.URL) -> sa.Engine:
    if not address.database:
        raise Refusal("a store needs a file", where=str(address), remedy="Answers kept in memory would be lost")
    file = Path(address.database)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = sa.create_engine(address, connect_args={"timeout": PATIENCE}, pool_timeout=PATIENCE)
    sa.event.listen(engine, "connect", _durably)
    sa.event.listen(engine, "begin", _take_turns)
    with FileLock(f"{file}.lock", timeout=PATIENCE, mode=0o600):
        file.touch(mode=0o600)
        with closing(engine.raw_connection()) as connection:  # outside any transaction
            connection.execute("PRAGMA journal_mode=WAL")
        with writing(engine) as connection:
            metadata.create_all(connection)
    return engine


def _durably(connection, _record) -> None:
    """Flush at every commit; transactions are begun by `_take_turns`, not by the driver."""
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _take_turns(connection: sa.Connection) -> None:
    """A writer queues before it reads; one that read first could be refused without waiting."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _on_server(address: sa.URL) -> sa.Engine:
    engine = sa.create_engine(address, pool_pre_ping=True, pool_timeout=PATIENCE)
    with writing(engine) as connection:
        alone(connection)
        metadata.create_all(connection)
    return engine
