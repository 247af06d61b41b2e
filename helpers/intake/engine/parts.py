"""What is too much for DuckDB's memory, worked out part by part: rows are laid down in parts by the hash of a column, and what belongs together is in the same part."""

from collections.abc import Callable, Collection
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from helpers.intake.engine.connection import Rows, in_words, is_short, memory_of, new_file
from helpers.intake.engine.duck import quoted, scan_beside, settled
from helpers.intake.engine.laying import ROWS

ORDERED, LOOKED_UP, GROUPED = 500, 400, 150  # bytes of memory for each row that is ordered, in which others are looked up, or that may be a group of its own
PART, WAITING, LEAST = 2_500_000, 75, 2048  # bytes of memory for each part that is being written, and for each cell that waits there for its row group; rows in a row group
_numbers = count(1)  # of tables


def orderable(rows: Rows) -> int:
    """About how many rows can be ordered at a time within the limit of memory of the DuckDB that holds them."""
    return memory_of(rows) // ORDERED


def laid_aside(rows: Rows) -> Rows:
    """The same rows worked out once: in a table, or where memory is short in a file that is scanned instead."""
    if is_short(rows):
        return settled(rows)
    name = f"kept_{next(_numbers)}"
    rows.create(name)
    return rows.query("unused", f"FROM {name}")


def joined(join: Callable[[Rows, Rows], Rows], on: str, rows: Rows, others: Rows) -> Rows:
    """Rows joined with others by `join`, in files that are scanned instead: nothing is looked up in more rows than memory holds."""
    return in_parts(join, (on,), LOOKED_UP, rows, others)


def grouped(group: Callable[[Rows], Rows], by: Collection[str], rows: Rows) -> Rows:
    """Rows grouped by `group`, in files that are scanned instead: at once where DuckDB can, which knows how to do with little memory, else part by part."""
    try:
        return settled(group(rows))
    except duckdb.OutOfMemoryException:
        return in_parts(group, by, GROUPED, rows)


def in_parts(work: Callable[..., Rows], by: Collection[str], each: int, *tables: Rows) -> Rows:
    """What comes of these tables when they are worked on (`work` takes them all) in so many parts that memory holds those of the last table, whose rows
    take so many bytes each. Where the first table has no rows in a part, nothing comes of it."""
    [(many,)] = tables[-1].aggregate("count(*)").fetchall()
    number_of_parts = many // (memory_of(tables[0]) // each) + 1
    done = new_file(tables[0]).with_suffix("")
    done.mkdir()
    with TemporaryDirectory(dir=done.parent, ignore_cleanup_errors=True) as folder:
        first, *others = [split(rows, by, number_of_parts, Path(folder, str(place))) if number_of_parts > 1 else {0: rows} for place, rows in enumerate(tables)]
        for number, part in first.items():
            theirs = [parts.get(number, rows.limit(0)) for parts, rows in zip(others, tables[1:])]
            work(part, *theirs).write_parquet(str(done / f"{number}.parquet"), row_group_size=ROWS)
    return scan_beside(tables[0], done, "*.parquet") if first else work(*tables)


def split(rows: Rows, by: Collection[str], most_parts: int, folder: Path) -> dict[int, Rows]:
    """The same rows in so many parts at most, laid down in a folder of the DuckDB that holds them, by the hash of columns; parts of the same number belong together in whatever is so split."""
    most = max(memory_of(rows) // PART, 2)
    bucket = duckdb.SQLExpression(f"(hash({', '.join(map(quoted, by))}) % {most_parts})::INT").alias("bucket")
    return _split(rows.select(duckdb.StarExpression(), bucket), range(most_parts), most, folder)


def _split(rows: Rows, buckets: range, most: int, folder: Path) -> dict[int, Rows]:
    """The parts of rows that have a `bucket`, of which at most so many are written at a time: in several steps where there are more."""
    step = -(-len(buckets) // most)
    waiting = memory_of(rows) // (min(len(buckets), most) * len(rows.columns) * WAITING)
    part = duckdb.SQLExpression(f"(bucket - {buckets.start}) // {step}").alias("part")
    rows.select(duckdb.StarExpression(), part).write_parquet(str(folder), partition_by=["part"], row_group_size=min(max(waiting, LEAST), ROWS))
    written = {buckets[int(each.name.split("=")[1]) * step]: scan_beside(rows, each, "*.parquet") for each in sorted(folder.iterdir())}
    if step == 1:
        return {number: part.select(duckdb.StarExpression(exclude=["bucket"])) for number, part in written.items()}
    within = {low: _split(rows, range(low, min(low + step, buckets.stop)), most, folder / str(low)) for low, rows in written.items()}
    return {number: part for parts in within.values() for number, part in parts.items()}


@in_words()
def bucketed(rows: Rows, item: Collection[str], most_parts: int) -> list[Rows]:
    """The same rows in so many parts at most, laid down in a private folder: all rows of an item, which is named by a number, are in the same one."""
    others = [duckdb.ColumnExpression(name) for name in rows.columns if name not in item]
    numbered = rows.select(duckdb.SQLExpression(f"hash({', '.join(map(quoted, item))})").alias("item"), *others)
    return list(split(numbered, ("item",), most_parts, new_file(rows).with_suffix("")).values())
