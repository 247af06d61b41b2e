"""Files scanned by DuckDB: never loaded whole, within a memory limit, spilling into a folder of its own."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.intake.engine.connection import QUOTE, Rows, in_words, is_short, measured, memory_of, new_file
from helpers.intake.engine.laying import ROWS, laid_down
from helpers.intake.engine.sources import FAST_TIME, FILE, OFFSET, STRIPPED, Raw
from helpers.intake.reading.table import Options
from helpers.intake.reading.text.large import LargeText
from helpers.intake.reading.typed.canonical import WHOLE
from helpers.intake.refusal import Refusal

TEXT, BATCH = "VARCHAR", 100_000
GROUPS = 10  # row groups are large if fewer fit into memory


@in_words()
def scanned(files: list[Path], within: duckdb.DuckDBPyConnection, options: Options = Options(), wanted: Collection[str] = ()) -> tuple[Rows, tuple[str, ...]]:
    """The rows of these files under their own column names, and `row_number_`, in order of the files and the rows in them; and what was assumed.

    options, wanted: how text is to be read, and columns that a mapping names. Raises Refusal as the readers do.
    """
    if files[0].suffix.lower() == ".parquet":
        rows = measured(_parquet(files, within, f"(file_index * {FILE} + file_row_number)::BIGINT + 1 AS row_number_", "*"))
        large = is_short(rows) and _largest_group(files) > memory_of(rows) / GROUPS
        return settled(rows) if large else rows, ("Parquet: rows in the file's order, numbered from 1",)
    texts = [LargeText(file, wanted, options) for file in files]
    laid = {new_file(within.sql("SELECT 1")): text for text in texts}
    notes = [laid_down(text, file, within) for file, text in laid.items()]
    rows = _parquet(list(laid), within, f"(file_index * {FILE} + row_number_)::BIGINT AS row_number_", "* EXCLUDE (row_number_)")
    return measured(rows), tuple(dict.fromkeys(note for said in notes for note in said))


def _parquet(files: list[Path], within: duckdb.DuckDBPyConnection, number: str, columns: str) -> Rows:
    try:
        return within.read_parquet([as_named(file) for file in files], union_by_name=True).project(f"{columns}, {number}")
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise Refusal("the Parquet file is damaged or cut off", files[0].name, "copy or export it again") from error


def _largest_group(files: list[Path]) -> int:
    """The bytes of the largest row group of these files: whoever scans one holds much of it, so that little is left for work on it."""
    read = [pq.read_metadata(file) for file in files]
    return max((found.row_group(place).total_byte_size for found in read for place in range(found.num_row_groups)), default=0)


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def named(rows: Rows, columns: Mapping[str, str]) -> Raw:
    """These columns (ours -> the source's) under our names, and the number of each row as `row`."""
    chosen = [duckdb.ColumnExpression(theirs).alias(ours) for ours, theirs in columns.items()]
    numbered = "row_number_" if "row_number_" in rows.columns else "row" if "row" in rows.columns else None
    number = duckdb.ColumnExpression(numbered).cast("BIGINT") if numbered else duckdb.SQLExpression("row_number() OVER ()")
    picked = rows.select(*chosen, number.alias("row"))
    return Raw(picked, dict(zip(picked.columns, map(str, picked.types))))


def text(name: str, kind: str, strip: bool = False) -> duckdb.Expression:
    """A column as text, blank cells missing, in the form in which smaller sources are read; strip: without the spaces around it."""
    words = f"nullif({_words(quoted(name), kind)}, '')"
    return duckdb.SQLExpression(f"nullif(trim({words}, '{STRIPPED}'), '')" if strip else words).alias(name)


def _words(column: str, kind: str) -> str:
    if kind in ("DOUBLE", "FLOAT"):
        exact = f"CAST({column} AS DOUBLE)"
        whole = f"{exact} = trunc({exact}) AND abs({exact}) < {WHOLE}"
        return f"CASE WHEN NOT isnan({exact}) THEN CASE WHEN {whole} THEN CAST(CAST({exact} AS BIGINT) AS VARCHAR) ELSE CAST({exact} AS VARCHAR) END END"
    return f"CAST({column} AS VARCHAR)"


def odd(name: str) -> duckdb.Expression:
    """Whether a cell of a column of text begins or ends with a space of any kind."""
    wide = "".join(each for each in STRIPPED if ord(each) > 127)
    ends = [(f"ascii({end})", end) for end in (f"left({quoted(name)}, 1)", f"right({quoted(name)}, 1)")]
    # no IN (...): of a list that long DuckDB makes a join, which takes memory for every column
    spaces = [f"{code} <= 32 OR ({code} > 127 AND contains('{wide}', {end}))" for code, end in ends]
    return duckdb.SQLExpression(f"({' OR '.join(spaces)})").alias(f"{name} odd")


def clock(name: str, kind: str) -> tuple[duckdb.Expression, duckdb.Expression, duckdb.Expression]:
    """A column of times as two of whole microseconds, instants where the times have an offset or zone, the local clock's where not; and as text.

    Both are missing where the text is not written year first in numbers, and where it is no time. What has a type of time has no text.
    """
    column, nothing = quoted(name), "NULL::BIGINT"
    if "TIME ZONE" in kind:
        sides = f"epoch_us({column})", nothing, "NULL::VARCHAR"
    elif kind.startswith("TIMESTAMP") or kind == "DATE":
        sides = nothing, f"epoch_us(CAST({column} AS TIMESTAMP))", "NULL::VARCHAR"
    else:
        words = _words(column, kind)
        plain, offset = f"regexp_full_match({words}, '{FAST_TIME}')", f"regexp_matches({words}, '{OFFSET}')"
        with_offset = f"CASE WHEN {plain} AND {offset} THEN epoch_us(TRY_CAST({words} AS TIMESTAMPTZ)) END"
        without = f"CASE WHEN {plain} AND NOT {offset} THEN epoch_us(TRY_CAST({words} AS TIMESTAMP)) END"
        sides = with_offset, without, f"nullif({words}, '')"
    return tuple(duckdb.SQLExpression(side) for side in sides)


def is_utc(kind: str) -> bool:
    """Whether a kind of column holds moments."""
    return "TIME ZONE" in kind


def pieces(rows: Rows) -> Iterator[pa.RecordBatch]:
    """The rows of a result, some at a time."""
    with in_words():
        yield from rows.to_arrow_reader(BATCH)


def is_text(kind: str) -> bool:
    """Whether a kind of column holds text."""
    return kind == TEXT


def settled(rows: Rows) -> Rows:
    """The same rows worked out once, in a file that is scanned instead."""
    file = new_file(rows)
    rows.write_parquet(str(file), row_group_size=ROWS)
    return scan_beside(rows, file)


@in_words()
def rewritten(rows: Rows, change: Callable[[pa.Table], pa.Table]) -> Rows:
    """The same rows changed some at a time, in a file that is scanned instead."""
    file, writer = new_file(rows), None
    for batch in pieces(rows):
        changed = change(pa.Table.from_batches([batch]))
        writer = writer or pq.ParquetWriter(file, changed.schema)
        writer.write_table(changed, row_group_size=ROWS)
    writer.close()
    return scan_beside(rows, file)


def scan_beside(rows: Rows, path: Path, pattern: str = "") -> Rows:
    """A Parquet file, or those of a folder whose names match, scanned by the DuckDB that holds these rows, so that both can be joined and stay within its limits."""
    files = f"{as_named(path)}/{pattern}" if pattern else as_named(path)
    return rows.query("unused", "FROM read_parquet('{}', hive_partitioning = false)".format(files.replace(QUOTE, 2 * QUOTE)))


def as_named(path: Path) -> str:
    """A path in which no sign stands for other names, as [, * and ? do to DuckDB."""
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def hashed(rows: Rows, columns: Collection[str]) -> Rows:
    """A number per row that stands for all it holds in these columns; and `row`."""
    number = f"(hash({', '.join(map(quoted, columns))})::HUGEINT - {2**63})::BIGINT"  # all its 64 bits, in a type that every engine has
    return rows.select(duckdb.SQLExpression(number).alias("hash"), duckdb.ColumnExpression("row"))
