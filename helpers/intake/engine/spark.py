"""Logs on Spark: a session on the machine or on a cluster, and the same casts as in DuckDB."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from helpers.intake.engine.sources import FAST_TIME, FILE, OFFSET, STRIPPED, Raw
from helpers.intake.reading.typed.canonical import WHOLE
from helpers.intake.refusal import Refusal

BATCH = 100_000


def session(master: str = "local[2]", more: Mapping[str, str] | None = None) -> Any:
    """A Spark session in UTC ("local[2]": two threads of this machine; "spark://host:7077": a cluster); more: further settings.

    Raises Refusal where Spark or Java isn't there.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Refusal("Spark isn't installed", master, "install it with `make spark`; it needs Java") from error
    settings = {"spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false", "spark.sql.ansi.enabled": "true"}
    if master.startswith("local"):  # threads of this machine, or workers on it
        settings |= {"spark.sql.shuffle.partitions": "2", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.master(master).appName("casebook")
    for name, value in (settings | dict(more or {})).items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:  # whatever the JVM or the gateway to it raises
        raise Refusal("no Spark session could be opened", master, "check that Java is installed and the address right") from error


def scanned(folder: str | Path, within: Any) -> Any:
    """The rows of a Parquet folder or file under their own column names, and `row_number_`, in order of the files and the rows in them."""
    from pyspark.sql import functions as F

    rows = within.read.parquet(str(folder)).select("*", F.col("_metadata.file_path").alias("file_"), F.col("_metadata.row_index").alias("index_"))
    files = sorted(each["file_"] for each in rows.select("file_").distinct().collect())
    number = F.array_position(F.lit(files), F.col("file_")).cast("bigint") - 1
    return rows.withColumn("row_number_", number * FILE + F.col("index_") + 1).drop("file_", "index_")


def quoted(name: str) -> str:
    """A name as Spark's SQL has it."""
    return "`" + name.replace("`", "``") + "`"


def named(rows: Any, columns: Mapping[str, str]) -> Raw:
    """These columns (ours -> the source's) under our names, and the number of each row as `row`."""
    from pyspark.sql import functions as F

    numbered = next((name for name in ("row_number_", "row") if name in rows.columns), None)
    number = F.col(numbered).cast("bigint") if numbered else F.monotonically_increasing_id()
    picked = rows.select(*(F.col(quoted(theirs)).alias(ours) for ours, theirs in columns.items()), number.alias("row"))
    return Raw(picked, dict(picked.dtypes))


def text(name: str, kind: str, strip: bool = False) -> Any:
    """A column as text, blank cells missing, in the form in which smaller sources are read; strip: without the spaces around it."""
    from pyspark.sql import functions as F

    words = f"nullif({_words(quoted(name), kind)}, '')"
    return F.expr(f"nullif(trim(BOTH '{_spaces()}' FROM {words}), '')" if strip else words).alias(name)


def _words(column: str, kind: str) -> str:
    if kind in ("double", "float"):
        exact = f"cast({column} as double)"
        whole = f"{exact} = floor({exact}) and abs({exact}) < {WHOLE:g}"
        return f"case when not isnan({exact}) then case when {whole} then cast(cast({exact} as bigint) as string) else cast({exact} as string) end end"
    return f"cast({column} as string)"


def _spaces() -> str:
    return "".join(f"\\u{ord(each):04x}" for each in STRIPPED)


def odd(name: str) -> Any:
    """Whether a cell of a column of text begins or ends with a space of any kind."""
    from pyspark.sql import functions as F

    return F.expr(f"{quoted(name)} != trim(BOTH '{_spaces()}' FROM {quoted(name)})").alias(f"{name} odd")


def clock(name: str, kind: str) -> tuple[Any, Any, Any]:
    """A column of times as two of whole microseconds, instants where the times have an offset or zone, the local clock's where not; and as text.

    Both are missing where the text is not written year first in numbers, and where it is no time. What has a type of time has no text.
    """
    from pyspark.sql import functions as F

    column, nothing, no_text = quoted(name), "cast(null as bigint)", "cast(null as string)"
    if kind == "timestamp":
        sides = f"unix_micros({column})", nothing, no_text
    elif kind in ("timestamp_ntz", "date"):
        sides = nothing, f"unix_micros(cast(cast({column} as timestamp_ntz) as timestamp))", no_text  # the session is in UTC
    else:
        words = _words(column, kind)
        plain, offset = (f"regexp_like({words}, '{form}')" for form in (f"^({FAST_TIME})$".replace("\\", "\\\\"), OFFSET.replace("\\", "\\\\")))
        parsed = f"unix_micros(try_cast(translate({words}, '/', '-') as timestamp))"
        sides = f"case when {plain} and {offset} then {parsed} end", f"case when {plain} and not {offset} then {parsed} end", f"nullif({words}, '')"
    return tuple(F.expr(side) for side in sides)


def is_utc(kind: str) -> bool:
    """Whether a kind of column holds moments."""
    return kind == "timestamp"


def pieces(rows: Any) -> Iterator[pa.RecordBatch]:
    """The rows of a result, some at a time."""
    fields = rows.columns
    batch: list = []
    for row in rows.toLocalIterator():
        batch.append(row)
        if len(batch) == BATCH:
            yield pa.RecordBatch.from_pylist([dict(zip(fields, each)) for each in batch])
            batch = []
    if batch:
        yield pa.RecordBatch.from_pylist([dict(zip(fields, each)) for each in batch])


def is_text(kind: str) -> bool:
    """Whether a kind of column holds text."""
    return kind == "string"


def settled(rows: Any) -> Any:
    """The same rows: Spark's workers read text times at every question, which needs no room of theirs."""
    return rows


def rewritten(rows: Any, change: Callable[[pa.Table], pa.Table]) -> Any:
    """The same rows changed some at a time by Spark's workers, where they lie; the workers need this package."""

    def each(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from change(pa.Table.from_batches([batch])).to_batches()

    return rows.mapInArrow(each, rows.schema).localCheckpoint()


def hashed(rows: Any, columns: Collection[str]) -> Any:
    """A number per row that stands for all it holds in these columns; and `row`."""
    from pyspark.sql import functions as F

    cells = [F.coalesce(F.col(quoted(name)).cast("string"), F.lit("\x01")) for name in columns]
    return rows.select(F.xxhash64(*cells).alias("hash"), "row")
