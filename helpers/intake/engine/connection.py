"""A DuckDB of our own: how much memory it takes and where what doesn't fit goes, and the words for when neither is enough."""

import atexit
import os
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from functools import cache
from itertools import count
from pathlib import Path

import duckdb

from helpers.intake.engine.folders import is_ours, new_folder, removed
from helpers.intake.refusal import Refusal

MOST, AROUND, DUCKDB_TAKES = 1536_000_000, 500_000_000, 0.8  # bytes of memory that DuckDB takes at most unless told, and that the process around it takes; its own share of all
Rows = duckdb.DuckDBPyRelation
UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
ONE_THREAD = 200_000_000  # bytes of memory below which one thread works alone
WAITING, MOST_WAITING = 2000, 1 << 19  # bytes of memory for each row that waits to be written into its part, and DuckDB's own number of such rows
SHORT, EACH = 400_000_000, 20  # bytes of memory below which it is short: at least, and for each row of the log
QUOTE = "'"
_numbers, _short = count(1), set()  # of files that are laid down; what DuckDBs short of memory spill into


def connection(memory: str = "", threads: int = 0) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own in memory, with a private folder for what doesn't fit; the folder goes when the connection does.

    memory: its limit ("512MB"; by default the environment's CASEBOOK_MEMORY, or 1,536 MB where the machine or container has so much to spare); threads:
    0 takes two, or as many as there are, and one where the limit is small, since each takes memory of its own. Raises Refusal for a limit that is no size.
    """
    limits = {
        "threads": threads or min(os.cpu_count() or 1, 2), "preserve_insertion_order": False, "allow_unsigned_extensions": False, "autoinstall_known_extensions": False,
    }  # fmt: skip
    said = memory or os.environ.get("CASEBOOK_MEMORY")
    try:
        opened = duckdb.connect(":memory:", config=limits | ({"memory_limit": said} if said else {}))
    except duckdb.ParserException as error:
        raise Refusal(f"'{said}' is no size of memory", "CASEBOOK_MEMORY", "write it as in 512MB or 4GB") from error
    folder = new_folder()
    weakref.finalize(opened, _removed, folder)
    if not said:
        opened.execute(f"SET memory_limit = '{_spared(memory_of(opened) / DUCKDB_TAKES)}B'")
    limit = memory_of(opened)
    opened.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")  # a bar would stand in every notebook
    opened.execute(f"SET temp_directory = '{folder.replace(QUOTE, 2 * QUOTE)}'; SET partitioned_write_flush_threshold = {min(MOST_WAITING, limit // WAITING)}")
    if not threads and limit < ONE_THREAD:
        opened.execute("SET threads = 1")
    if limit < SHORT:
        _short.add(folder)
    return opened


def _spared(memory: float) -> int:
    """How many bytes DuckDB may take of the memory of this machine or container: the rest is for the process around it."""
    return int(min(MOST, max(memory - AROUND, memory / 4)))


@contextmanager
def in_words() -> Iterator[None]:
    """Work of DuckDB, where what it lacks is told in words: raises Refusal when memory, or the disk beside it, isn't enough."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        if "temp_directory" in str(error):
            raise _disk_full() from error
        raise Refusal(f"the memory that DuckDB may take ({os.environ.get('CASEBOOK_MEMORY') or '1,536 MB at most'}) isn't enough for this log", "CASEBOOK_MEMORY", "let it take more, as in CASEBOOK_MEMORY=4GB, or give a part of the log") from error
    except (duckdb.IOException, OSError) as error:
        if os.strerror(ENOSPC) not in str(error):
            raise
        raise _disk_full() from error


def _disk_full() -> Refusal:
    return Refusal("the disk has no room for what memory doesn't hold of this log", tempfile.gettempdir(), "make room there, or name another folder in TMPDIR")


def memory_of(rows: Rows | duckdb.DuckDBPyConnection) -> int:
    """The limit of memory of a DuckDB or of the one that holds these rows, in bytes."""
    number, unit = _setting("memory_limit", rows).split()  # "38.1 MiB"
    return int(float(number) * 1024 ** UNITS.index(unit))


def _setting(name: str, rows: Rows | duckdb.DuckDBPyConnection) -> str:
    asked = f"SELECT current_setting('{name}')"
    [(value,)] = (rows.query("unused", asked) if isinstance(rows, Rows) else rows.execute(asked)).fetchall()
    return value


def is_short(rows: Rows) -> bool:
    """Whether the DuckDB that holds these rows has so little memory that tables don't stay in it, nor are joined whole."""
    return bool(_short) and _setting("temp_directory", rows) in _short  # to ask takes time, since the whole of what the rows come from is gone through


def measured(rows: Rows) -> Rows:
    """The same rows of a log; from now on it is known whether the DuckDB that holds them is short of memory for it."""
    [(count,)] = rows.aggregate("count(*)").fetchall()
    if memory_of(rows) < max(SHORT, EACH * count):
        _short.add(_setting("temp_directory", rows))
    return rows


def _removed(folder: str) -> None:
    _short.discard(folder)
    removed(folder)


def new_file(rows: Rows) -> Path:
    """A name for a file in a private folder, which goes with the DuckDB that holds the rows, or where that isn't ours with this process."""
    folder = _setting("temp_directory", rows)
    return Path(folder if is_ours(folder) else _of_this_process()) / f"rows-{next(_numbers)}.parquet"


@cache
def _of_this_process() -> str:
    folder = new_folder()
    atexit.register(removed, folder)
    return folder
