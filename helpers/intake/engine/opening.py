"""A log of any size opened: columns chosen and cast by the case's dictionary within the engine, and its flaws counted there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd
import pyarrow.parquet as pq

from helpers.intake.dictionary import Column
from helpers.intake.engine import duck, spark
from helpers.intake.engine.frames import Frame, small
from helpers.intake.engine.moments import from_local, timestamp
from helpers.intake.engine.sample import drawn
from helpers.intake.engine.sources import Raw, files_of, is_spark, on_spark
from helpers.intake.refusal import Refusal

SAMPLE_KEY = "whole cases, whole people"


@dataclass(frozen=True)
class Opened:
    """A log in its engine.

    frame: the columns that the dictionary knows and the source has (times as moments, all else text) and row; rows without a required cell are
    left out. source: its name. rows: read; blanks: missing cells per column; unusable: rows left out, per required column that they lack.
    """

    frame: Frame
    source: str
    rows: int
    blanks: dict[str, int]
    unusable: dict[str, int]
    held_by: str


@dataclass(frozen=True)
class Found:
    """A source as it was found: what it is called, its rows under their own names, and the module that speaks to its engine."""

    name: str
    rows: Any
    engine: Any

    def head(self, rows: int = 2000) -> pd.DataFrame:
        """The first rows, all text, to tell the columns by."""
        names = [name for name in self.rows.columns if name != "row_number_"]
        head = small(nw.from_native(self.engine.named(self.rows.limit(rows), {name: name for name in names}).native).drop("row"))
        return head.astype("str").where(head.notna())

    def sample(self, column: str, share: float, file: Path) -> Path:
        """The rows of about this share of a column's values, written to a Parquet file as they are."""
        rows = drawn(nw.from_native(self.rows), column, share, SAMPLE_KEY)
        order = [name for name in ("row_number_",) if name in self.rows.columns]
        pq.write_table((rows.sort(*order) if order else rows).drop(*order, strict=False).collect(backend="pyarrow").to_native(), file)
        return file


def find(source: Any, memory: str = "") -> Found:
    """The rows of a file, folder or pattern of Parquet, CSV or TSV files, of a DuckDB relation, of a Spark frame, or of "spark://host:7077#folder".

    memory: DuckDB's limit. Raises Refusal where there is nothing that can be scanned.
    """
    kind = type(source).__module__.split(".")[0]
    if kind in ("duckdb", "_duckdb"):
        return Found("a DuckDB table", source, duck)
    if kind == "pyspark":
        return Found("a Spark table", source, spark)
    if is_spark(source):
        master, folder = on_spark(source)
        return Found(Path(folder).name, spark.scanned(folder, spark.session(master)), spark)
    return Found(Path(source).name, duck.scanned(files_of(source), duck.connection(memory)), duck)


def open_source(found: Found, known: Mapping[str, Column], mapping: Mapping[str, str], time_zone: str) -> Opened:
    """A source under our names and types.

    known: the dictionary's columns; mapping: our column -> the source's, where the names differ; time_zone: of times without an offset.
    Raises Refusal where a column is missing, a cell is no time, or every row lacks a required cell.
    """
    name, engine = found.name, found.engine
    raw = engine.named(found.rows, _columns(list(found.rows.columns), known, mapping, name))
    frame, flaws = _cast(raw, known, engine, time_zone, name)
    return _checked(frame, known, flaws, name, "DuckDB" if engine is duck else "Spark")


def _columns(there: list[str], known: Mapping[str, Column], mapping: Mapping[str, str], name: str) -> dict[str, str]:
    """Our columns -> the source's, mapped or of the same name."""
    missing = [(ours, theirs) for ours, theirs in mapping.items() if theirs not in there]
    if missing:
        raise Refusal(f"there is no column '{missing[0][1]}' (mapped to {missing[0][0]})", name, f"the source has: {', '.join(there)}")
    chosen = {ours: mapping.get(ours, ours) for ours in known if mapping.get(ours, ours) in there}
    lost = [column for ours, column in known.items() if column.required and ours not in chosen]
    if lost:
        raise Refusal(f"there is no column for '{lost[0].name}' ({lost[0].meaning})", name, f"map one of: {', '.join(there)}")
    return chosen


def _is_text(kind: str) -> bool:
    return kind.lower() in ("varchar", "string")


def _cast(raw: Raw, known: Mapping[str, Column], engine: Any, zone: str, name: str) -> tuple[Frame, pd.Series]:
    """The rows with text as text and times as moments; and what one scan found in them."""
    times = [column for column in raw.kinds if column != "row" and known[column].type == "time"]
    clocks = {column: engine.clock(column, raw.kinds[column]) for column in times}
    wrong = [column for column, pair in clocks.items() if pair is None]
    if wrong:
        raise Refusal(f"column '{wrong[0]}' holds {raw.kinds[wrong[0]].lower()}, no times", name, "map a column of times")
    pairs = [side.alias(f"{column} {which}") for column, pair in clocks.items() for side, which in zip(pair, ("instant", "local"))]
    words = [column for column in raw.kinds if column not in times and column != "row"]
    rows = nw.from_native(raw.native.select("row", *(engine.text(column, raw.kinds[column], False) for column in words), *times, *pairs))
    found = small(rows.select(nw.len().alias("rows"), *_asked_of_words(words), *_asked_of_times(times, raw.kinds))).iloc[0].fillna(0)
    strip = [column for column in words if found[f"{column} odd"]]
    if strip:
        kinds = {column: engine.text(column, "VARCHAR" if column in strip else "", column in strip) for column in words}
        rows = nw.from_native(raw.native.select("row", *kinds.values(), *times, *pairs))
        blanks = small(rows.select(*(nw.col(column).is_null().cast(nw.Int64).sum().alias(f"{column} blank") for column in strip))).iloc[0]
        found = blanks.combine_first(found)
    odd = [column for column in times if found[f"{column} odd"]]
    if odd:
        raise Refusal(f"{int(found[f'{odd[0]} odd']):,} cells of '{odd[0]}' are no times", name, "write times year first, as in 2026-03-31 14:05")
    return _moments(rows, times, found, zone), found


def _asked_of_words(words: list[str]) -> list[nw.Expr]:
    """Per column of text: missing cells, and cells that are empty or begin or end with a blank."""
    asked = []
    for column in map(nw.col, words):
        odd = (column == "") | column.str.starts_with(" ") | column.str.ends_with(" ")
        asked += [column.is_null().cast(nw.Int64).sum().name.suffix(" blank"), odd.cast(nw.Int64).sum().name.suffix(" odd")]
    return asked


def _asked_of_times(times: list[str], kinds: Mapping[str, str]) -> list[nw.Expr]:
    """Per column of times: missing cells, cells that are no time, and the first and last time that the local clock showed."""
    asked = []
    for column in times:
        local, nothing = nw.col(f"{column} local"), nw.col(f"{column} instant").is_null() & nw.col(f"{column} local").is_null()
        filled = nw.col(column).str.strip_chars() != "" if _is_text(kinds[column]) else ~nw.col(column).is_null()
        asked += [nothing.cast(nw.Int64).sum().alias(f"{column} blank"), (nothing & filled).cast(nw.Int64).sum().alias(f"{column} odd")]
        asked += [local.min().alias(f"{column} first"), local.max().alias(f"{column} last")]
    return asked


def _moments(rows: Frame, times: list[str], found: pd.Series, zone: str) -> Frame:
    """The rows with each column of times as moments."""
    moments = []
    for column in times:
        first, last, local = found[f"{column} first"], found[f"{column} last"], nw.col(f"{column} local")
        of_zone = from_local(local, zone, timestamp(first), timestamp(last)) if last else local
        moments.append(nw.coalesce(nw.col(f"{column} instant"), of_zone).alias(column))
    return rows.with_columns(*moments).drop(*(f"{column} {part}" for column in times for part in ("instant", "local")))


def _checked(frame: Frame, known: Mapping[str, Column], found: pd.Series, name: str, held_by: str) -> Opened:
    """The rows that have all that is required, with the number of those that haven't, and of blanks."""
    rows, columns = int(found["rows"]), [column for column in frame.collect_schema().names() if column != "row"]
    blank = {column: int(found[f"{column} blank"]) for column in columns if found[f"{column} blank"]}
    unusable = {column: count for column, count in blank.items() if known[column].required}
    if not rows or rows in unusable.values():
        raise Refusal("there is no row in it" if not rows else f"no row has anything for {next(iter(unusable))}", name, "check the export that wrote it")
    kept = frame.filter(*(~nw.col(column).is_null() for column in unusable)) if unusable else frame
    return Opened(kept, name, rows, blank, unusable, held_by)
