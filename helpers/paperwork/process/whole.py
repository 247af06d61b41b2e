"""All rows of a log too large to be loaded: their traces, and what else is counted over every one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import narwhals as nw
import numpy as np
import pandas as pd

from helpers.intake.engine.frames import Frame, number_of_kinds, number_of_rows, small
from helpers.intake.engine.moments import seconds_since
from helpers.intake.engine.sequences import FIRST_LETTER, in_buckets, lettered, spelled
from helpers.paperwork.process.traces import Traces


@dataclass(frozen=True)
class Whole:
    """A log in its engine: rows with case, step, moment (of the start, of the end where there is none), row and, where the log has them,
    document, resource, start and end (moments). item: the columns that name one piece of paper. sample: of the cases, which share is in memory."""

    rows: Frame
    item: tuple[str, ...]
    sample: float = 1.0

    @cached_property
    def parts(self) -> "Parts":
        """Its rows in parts."""
        return parts_of(self.rows, list(self.item))

    @cached_property
    def by_case(self) -> tuple[Frame, ...]:
        """Its rows in parts, all of a case in the same one: case (by its name, or a number), step, row and, where the log has them, document and resource."""
        others = [name for name in ("document", "step", "resource", "row") if name in self.rows.collect_schema().names()]
        frames, [case] = in_buckets(self.rows.select("case", *others), ["case"])
        return tuple(frame.select(nw.col(case).alias("case"), *others) for frame in frames)

    @cached_property
    def traces(self) -> Traces:
        """Its different traces, each with how many items went that way."""
        return spelled_traces(self.parts)

    @cached_property
    def handlings(self) -> int:
        """How many rows it has."""
        return number_of_rows(self.rows)

    @cached_property
    def cases(self) -> int:
        """How many cases it has."""
        return number_of_kinds(self.rows, "case")

    @cached_property
    def steps(self) -> int:
        """How many different steps it has."""
        return number_of_kinds(self.rows, "step")

    @cached_property
    def hours(self) -> pd.DataFrame:
        """The time between steps (see `clock_hours_between`)."""
        return clock_hours_between(self.parts)


@dataclass(frozen=True)
class Parts:
    """Rows of items in parts, all of an item in the same one: item, letter, moment, row, begins, ends. labels: what the letters stand for."""

    frames: tuple[Frame, ...]
    item: list[str]
    labels: tuple[str, ...]

    def each(self, question: Callable[[Frame, list[str]], Frame], *by: str) -> pd.DataFrame:
        """The sums of a question's small answers over all parts, by these columns."""
        answers = pd.concat([small(question(frame, self.item)) for frame in self.frames], ignore_index=True)
        return answers.groupby(list(by), as_index=False, sort=True).sum()


def parts_of(rows: Frame, item: list[str], by: str = "step") -> Parts:
    """These rows in parts; a step begins and ends at its start and end, or at its one time in a log with one time a row."""
    there = rows.collect_schema().names()
    begin, end = (nw.col("start"), nw.col("end")) if {"start", "end"} <= set(there) else (nw.col("moment"), nw.col("moment"))
    needed, labels = lettered(rows.select(*item, by, "moment", "row", begin.alias("begins"), end.alias("ends")), item, by)
    frames, item = in_buckets(needed, item)
    return Parts(frames, item, tuple(labels))


def spelled_traces(parts: Parts) -> Traces:
    """The different traces of these rows, in order of their letters, each standing for as many items as went that way."""
    ways = parts.each(lambda frame, item: spelled(frame, item).group_by("word").agg(nw.len().alias("items")), "word")
    lengths = ways["word"].str.len().to_numpy(dtype=np.int64)
    letters = np.frombuffer("".join(ways["word"]).encode("utf-32-le"), dtype=np.uint32)
    steps = letters.astype(np.int64) - FIRST_LETTER
    return Traces(steps, np.cumsum(lengths) - lengths, np.arange(len(steps)), parts.labels, ways["items"].to_numpy(dtype=np.int64))


def clock_hours_between(parts: Parts) -> pd.DataFrame:
    """Clock time from the end of one step to the start of the next of the same item: source, target, moves (whose times are known), hours in all.

    From time to time in a log with one time a row. Summed in whole seconds: microseconds over a large log would outgrow 64 bits.
    """
    table = parts.each(_moves, "source", "target")
    names = {chr(FIRST_LETTER + number): label for number, label in enumerate(parts.labels)}
    table = table.assign(source=table["source"].map(names), target=table["target"].map(names), hours=table.pop("seconds") / 3600)
    return table.sort_values(["source", "target"], ignore_index=True)


def _moves(rows: Frame, item: list[str]) -> Frame:
    order = {"order_by": ["moment", "row"]}
    before = rows.with_columns(nw.col("letter").shift(1).over(*item, **order).alias("source"), nw.col("ends").shift(1).over(*item, **order).alias("since"))
    moves = before.filter(~nw.col("source").is_null()).select("source", nw.col("letter").alias("target"), seconds_since(nw.col("since"), nw.col("begins")).alias("seconds"))
    return moves.group_by("source", "target").agg(nw.col("seconds").count().alias("moves"), nw.col("seconds").sum())
