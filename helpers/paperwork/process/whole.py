"""All rows of a log too large to be loaded: their traces, and what else is counted over every one of them."""

from dataclasses import dataclass
from functools import cached_property

import narwhals as nw
import numpy as np
import pandas as pd

from helpers.intake.engine.frames import Frame, number_of_rows, small
from helpers.intake.engine.moments import seconds_since
from helpers.intake.engine.sequences import FIRST_LETTER, words
from helpers.paperwork.process.traces import Traces


@dataclass(frozen=True)
class Whole:
    """A log in its engine: rows with case, step, moment (of the start, of the end where there is none), row and, where the log has them,
    document, resource, start and end (moments). item: the columns that name one piece of paper. sample: of the cases, which share is in memory."""

    rows: Frame
    item: tuple[str, ...]
    sample: float = 1.0

    @cached_property
    def traces(self) -> Traces:
        """Its different traces, each with how many items went that way."""
        return spelled_traces(self.rows, list(self.item))

    @cached_property
    def handlings(self) -> int:
        """How many rows it has."""
        return number_of_rows(self.rows)

    @cached_property
    def cases(self) -> int:
        """How many cases it has."""
        return int(small(self.rows.select(nw.col("case").n_unique()))["case"].iloc[0])

    @cached_property
    def steps(self) -> int:
        """How many different steps it has."""
        return int(small(self.rows.select(nw.col("step").n_unique()))["step"].iloc[0])

    @cached_property
    def hours(self) -> pd.DataFrame:
        """The time between steps (see `clock_hours_between`)."""
        return clock_hours_between(self.rows, list(self.item))


def spelled_traces(rows: Frame, item: list[str], by: str = "step") -> Traces:
    """The different traces of these rows, in order of their letters, each standing for as many items as went that way."""
    spelled, labels = words(rows, item, by)
    ways = small(spelled.group_by("word").agg(nw.len().alias("items")), "word")
    lengths = ways["word"].str.len().to_numpy(dtype=np.int64)
    letters = np.frombuffer("".join(ways["word"]).encode("utf-32-le"), dtype=np.uint32)
    steps = letters.astype(np.int64) - FIRST_LETTER
    return Traces(steps, np.cumsum(lengths) - lengths, np.arange(len(steps)), tuple(labels), ways["items"].to_numpy(dtype=np.int64))


def clock_hours_between(rows: Frame, item: list[str]) -> pd.DataFrame:
    """Clock time from the end of one step to the start of the next of the same item: source, target, moves (whose times are known), hours in all.

    From time to time in a log with one time a row. Summed in whole seconds: microseconds over a large log would outgrow 64 bits.
    """
    there = rows.collect_schema().names()
    begin, end = (nw.col("start"), nw.col("end")) if {"start", "end"} <= set(there) else (nw.col("moment"), nw.col("moment"))
    known = rows.filter(*(~nw.col(name).is_null() for name in item)).select(*item, "step", "moment", "row", begin.alias("begins"), end.alias("ends"))
    order = {"order_by": ["moment", "row"]}
    before = known.with_columns(nw.col("step").shift(1).over(*item, **order).alias("source"), nw.col("ends").shift(1).over(*item, **order).alias("since"))
    moves = before.filter(~nw.col("source").is_null()).select("source", nw.col("step").alias("target"), seconds_since(nw.col("since"), nw.col("begins")).alias("seconds"))
    summed = moves.group_by("source", "target").agg(nw.col("seconds").count().alias("moves"), nw.col("seconds").sum())
    table = small(summed, "source", "target")
    return table.assign(hours=table.pop("seconds") / 3600)
