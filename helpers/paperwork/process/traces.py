"""Traces: the log as integer codes, one run of steps per item, so that maps and variants of millions of rows are array arithmetic."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Traces:
    """Every item's steps, one item after the other, each in order of time.

    steps: codes into `labels`, all items concatenated; first: where each item's steps begin (ascending); rows: the row of the frame
    that each step came from. An item is a case, or a document of a case. items: where given, how many items each trace stands for (in a
    log too large to be loaded, where items that went alike are one trace).
    """

    steps: np.ndarray
    first: np.ndarray
    rows: np.ndarray
    labels: tuple[str, ...]
    items: np.ndarray | None = None

    @property
    def number_of_items(self) -> int:
        """How many items went."""
        return len(self.first) if self.items is None else int(self.items.sum())

    def counted(self, codes: np.ndarray, trace: np.ndarray, n: int) -> np.ndarray:
        """How many items or steps there are of each code from 0 to n - 1; `trace` says which trace each code belongs to."""
        weights = None if self.items is None else self.items[trace]
        return np.bincount(codes, weights, minlength=n).astype(np.int64)

    @cached_property
    def lengths(self) -> np.ndarray:
        """Steps per item."""
        return np.diff(np.append(self.first, len(self.steps)))

    @property
    def last(self) -> np.ndarray:
        """Where each item's last step is."""
        return self.first + self.lengths - 1

    @cached_property
    def item(self) -> np.ndarray:
        """The number of the item that each step belongs to."""
        return np.repeat(np.arange(len(self.first), dtype=np.int32), self.lengths)


def traces(frame: pd.DataFrame, item: list[str], by: str = "step") -> Traces:
    """The traces of a frame that is in order of time: items named by the columns `item`, steps by the column `by`.

    Rows in which a column of `item` is missing belong to no item and are left out.
    """
    codes = item_codes(frame, item)
    steps, labels = pd.factorize(frame[by])
    order = stable_order(codes + 1)[np.count_nonzero(codes < 0) :]
    ordered = codes[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    return Traces(steps[order], first, order, tuple(map(str, labels)))


def item_codes(frame: pd.DataFrame, item: list[str]) -> np.ndarray:
    """A number per row for the item it belongs to; -1: none."""
    codes, _ = pd.factorize(frame[item[0]])
    for column in item[1:]:
        more, uniques = pd.factorize(frame[column])
        codes = np.where((codes < 0) | (more < 0), -1, codes.astype(np.int64) * len(uniques) + more)
    return codes


def stable_order(codes: np.ndarray) -> np.ndarray:
    """Row numbers ordered by code (whole numbers from 0), rows of one code in their old order.

    Sorted 16 bits at a time, which numpy does by counting: several times faster than its stable sort of wide numbers.
    """
    order = np.argsort((codes & 0xFFFF).astype(np.uint16), kind="stable")
    rest = codes >> 16
    while rest.any():
        order = order[np.argsort((rest[order] & 0xFFFF).astype(np.uint16), kind="stable")]
        rest = rest >> 16
    return order
