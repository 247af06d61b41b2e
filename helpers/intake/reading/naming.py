"""From rows of cells to a table under our names."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers.intake.reading.header import tidy
from helpers.intake.reading.table import Table
from helpers.intake.refusal import Refusal


@dataclass(frozen=True)
class Columns:
    """A source's columns as text under its own names; those that can't be text (left) with the reason; those that had a type of their own (canonical)."""

    frame: pd.DataFrame
    left: Mapping[str, str] = field(default_factory=dict)
    canonical: Collection[str] = frozenset()


def positions(width: int) -> list[str]:
    """The names of columns that have none: their places from "1"."""
    return [str(place + 1) for place in range(width)]


def column_names(cells: Sequence[str], where: str) -> list[str]:
    """The names in a header's cells, a blank one's being its place. Raises Refusal where two are the same but for spaces and capital letters."""
    names = [tidy(cell) or place for cell, place in zip(cells, positions(len(cells)))]
    counts = Counter(name.casefold() for name in names)
    twice = [name for name in names if counts[name.casefold()] > 1]
    if twice:
        alike = "" if len(set(twice[:2])) == 1 else f", once as '{next(name for name in twice if name != twice[0])}'"
        raise Refusal(f"the column '{twice[0]}' is there twice{alike}", where, "rename one of them")
    return names


def mapped(columns: Columns, mapping: Mapping[str, str], path: Path, notes: Sequence[str] = ()) -> Table:
    """The table under our names (our name -> the file's); columns that the mapping doesn't name keep theirs.

    Raises Refusal where there are no rows, or a mapped column isn't there or can't be text.
    """
    frame, left = columns.frame, columns.left
    if frame.empty:
        raise Refusal("there is a header but no row below it", path.name, "check the export that wrote it")
    for ours, theirs in mapping.items():
        if theirs not in frame.columns:
            missing = f"column '{theirs}' (mapped to {ours}) can't be read: {left[theirs]}" if theirs in left else f"there is no column '{theirs}' (mapped to {ours})"
            raise Refusal(missing, path.name, f"the file has: {', '.join(map(str, frame.columns))}")
    hidden = [name for name in frame.columns if name in mapping and name not in mapping.values()]
    others = [column for column in frame.columns if column not in mapping and column not in mapping.values()]
    said = [f"column '{name}' left out: '{mapping[name]}' goes by that name" for name in hidden]
    said += [f"column '{name}' left out: {why}" for name, why in left.items()]
    names = {**mapping, **{other: other for other in others}}
    canonical = frozenset(ours for ours, theirs in names.items() if theirs in columns.canonical)
    return Table(frame[[*names.values()]].set_axis([*names], axis=1), path, (*notes, *said), dict(mapping), canonical)
