"""Logs on Spark: a session on the machine or on a cluster, and the same casts as in DuckDB."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.intake.engine.sources import Raw
from helpers.intake.refusal import Refusal

OFFSET = r"(Z|[+-]\\d{2}:?\\d{2})$"
FILE = 2**40


def session(master: str = "local[2]", more: Mapping[str, str] | None = None) -> Any:
    """A Spark session in UTC ("local[2]": two threads of this machine; "spark://host:7077": a cluster); more: further settings.

    Raises Refusal where Spark or Java isn't there.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Refusal("Spark isn't installed", master, "install it with `make spark`; it needs Java") from error
    settings = {"spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false", "spark.sql.ansi.enabled": "true"}
    if master.startswith("local"):
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


def named(rows: Any, columns: Mapping[str, str]) -> Raw:
    """These columns (ours -> the source's) under our names, and the number of each row as `row`."""
    from pyspark.sql import functions as F

    quoted = {ours: "`" + theirs.replace("`", "``") + "`" for ours, theirs in columns.items()}
    numbered = next((name for name in ("row_number_", "row") if name in rows.columns), None)
    number = F.col(numbered).cast("bigint") if numbered else F.monotonically_increasing_id()
    picked = rows.select(*(F.col(theirs).alias(ours) for ours, theirs in quoted.items()), number.alias("row"))
    return Raw(picked, dict(picked.dtypes))


def text(name: str, kind: str, strip: bool) -> Any:
    """One of our columns as text, blank cells missing."""
    from pyspark.sql import functions as F

    return F.expr(f"nullif(trim(`{name}`), '')" if strip and kind == "string" else f"cast(`{name}` as string)").alias(name)


def clock(name: str, kind: str) -> tuple[Any, Any] | None:
    """A column of times as two of whole microseconds: instants where the times have an offset or zone, the local clock's where not; None for no times."""
    from pyspark.sql import functions as F

    nothing = F.expr("cast(null as bigint)")
    if kind == "timestamp":
        return F.expr(f"unix_micros(`{name}`)"), nothing
    if kind in ("timestamp_ntz", "date"):
        return nothing, F.expr(f"unix_micros(cast(cast(`{name}` as timestamp_ntz) as timestamp))")  # the session is in UTC
    if kind != "string":
        return None
    words, offset = f"replace(trim(`{name}`), '/', '-')", f"regexp_like(trim(`{name}`), '{OFFSET}')"
    parsed = f"unix_micros(try_cast({words} as timestamp))"
    return F.expr(f"case when {offset} then {parsed} end"), F.expr(f"case when not {offset} then {parsed} end")
