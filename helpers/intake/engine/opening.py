"""A log of any size opened: columns chosen and cast by the case's dictionary within the engine, and its flaws counted there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.typed import SetAside, all_there
from helpers.intake.dictionary import Column
from helpers.intake.engine import duck, spark
from helpers.intake.engine.casting import OTHER, Cast, cast
from helpers.intake.engine.connection import connection, measured
from helpers.intake.engine.frames import Frame, fetched, small
from helpers.intake.engine.repeats import duplicates, without_repeats
from helpers.intake.engine.sources import FILE, Raw, files_of, is_spark, on_spark
from helpers.intake.engine.unusable import first_rows, without_unusable
from helpers.intake.reading.naming import Columns
from helpers.intake.reading.table import Options, Table
from helpers.intake.reading.typed.arrow import as_text
from helpers.intake.refusal import Refusal

HEAD = 2000


@dataclass(frozen=True)
class Opened:
    """A log in its engine.

    frame: rows that can be used, with row, the columns that the dictionary knows and the source has (times as moments, all else text), and those that
    it doesn't know (as text, `+` before their names). table: its first rows, as a smaller one is read, and what was assumed. rows: read, those
    without any cell left out; duplicates: of them; blanks: missing cells per column; set_aside: rows left out; recurring: ids with other content;
    utc: columns of times that are written in UTC.
    """

    frame: Frame
    table: Table
    rows: int
    duplicates: int
    blanks: dict[str, int]
    set_aside: tuple[SetAside, ...]
    recurring: int
    notes: tuple[str, ...]
    found: "Found"
    utc: frozenset[str] = frozenset()

    @property
    def source(self) -> str:
        """What messages call it."""
        return self.table.name

    @property
    def held_by(self) -> str:
        """Its engine's name."""
        return "DuckDB" if self.found.engine is duck else "Spark"

    def first_rows(self, rows: Frame) -> tuple[int, ...]:
        """The first of these rows, as many as are ever named; none in a folder of files, where a number names no row."""
        return () if len(self.found.files) > 1 else first_rows(rows)


@dataclass(frozen=True)
class Found:
    """A source as it was found: what it is called, its rows under their own names, the module that speaks to its engine, and what was assumed."""

    name: str
    rows: Any
    engine: Any
    notes: tuple[str, ...] = ()
    files: tuple[Path, ...] = field(default=())

    def head(self, rows: int = HEAD) -> Columns:
        """The first rows as a smaller source would be read."""
        numbered = "row_number_" in self.rows.columns
        first = nw.from_native(self.rows)
        first = first.filter(nw.col("row_number_") <= rows).sort("row_number_") if numbered else first.head(rows)
        table = fetched(first)
        columns = as_text(table.drop(["row_number_"]) if numbered else table, self.name)
        if numbered:
            columns.frame.index = pd.Index(table["row_number_"].to_pandas().to_numpy()[columns.frame.index - 1], name="row")
        return columns

    def place(self, row: int, column: str) -> str:
        """Where a cell is, in words."""
        number = (row - 1) % FILE + 1
        name = self.files[(row - 1) // FILE].name if len(self.files) > 1 else self.name
        return f"{name}, row {number}, column '{column}'"

    @cached_property
    def in_utc(self) -> frozenset[str]:
        """Columns whose times are kept as moments of UTC, and of no other zone."""
        raw = self.engine.named(self.rows, {name: name for name in self.rows.columns if name != "row_number_"})
        moments = {name for name, kind in raw.kinds.items() if self.engine.is_utc(kind)}
        if not self.files or self.files[0].suffix.lower() != ".parquet":
            return frozenset(moments)
        kinds = {each.name: each.type for each in pq.read_schema(self.files[0])}
        return frozenset(name for name in moments if pa.types.is_timestamp(kinds.get(name)) and kinds[name].tz in ("UTC", "Z", "+00:00"))


def find(source: Any, memory: str = "", options: Options = Options(), wanted: Collection[str] = ()) -> Found:
    """The rows of a file, folder or pattern of Parquet, CSV or TSV files, of a DuckDB relation, of a Spark frame, or of "spark://host:7077#folder".

    memory: DuckDB's limit. options, wanted: how text is to be read, and columns that a mapping names. Raises Refusal where there is nothing that
    can be scanned, and as the readers do.
    """
    kind = type(source).__module__.split(".")[0]
    if kind in ("duckdb", "_duckdb"):
        return Found("a DuckDB table", measured(source), duck)
    if kind == "pyspark":
        return Found("a Spark table", source, spark)
    if is_spark(source):
        master, folder = on_spark(source)
        return Found(Path(folder).name, spark.scanned(folder, spark.session(master)), spark)
    files = files_of(source)
    rows, notes = duck.scanned(files, connection(memory), options, wanted)
    return Found(Path(source).name, rows, duck, notes, tuple(files))


def open_source(found: Found, table: Table, known: Mapping[str, Column], conventions: Conventions = Conventions()) -> Opened:
    """A source under our names and types.

    table: its first rows under our names; known: the dictionary's columns. Raises Refusal as `typed` does: where a required column is missing, a
    column doesn't tell how it is written, or more than a few rows can't be used.
    """
    all_there(table, known)
    columns = {name if name in known else OTHER + name: table.mapping.get(name, name) for name in (*known, *table.frame.columns) if name in table.frame.columns}
    raw = found.engine.named(found.rows, columns)
    places = {name: lambda row, theirs=theirs: found.place(row, theirs) for name, theirs in columns.items()}
    got = _filled(cast(raw, known, found.engine, conventions, places), raw, columns)
    asked = {name: int(count) for name, count in got.asked.items()}
    kept, aside = without_unusable(got.frame, asked, known, places, len(found.files) > 1)
    twice = duplicates(raw, found.engine, columns)
    kept, repeats, recurring = without_repeats(kept, raw, found.engine, columns, twice) if "id" in columns else (kept, (), 0)
    blanks = {name: asked[f"{ours} missing"] for name in table.frame.columns if asked[f"{(ours := name if name in known else OTHER + name)} missing"]}
    utc = frozenset(ours for ours, theirs in columns.items() if theirs in found.in_utc)
    return Opened(kept, table, asked["rows"], twice, blanks, (*aside, *repeats), recurring, got.notes, found, utc)


def _filled(got: Cast, raw: Raw, columns: Mapping[str, str]) -> Cast:
    """The same without rows that hold nothing at all, which no smaller source counts either. Raises Refusal where there are no others."""
    empty = 0
    if all(got.asked[f"{name} missing"] for name in columns):
        holds = nw.any_horizontal(*(~nw.col(f"{name} text" if f"{name} text" in got.frame.collect_schema().names() else name).is_null() | ~nw.col(name).is_null() for name in columns), ignore_nulls=True)
        empty = int(got.asked["rows"]) - int(small(got.frame.select(holds.cast(nw.Int64).sum().alias("rows")))["rows"].fillna(0).iloc[0])
        got = Cast(got.frame.filter(holds), got.asked, got.notes) if empty else got
    if got.asked["rows"] <= empty:
        raise Refusal("there is no row in it", "log", "check the export that wrote it")
    counts = [name for name in got.asked.index if name == "rows" or name.endswith((" blank", " missing"))]
    asked = got.asked.copy()
    asked[counts] -= empty
    return Cast(got.frame, asked, got.notes)
