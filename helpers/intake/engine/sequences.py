"""Each item's steps in order of time as one word, a letter per step: what a log of any size comes down to once it is known what follows what."""

import narwhals as nw
import pandas as pd

from helpers.intake.engine.frames import Frame, beside, number_of_rows, small
from helpers.intake.engine.parts import bucketed, orderable
from helpers.intake.refusal import Refusal

BUCKET = 2_000_000  # rows that are ordered at a time, if memory allows
FIRST_LETTER, MOST = 35, 50_000  # the sign '#', and how many more letters there are before those that are none


def lettered(frame: Frame, item: list[str], step: str) -> tuple[Frame, list[str]]:
    """The rows of items with a `letter` in place of their step; and the steps that letters stand for, from `FIRST_LETTER` on, in order of their names.

    Rows in which a column of `item` is missing belong to no item. Raises Refusal for more steps than there are letters.
    """
    steps = small(frame.select(step).unique(), step)[step].tolist()
    if len(steps) > MOST:
        raise Refusal(f"there are {len(steps):,} different steps", "process map", "map a column that holds names of steps, no texts or numbers of their own")
    letters = pd.DataFrame({step: steps, "letter": [chr(FIRST_LETTER + number) for number in range(len(steps))]})
    known = frame.filter(*(~nw.col(name).is_null() for name in item))
    return known.join(beside(frame, letters), on=step, how="inner").drop(step), steps


def in_buckets(frame: Frame, item: list[str], size: int = BUCKET) -> tuple[tuple[Frame, ...], list[str]]:
    """The rows in parts of about so many, or fewer where memory is short, all rows of an item in the same one, and the columns that name an item there.

    What is ordered within items is so worked out part by part and never sorted whole. Only DuckDB needs it: Spark does so by itself. There an item
    goes by a hash of 64 bits; that two of twenty million items share one is less likely than 1 in 90,000.
    """
    native = frame.to_native()
    count = number_of_rows(frame) // min(size, orderable(native)) + 1 if frame.implementation.is_duckdb() else 1
    return ((frame,), item) if count == 1 else (tuple(map(nw.from_native, bucketed(native, item, count))), ["item"])


def spelled(frame: Frame, item: list[str], order: tuple[str, str] = ("moment", "row")) -> Frame:
    """One row per item with its letters in order as `word`. Narwhals knows no such aggregate, so that each engine is asked in its own words."""
    native = frame.to_native()
    quoted = {name: f'"{name}"' for name in (*item, *order, "letter")}
    if frame.implementation.is_duckdb():
        word = f"string_agg({quoted['letter']}, '' ORDER BY {', '.join(quoted[name] for name in order)}) AS word"
        keys = ", ".join(quoted[name] for name in item)
        return nw.from_native(native.aggregate(f"{keys}, {word}", keys))
    if frame.implementation.is_pyspark():
        from pyspark.sql import functions as F

        steps = f"array_sort(collect_list(struct({', '.join(order)}, letter)))"
        return nw.from_native(native.groupBy(*item).agg(F.expr(f"array_join(transform({steps}, each -> each.letter), '')").alias("word")))
    ordered = native.sort_values(list(order), kind="stable")
    return nw.from_native(ordered.groupby(item, sort=False)["letter"].agg("".join).rename("word").reset_index())
