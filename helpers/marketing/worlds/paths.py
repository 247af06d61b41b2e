"""Readers' paths as an attribution tool would log them.

Each reading after the launch is one touch: the module if it was looked at, else a forward, else the article itself. A path ends with the
registration or with the log. Readers who registered before the launch are left out.
"""

import numpy as np

from helpers.marketing.worlds.cascades import World
from helpers.marketing.worlds.outcome import Outcome

TOUCHES = ("article", "forward", "module")
LOOK_BACK = 5  # touches kept of each path, the latest; as tools do it, by a window


Path = tuple[tuple[str, ...], int, int]  # touches, readers who registered at their end, readers who didn't


def touch_paths(world: World, outcome: Outcome, had: np.ndarray) -> list[Path]:
    """Paths after the launch on the pages of the salespeople where `had` is true, equal ones added up."""
    reader, touch, lead = _touches_in_order(world, outcome, had)
    starts = np.flatnonzero(np.r_[True, reader[1:] != reader[:-1]])
    lengths = np.diff(np.r_[starts, len(reader)])
    code = _codes(touch, starts, lengths)
    won = np.add.reduceat(lead, starts)
    codes, place = np.unique(code, return_inverse=True)
    conversions = np.bincount(place, won).astype(int)
    nulls = np.bincount(place) - conversions
    return [(_decoded(c), int(w), int(n)) for c, w, n in zip(codes, conversions, nulls, strict=True)]


def _touches_in_order(world: World, outcome: Outcome, had: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Reader, touch and lead of each touch up to the registration, reader by reader in order of time."""
    rows = np.flatnonzero(outcome.present & world.late & had[world.page])
    rows = rows[np.lexsort((world.when[rows], world.reader[rows]))]
    registered = np.full(len(world.reader_draw), np.inf)
    registered[world.reader[outcome.lead]] = world.when[outcome.lead]
    rows = rows[world.when[rows] <= registered[world.reader[rows]]]
    touch = np.where(outcome.viewed[rows], 2, np.where(world.parent[rows] >= 0, 1, 0))
    return world.reader[rows], touch, outcome.lead[rows].astype(int)


def _codes(touch: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Each reader's last LOOK_BACK touches as one number in base 4 (0: no touch)."""
    ends, code = starts + lengths - 1, np.zeros(len(starts), np.int64)
    for back in range(LOOK_BACK):
        code += np.where(lengths > back, (touch[np.maximum(ends - back, 0)] + 1) << (2 * back), 0)
    return code


def _decoded(code: int) -> tuple[str, ...]:
    digits = [(int(code) >> (2 * back)) & 3 for back in range(LOOK_BACK)]
    return tuple(TOUCHES[digit - 1] for digit in reversed(digits) if digit)
