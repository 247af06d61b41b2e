"""Rows that are there twice, in an engine: by a number that stands for all that a row holds."""

from collections.abc import Collection
from typing import Any

import narwhals as nw

from helpers.intake.cells.typed import SetAside
from helpers.intake.engine.frames import Frame, grouped, joined, number_of_kinds, number_of_rows, small
from helpers.intake.engine.sources import Raw
from helpers.intake.engine.unusable import first_rows


def duplicates(raw: Raw, engine: Any, columns: Collection[str]) -> int:
    """Rows that repeat an earlier one exactly; rows that hold nothing count for nothing."""
    counts = grouped(_filled(raw, engine, columns).select("hash"), ["hash"], nw.len().alias("rows")).filter(nw.col("rows") > 1)
    again = small(counts.select((nw.col("rows") - 1).sum().alias("again")))["again"].fillna(0)
    return int(again.iloc[0])


def _filled(raw: Raw, engine: Any, columns: Collection[str]) -> Frame:
    rows = nw.from_native(raw.native)
    return nw.from_native(engine.hashed(rows.filter(nw.any_horizontal(*(~nw.col(name).is_null() for name in columns), ignore_nulls=True)).to_native(), columns))


def without_repeats(kept: Frame, raw: Raw, engine: Any, columns: Collection[str], twice: int) -> tuple[Frame, tuple[SetAside, ...], int]:
    """The rows without those whose id and content are there already, those told, and how many ids recur with other content."""
    ids = kept.select("id", "row").filter(~nw.col("id").is_null())
    again = number_of_rows(ids) - number_of_kinds(ids, "id")
    if not again:
        return kept, (), 0
    if not twice:
        return kept, (), again
    content = joined(_filled(raw, engine, columns), ids.select("row"), "row", "semi")
    first = grouped(content, ["hash"], nw.col("row").min().alias("first"), nw.len().alias("rows")).filter(nw.col("rows") > 1)
    same = joined(content, first, "hash", "inner").filter(nw.col("row") > nw.col("first")).select("row")
    count = number_of_rows(same)
    aside = (SetAside("id and content of an earlier row", count, first_rows(same)),) if count else ()
    return (joined(kept, same, "row", "anti") if count else kept), aside, again - count
