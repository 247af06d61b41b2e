"""Text files laid down as Parquet, cut once and not for every question: by DuckDB where it certainly cuts as our own reader does, else by that."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.intake.reading.text.large import LargeText, decoded_pieces, whole_records
from helpers.intake.reading.text.plain import plain_size
from helpers.intake.refusal import Refusal

ROWS = 20_480  # in a row group: little enough for several columns of several groups within a small limit of memory
HEAD, PIECE, LINE = 1 << 18, 4 << 20, 1 << 18  # bytes: of the beginning, in memory at a time, in the longest line that DuckDB is trusted with


def laid_down(text: LargeText, file: Path, within: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """What was assumed of a text file whose rows are then in `file`: all cells as text under the file's own names, and `row_number_`, the sheet's
    row. Raises Refusal as reading the text does."""
    notes = _by_duckdb(text, file, within)
    return notes if notes is not None else _by_ourselves(text, file)


def _by_duckdb(text: LargeText, file: Path, within: duckdb.DuckDBPyConnection) -> tuple[str, ...] | None:
    """The same by DuckDB; None where it can't be trusted with this text, or finds it odd."""
    head = replace(text, piece=HEAD)
    try:
        names = list(next(iter(head)).columns)
        begin, path = head.begin, str(text.path)
        if head.encoding not in ("utf-8", "utf-8-sig", "ascii") or begin.header.row > 1 or len(names) < 2 or any(sign in path for sign in "*?["):
            return None
        size = plain_size(whole_records(decoded_pieces(text.path, head.encoding, PIECE)), begin.delimiter.encode())
        if size is None or size[1] != size[0] * len(names):
            return None
        _copied(path, begin.delimiter, names, int(begin.header.names), file, within)
    except (Refusal, duckdb.Error):  # our own reader knows the words, and the row
        return None
    return head.notes if pq.read_metadata(file).num_rows == size[0] - begin.header.names else None  # blank rows were left out, or not all was read


def _copied(path: str, delimiter: str, names: list[str], skipped: int, file: Path, within: duckdb.DuckDBPyConnection) -> None:
    """The rows of a plain text file as Parquet, numbered in the file's order, those that hold something."""
    columns = [f"c{place}" for place in range(len(names))]
    typed, source, cells = ", ".join(f"'{name}': 'VARCHAR'" for name in columns), path.replace("'", "''"), ", ".join(columns)
    form = f"delim = '{delimiter}', quote = '\"', escape = '\"', comment = '', nullstr = '', strict_mode = true, null_padding = false, ignore_errors = false"
    read = f"read_csv('{source}', auto_detect = false, header = false, skip = {skipped}, columns = {{{typed}}}, {form}, max_line_size = {LINE}, buffer_size = {16 * LINE})"
    within.execute("SET preserve_insertion_order = true")  # rows are numbered as they come
    try:
        rows = within.sql(f"SELECT * FROM (SELECT {cells}, row_number() OVER () + {skipped} AS row_number_ FROM {read}) WHERE coalesce({cells}) IS NOT NULL")
        chosen = [duckdb.ColumnExpression(column).alias(name) for column, name in zip(columns, names)]
        rows.select(*chosen, duckdb.ColumnExpression("row_number_")).write_parquet(str(file), row_group_size=ROWS)
    finally:
        within.execute("SET preserve_insertion_order = false")


def _by_ourselves(text: LargeText, file: Path) -> tuple[str, ...]:
    """The same by our own reader."""
    writer = None
    for frame in text:
        rows = pa.table({**{name: pa.array(frame[name], pa.string(), from_pandas=True) for name in frame}, "row_number_": pa.array(frame.index, pa.int64())})
        writer = writer or pq.ParquetWriter(file, rows.schema)
        writer.write_table(rows, row_group_size=ROWS)
    writer.close()
    return text.notes
