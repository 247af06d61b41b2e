"""Files scanned by DuckDB: never loaded whole, within a memory limit, spilling into a folder of its own."""

import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path

import duckdb

from helpers.intake.engine.sources import Raw
from helpers.intake.refusal import Refusal

MEMORY = "1536MB"
TEXT, OFFSET = "VARCHAR", r"(Z|[+-]\d{2}:?\d{2})$"
FILE = 2**40  # rows that a file may have, so that rows of several files are numbered in order


def connection(memory: str = "", threads: int = 0) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own in memory, with a private folder for what doesn't fit; the folder goes when the connection does.

    memory: its limit ("512MB"; by default the environment's CASEBOOK_MEMORY or 1,536 MB); threads: 0 takes two, or as many as there are.
    """
    folder = tempfile.mkdtemp(prefix="casebook-")
    limits = {
        "memory_limit": memory or os.environ.get("CASEBOOK_MEMORY", MEMORY), "threads": threads or min(os.cpu_count() or 1, 2),
        "temp_directory": folder, "preserve_insertion_order": False, "allow_unsigned_extensions": False, "autoinstall_known_extensions": False,
    }  # fmt: skip
    opened = duckdb.connect(":memory:", config=limits)
    opened.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")  # a bar would stand in every notebook
    weakref.finalize(opened, shutil.rmtree, folder, ignore_errors=True)
    return opened


def scanned(files: list[Path], within: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The rows of these files under their own column names, and `row_number_`, in order of the files and the rows in them."""
    names = [str(file) for file in files]
    try:
        if files[0].suffix.lower() == ".parquet":
            rows = within.read_parquet(names, union_by_name=True)
            number = f"(file_index * {FILE} + file_row_number)::BIGINT + 1 AS row_number_"
            return rows.project(f"*, {number}")
        rows = within.read_csv(names, all_varchar=True, header=True, union_by_name=True)
        return _rewritten(rows.project("*, row_number() OVER () + 1 AS row_number_"), within)
    except duckdb.Error as error:
        raise Refusal(f"it can't be scanned: {str(error).splitlines()[0]}", files[0].name, "check the file, or save it as Parquet or UTF-8 CSV") from error


def _rewritten(rows: duckdb.DuckDBPyRelation, within: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The same rows from a Parquet file in the private folder: text is read once and not for every question."""
    [(folder,)] = within.execute("SELECT current_setting('temp_directory')").fetchall()
    file = str(Path(folder) / "rows.parquet")
    rows.write_parquet(file)
    return within.read_parquet(file)


def named(rows: duckdb.DuckDBPyRelation, columns: Mapping[str, str]) -> Raw:
    """These columns (ours -> the source's) under our names, and the number of each row as `row`."""
    chosen = [duckdb.ColumnExpression(theirs).alias(ours) for ours, theirs in columns.items()]
    numbered = "row_number_" if "row_number_" in rows.columns else "row" if "row" in rows.columns else None
    number = duckdb.ColumnExpression(numbered).cast("BIGINT") if numbered else duckdb.SQLExpression("row_number() OVER ()")
    picked = rows.select(*chosen, number.alias("row"))
    return Raw(picked, dict(zip(picked.columns, map(str, picked.types))))


def text(name: str, kind: str, strip: bool) -> duckdb.Expression:
    """One of our columns as text, blank cells missing."""
    words = f'CAST("{name}" AS VARCHAR)'
    return duckdb.SQLExpression(f"nullif(trim({words}), '')" if strip and kind == TEXT else words).alias(name)


def clock(name: str, kind: str) -> tuple[duckdb.Expression, duckdb.Expression] | None:
    """A column of times as two of whole microseconds: instants where the times have an offset or zone, the local clock's where not; None for no times."""
    micro = f'epoch_us("{name}")'
    if "TIME ZONE" in kind:
        return duckdb.SQLExpression(micro), duckdb.SQLExpression("NULL::BIGINT")
    if kind.startswith("TIMESTAMP") or kind == "DATE":
        return duckdb.SQLExpression("NULL::BIGINT"), duckdb.SQLExpression(f'epoch_us(CAST("{name}" AS TIMESTAMP))')
    if kind != TEXT:
        return None
    words, offset = f"replace(trim(\"{name}\"), '/', '-')", f"regexp_matches(trim(\"{name}\"), '{OFFSET}')"
    with_offset = f"CASE WHEN {offset} THEN epoch_us(TRY_CAST({words} AS TIMESTAMPTZ)) END"
    without = f"CASE WHEN NOT {offset} THEN epoch_us(TRY_CAST({words} AS TIMESTAMP)) END"
    return duckdb.SQLExpression(with_offset), duckdb.SQLExpression(without)
