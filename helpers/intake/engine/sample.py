"""A sample of whole clusters: whoever is drawn is there with all rows, by a keyed hash, so that the same key draws the same."""

from collections.abc import Collection
from pathlib import Path

import duckdb
import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.intake.engine.casting import OTHER
from helpers.intake.engine.frames import Frame, fetched, grouped, joined

DIGITS = 12  # of the hash, in base 16


def drawn(frame: Frame, column: str, share: float, key: str) -> Frame:
    """The rows of about this share of a column's values, those whose hash with the key is small enough; rows without a value are left out."""
    known = frame.filter(~nw.col(column).is_null())
    if share >= 1:
        return known
    limit = format(int(share * 16**DIGITS), f"0{DIGITS}x")
    chosen = _hashed(grouped(known.select(column), [column], nw.len().alias("rows")).select(column), column, key).filter(nw.col("hash") < limit).select(column)
    return joined(known, chosen, column, "semi")


def written(rows: Frame, moments: Collection[str], file: Path) -> Path:
    """The rows, in order, as a Parquet file of types: moments as times in UTC, the dictionary's columns and the others by their own names."""
    names = [name for name in rows.collect_schema().names() if not name.endswith(" text")]
    table = fetched(rows.select(names).sort("row").drop("row"))
    columns = {}
    for name in table.column_names:
        columns.setdefault(name.removeprefix(OTHER), table[name].cast(pa.timestamp("us", tz="UTC")) if name in moments else table[name])
    pq.write_table(pa.table(columns), file)
    return file


def _hashed(values: Frame, column: str, key: str) -> Frame:
    """The values with the first digits of the MD5 of key and value, which DuckDB and Spark reckon alike."""
    native = values.to_native()
    if values.implementation.is_duckdb():
        salted = duckdb.FunctionExpression("concat", duckdb.ConstantExpression(key), duckdb.ColumnExpression(column).cast("VARCHAR"))
        digits = duckdb.FunctionExpression("left", duckdb.FunctionExpression("md5", salted), duckdb.ConstantExpression(DIGITS))
        return nw.from_native(native.select(duckdb.ColumnExpression(column), digits.alias("hash")))
    from pyspark.sql import functions as F

    quoted = F.col("`" + column.replace("`", "``") + "`")
    return nw.from_native(native.withColumn("hash", F.left(F.md5(F.concat(F.lit(key), quoted.cast("string"))), F.lit(DIGITS))))
