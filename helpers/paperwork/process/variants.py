"""Variants: the different ways items went through the office, and how much of the work each covers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.intake.held import held
from helpers.paperwork.office_log import OfficeLog
from helpers.paperwork.process.traces import Traces, traces

SALTS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03), np.uint64(0x8CB92BA72F3D8DD7))


@dataclass(frozen=True)
class Variants:
    """All variants, most frequent first.

    table: steps (tuple of labels), length, items, share, coverage (share of items in this and all more frequent variants).
    of_item: the position in `table` of each item's variant.
    """

    table: pd.DataFrame
    of_item: np.ndarray

    def needed_for(self, coverage: float) -> int:
        """How many variants it takes to cover this share of the items."""
        return int(np.searchsorted(self.table["coverage"].to_numpy(), coverage - 1e-12) + 1)


@held
def variants(log: OfficeLog, item: list[str] | None = None, by: str = "step") -> Variants:
    """The variants of a log; an item is what `item` names: by default a document of a case, where the log has documents."""
    if log.whole and item is None and by == "step":
        return variants_of(log.whole.traces)
    return variants_of(traces(log.handlings, item or log.item, by))


def variants_of(paths: Traces) -> Variants:
    """The variants of these traces; equally frequent ones in order of their first item."""
    groups, first_item, traces_of = _grouped(paths)
    counts = traces_of if paths.items is None else paths.counted(groups, np.arange(len(groups)), len(traces_of))
    order = np.lexsort((first_item, -counts))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    share = counts[order] / max(paths.number_of_items, 1)
    table = pd.DataFrame({"steps": _labels(paths, first_item[order]), "length": paths.lengths[first_item[order]], "items": counts[order]})
    return Variants(table.assign(share=share, coverage=np.cumsum(share)), place[groups])


def _labels(paths: Traces, items: np.ndarray) -> pd.Series:
    """The steps of these items, a tuple of labels each."""
    lengths = paths.lengths[items]
    ends = np.cumsum(lengths)
    where = np.arange(lengths.sum()) + np.repeat(paths.first[items] - (ends - lengths), lengths)
    steps = np.array(paths.labels, dtype=object)[paths.steps[where]].tolist()
    return pd.Series([tuple(steps[start:end]) for start, end in zip((ends - lengths).tolist(), ends.tolist())], dtype=object)


def _grouped(paths: Traces) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Group of each item, first item and number of items of each group, items alike in every step being in one group.

    Grouped by a 64-bit hash and then compared step by step, so that the grouping is exact; a collision takes the next salt.
    """
    for salt in SALTS:
        _, first_item, groups, counts = np.unique(_hashes(paths, salt), return_index=True, return_inverse=True, return_counts=True)
        if _alike(paths, first_item[groups]):
            return groups, first_item, counts
    raise ArithmeticError("three salts collided")  # once in 10^20 logs


def _hashes(paths: Traces, salt: np.uint64) -> np.ndarray:
    if not len(paths.first):
        return np.zeros(0, dtype=np.uint64)
    within = np.arange(len(paths.steps)) - np.repeat(paths.first, paths.lengths)
    return np.add.reduceat(_mixed(within * len(paths.labels) + paths.steps, salt), paths.first)


def _mixed(numbers: np.ndarray, salt: np.uint64) -> np.ndarray:
    """Whole numbers scattered over 64 bits (the finaliser of Steele, Lea and Flood's SplitMix)."""
    mixed = (numbers.astype(np.uint64) + np.uint64(1)) * salt
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _alike(paths: Traces, model: np.ndarray) -> bool:
    """Whether each item has the same steps as its model item."""
    lengths = paths.lengths
    if (lengths[model] != lengths).any():
        return False
    shift = np.repeat(paths.first[model] - paths.first, lengths)
    return bool((paths.steps[np.arange(len(paths.steps)) + shift] == paths.steps).all())
