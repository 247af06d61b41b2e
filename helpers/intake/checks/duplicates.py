"""Rows that are there twice: told always, left out only where an id says that they are one."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd

from helpers.intake.cells.typed import SetAside, Typed, first_rows
from helpers.intake.checks.oddities import Oddity
from helpers.intake.reading.table import Table


def count_duplicates(frame: pd.DataFrame, distinct: str) -> int:
    """Rows that repeat an earlier one exactly; `distinct` is a column of many values, by which most rows are ruled out quickly."""
    return int(frame[frame[distinct].duplicated(keep=False)].duplicated().sum())


def without_repeats(result: Typed, table: Table) -> tuple[Typed, Callable[[], tuple[Oddity, ...]]]:
    """The rows without those whose id and content are there already, and what tells of ids that recur with other content."""
    if "id" not in result.frame:
        return result, tuple
    known = result.frame["id"].notna()
    again = known & result.frame["id"].duplicated()
    if not again.any():
        return result, tuple
    same = again & table.frame.loc[result.frame.index].duplicated()
    told = SetAside("id and content of an earlier row", int(same.sum()), first_rows(result.frame, same.to_numpy()))
    kept = replace(result, frame=result.frame[~same], set_aside=(*result.set_aside, told)) if same.any() else result
    return kept, partial(recurring, int((again & ~same).sum()))


def recurring(other: int) -> tuple[Oddity, ...]:
    """So many ids that recur with other content, in words."""
    return (Oddity("Ids that recur with other content", f"{other:,}", "kept: is the column mapped to id really the row's own?"),) if other else ()
