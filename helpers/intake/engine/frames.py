"""What every computation on a log needs of whatever holds it: small results as pandas frames, in-between results worked out once.

Computations are written against Narwhals. A pandas frame answers at once; a DuckDB relation or Spark frame only describes a result
until it is asked for.
"""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext

import narwhals as nw
import pandas as pd
import pyarrow as pa
from narwhals.typing import IntoFrame

Frame = nw.DataFrame | nw.LazyFrame


def frame_of(native: IntoFrame | Frame) -> Frame:
    """Whatever holds a table, as Narwhals sees it."""
    return nw.from_native(native, pass_through=False) if not isinstance(native, (nw.DataFrame, nw.LazyFrame)) else native


def small(frame: Frame, *order: str) -> pd.DataFrame:
    """A small result as a pandas frame, in the order of these columns (none: any): whole numbers as int64, words as str, whatever the engine."""
    table = frame.to_pandas() if isinstance(frame, nw.DataFrame) else fetched(_whole_numbers(frame)).to_pandas()
    return table.sort_values(list(order), ignore_index=True) if order else table


def fetched(frame: nw.LazyFrame) -> pa.Table:
    """The rows of an engine, all in memory."""
    with _in_words(frame):
        return frame.collect(backend="pyarrow").to_native()


def _whole_numbers(frame: nw.LazyFrame) -> nw.LazyFrame:
    wide = [name for name, kind in frame.collect_schema().items() if isinstance(kind, (nw.Int128, nw.Decimal, nw.Int32))]  # what sums and divisions become
    return frame.with_columns(nw.col(*wide).cast(nw.Int64)) if wide else frame


def beside(frame: Frame, table: pd.DataFrame) -> Frame:
    """A small table where the frame is, so that the two can be joined."""
    native = frame.to_native()
    if frame.implementation.is_duckdb():
        small_table = pa.Table.from_pandas(table, preserve_index=False)  # found by this name
        return nw.from_native(native.query("unused", "from small_table"))
    if frame.implementation.is_pyspark():
        return nw.from_native(native.sparkSession.createDataFrame(pa.Table.from_pandas(table, preserve_index=False)))
    return nw.from_native(table)


def number_of_rows(frame: Frame) -> int:
    """How many rows a frame has."""
    return int(small(frame.select(nw.len().alias("rows")))["rows"].iloc[0])


def kept(frame: Frame) -> Frame:
    """The same rows worked out once, for several questions: in DuckDB a table beside the scanned files, or another file where memory is short; in Spark
    a frame kept by its executors."""
    native = frame.to_native()
    if frame.implementation.is_duckdb():
        from helpers.intake.engine.parts import laid_aside  # which brings DuckDB, for its rows only

        with _in_words(frame):
            return nw.from_native(laid_aside(native))
    if frame.implementation.is_pyspark():
        return nw.from_native(native.localCheckpoint())
    return frame


def joined(frame: Frame, other: Frame, on: str, how: str = "left") -> Frame:
    """The rows joined with those of a table that may be large; where DuckDB is short of memory, worked out at once and part by part."""
    if _is_short(frame):
        from helpers.intake.engine import parts

        join = _of_natives(lambda mine, theirs: mine.join(theirs, on=on, how=how))
        with _in_words(frame):
            return nw.from_native(parts.joined(join, on, frame.to_native(), other.to_native()))
    return frame.join(other, on=on, how=how)


def grouped(frame: Frame, by: Collection[str], *aggregates: nw.Expr) -> Frame:
    """What the rows come to by these columns, of whose values there may be many; where DuckDB is short of memory, worked out at once, part by part if need be."""
    if _is_short(frame):
        from helpers.intake.engine import parts

        group = _of_natives(lambda rows: rows.group_by(*by).agg(*aggregates))
        with _in_words(frame):
            return nw.from_native(parts.grouped(group, by, frame.to_native()))
    return frame.group_by(*by).agg(*aggregates)


def _is_short(frame: Frame) -> bool:
    """Whether a frame is held by a DuckDB of little memory."""
    if not frame.implementation.is_duckdb():
        return False
    from helpers.intake.engine.connection import is_short

    return is_short(frame.to_native())


def _in_words(frame: Frame) -> AbstractContextManager:
    """Work on a frame, where what DuckDB lacks is told in words."""
    if not frame.implementation.is_duckdb():
        return nullcontext()
    from helpers.intake.engine.connection import in_words

    return in_words()


def _of_natives(work: Callable[..., Frame]) -> Callable:
    """What works on frames, for their engine's own tables."""
    return lambda *natives: work(*map(nw.from_native, natives)).to_native()


def number_of_kinds(frame: Frame, *columns: str) -> int:
    """How many different rows these columns have (by default all); for the engines, missing is a value like any other."""
    rows = frame.select(*columns) if columns else frame
    return number_of_rows(grouped(rows, rows.collect_schema().names(), nw.len().alias("rows")))
