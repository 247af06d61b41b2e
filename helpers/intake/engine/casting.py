"""Columns cast by the case's dictionary within an engine: what it reads as we do it reads itself, all else goes through our own reading of times."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import pandas as pd
import pyarrow as pa

from helpers.intake.cells.conventions import Conventions, Place
from helpers.intake.cells.times import Told, order_of, times_of
from helpers.intake.cells.typed import stripped
from helpers.intake.dictionary import Column
from helpers.intake.engine.frames import Frame, small
from helpers.intake.engine.moments import changes_between, from_local, timestamp
from helpers.intake.engine.sources import Raw

OTHER = "+"  # before the name of a column that is none of the dictionary's


@dataclass(frozen=True)
class Cast:
    """Rows with their types. frame: all columns: times as moments with, beside each, its text as `... text`; all else text. asked: per column, cells
    that are missing (`... blank`) and that can't be read (`... bad`), and `rows`. notes: what was decided, in words."""

    frame: Frame
    asked: pd.Series
    notes: tuple[str, ...]


def cast(raw: Raw, known: Mapping[str, Column], engine: Any, conventions: Conventions, places: Mapping[str, Place]) -> Cast:
    """The rows under their types. places: our column -> a row's place in it, in words. Raises Refusal where a column doesn't tell day from month."""
    times = [name for name in raw.kinds if name in known and known[name].type == "time"]
    words = [name for name in raw.kinds if name in known and name not in times]
    others = [name for name in raw.kinds if name.startswith(OTHER)]
    clocks = [side.alias(f"{name} {part}") for name in times for side, part in zip(engine.clock(name, raw.kinds[name]), ("instant", "local", "text"))]
    rows = raw.native.select("row", *(engine.text(name, raw.kinds[name]) for name in (*words, *others)), *clocks)
    rows = engine.settled(rows) if any(engine.is_text(raw.kinds[name]) for name in times) else rows
    asked = _asked(rows, words, others, times, engine)
    strip = [name for name in words if asked[f"{name} odd"]]
    frame, told = nw.from_native(_stripped(rows, strip, engine) if strip else rows), {}
    slow = {name: replace(conventions, decimal_mark="point") for name in times if asked[f"{name} slow"]}
    if slow:
        frame, told = _read(frame, slow, engine, places)
    if strip or slow:
        asked = _blanks(frame, strip, list(slow)).combine_first(asked)
    frame, fast = _moments(frame, times, asked, conventions.time_zone)
    notes = tuple(f"{name}: {note}" for name in times for note in (told.get(name, Told()) + fast[name]).notes(conventions.time_zone))
    return Cast(frame, asked, notes)


def _stripped(rows: Any, strip: list[str], engine: Any) -> Any:
    """The rows without spaces around the cells of these columns of text."""
    return rows.select(*(engine.text(name, "text", True) if name in strip else name for name in rows.columns))


def _asked(rows: Any, words: list[str], others: list[str], times: list[str], engine: Any) -> pd.Series:
    """What one scan finds: missing cells, cells between spaces, times that the engine doesn't read, the first and last that a local clock showed."""
    odd = nw.from_native(rows.select("*", *(engine.odd(name) for name in words)))
    asked = [nw.len().alias("rows")]
    asked += [_count(nw.col(name).is_null(), f"{name} {what}") for name in (*words, *others) for what in ("blank", "missing")]
    asked += [_count(nw.col(f"{name} odd").fill_null(False), f"{name} odd") for name in words]
    for name in times:
        local, unread = nw.col(f"{name} local"), nw.col(f"{name} instant").is_null() & nw.col(f"{name} local").is_null()
        no_text = nw.col(f"{name} text").is_null()
        asked += [_count(unread & no_text, f"{name} {what}") for what in ("blank", "missing")] + [_count(unread & ~no_text, f"{name} slow")]
        asked += [local.min().alias(f"{name} first"), local.max().alias(f"{name} last"), _count(~local.is_null(), f"{name} local")]
    found = small(odd.select(*asked)).iloc[0].fillna(0)
    return pd.concat([found, pd.Series({f"{name} bad": 0 for name in times}, dtype=float)])


def _count(which: nw.Expr, name: str) -> nw.Expr:
    return which.cast(nw.Int64).sum().alias(name)


def _read(frame: Frame, slow: Mapping[str, Conventions], engine: Any, places: Mapping[str, Place]) -> tuple[Frame, dict[str, Told]]:
    """The rows with those times read that the engine doesn't read as we do, and what that came to."""
    settled, told = {}, {}
    for name, conventions in slow.items():
        settled[name], order = order_of(_unread(frame, name, engine), conventions, places[name])
        told[name] = Told(order=order)
    seen: dict[str, list[Told]] = {name: [] for name in slow}

    def change(rows: pa.Table) -> pa.Table:
        for name, conventions in settled.items():
            rows, what = _with_times(rows, name, conventions)
            seen[name].append(what)
        return rows

    rows = nw.from_native(engine.rewritten(frame.to_native(), change))
    for name in slow:
        if not seen[name]:  # it was read elsewhere
            seen[name] = [times_of(text, settled[name])[1] for text in _unread(frame, name, engine)]
        told[name] = sum((replace(each, order=()) for each in seen[name]), told[name])
    return rows, told


def _unread(frame: Frame, name: str, engine: Any):
    """The cells of a column of times that the engine didn't read, without the spaces around them, indexed by row, some at a time."""
    unread = nw.col(f"{name} instant").is_null() & nw.col(f"{name} local").is_null() & ~nw.col(f"{name} text").is_null()
    for batch in engine.pieces(frame.filter(unread).select("row", nw.col(f"{name} text").alias("text")).to_native()):
        table = batch.to_pandas().sort_values("row")
        yield stripped(pd.Series(table["text"].to_numpy(), index=table["row"].to_numpy(), dtype="str")).dropna()


def _with_times(rows: pa.Table, name: str, conventions: Conventions) -> tuple[pa.Table, Told]:
    """Rows with the unread times of a column as instants."""
    instant, local, text = (rows[f"{name} {part}"].to_pandas(integer_object_nulls=False) for part in ("instant", "local", "text"))
    unread = instant.isna() & local.isna() & text.notna()
    text = stripped(text.astype("str"))
    values, told = times_of(text[unread], conventions)
    moments = values.dt.tz_localize(None).astype("datetime64[us]")
    filled = pd.array(rows[f"{name} instant"].to_pylist(), dtype="Int64")
    filled[unread.to_numpy()] = pd.array(moments.astype("int64").where(moments.notna().to_numpy(), pd.NA), dtype="Int64") if len(moments) else filled[:0]
    for part, column in (("instant", pa.array(filled, pa.int64(), from_pandas=True)), ("text", pa.array(text, pa.string(), from_pandas=True))):
        rows = rows.set_column(rows.column_names.index(f"{name} {part}"), f"{name} {part}", column)
    return rows, told


def _blanks(frame: Frame, strip: list[str], slow: list[str]) -> pd.Series:
    """Missing cells once spaces are gone and all times are read, and times that can't be read."""
    asked = [_count(nw.col(name).is_null(), f"{name} blank") for name in strip]
    for name in slow:
        unread = nw.col(f"{name} instant").is_null() & nw.col(f"{name} local").is_null()
        asked += [_count(unread & nw.col(f"{name} text").is_null(), f"{name} blank"), _count(unread & ~nw.col(f"{name} text").is_null(), f"{name} bad")]
    return small(frame.select(*asked)).iloc[0].fillna(0)


def _moments(frame: Frame, times: list[str], asked: pd.Series, zone: str) -> tuple[Frame, dict[str, Told]]:
    """The rows with each column of times as moments, and how many were local."""
    moments, told = [], {}
    for name in times:
        first, last, local = asked[f"{name} first"], asked[f"{name} last"], nw.col(f"{name} local")
        told[name] = Told()
        if count := int(asked[f"{name} local"]):
            span = timestamp(first), timestamp(last)
            skipped, twice = changes_between(local, zone, *span)
            doubts = small(frame.select(_count(skipped, "skipped"), _count(twice, "twice"))).iloc[0] if skipped is not None else {"skipped": 0, "twice": 0}
            told[name], local = Told(local=count, skipped=int(doubts["skipped"]), twice=int(doubts["twice"])), from_local(local, zone, *span)
        moments.append(nw.coalesce(nw.col(f"{name} instant"), local).alias(name))
    return frame.with_columns(*moments).drop(*(f"{name} {part}" for name in times for part in ("instant", "local"))), told
