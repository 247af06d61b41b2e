"""Labels of the lines of a process map: each on its own line, or touching it, where it covers least of the others."""

from dataclasses import dataclass

import numpy as np

TRIES = np.linspace(0.06, 0.94, 13)  # how far along its line a label may stand
STEP = 10.0  # lines are looked at as points so far apart
GAP = 4.0  # between a line and a label beside it
ON_BOX, ON_LABEL, ON_HEAD, ON_LINE = 400.0, 300.0, 40.0, 6.0  # what covering one of these costs
OFF_CENTRE, BESIDE = 6.0, 5.0  # what standing away from the line's middle costs, and standing beside it
PLACE_COST = np.concatenate([OFF_CENTRE * np.abs(TRIES - 0.5) + beside for beside in (0.0, BESIDE, BESIDE)])


@dataclass(frozen=True)
class Obstacles:
    """What labels should keep clear of: boxes (n by 4: left, top, right, bottom), points on lines with the line's number, arrow heads."""

    boxes: np.ndarray
    points: np.ndarray
    owners: np.ndarray
    heads: np.ndarray


def place(lines: list[np.ndarray], sizes: np.ndarray, first: np.ndarray, obstacles: Obstacles) -> np.ndarray:
    """Where the labels of `lines` (corners, each n by 2) are centred, n by 2; placed in the order `first` (line numbers), the earlier choosing freely.

    sizes: width and height of each label, n by 2.
    """
    centres, taken = np.zeros((len(lines), 2)), np.zeros((0, 4))
    for number in first:
        tries = _tries(lines[number], sizes[number][0])
        rectangles = np.hstack([tries - sizes[number] / 2, tries + sizes[number] / 2])
        best = np.argmin(_cost(rectangles, number, taken, obstacles))
        centres[number], taken = tries[best], np.vstack([taken, rectangles[best]])
    return centres


def obstacles_of(lines: list[np.ndarray], boxes: np.ndarray) -> Obstacles:
    """The boxes, the lines and the lines' heads as obstacles."""
    samples = [along(line, np.linspace(0, 1, 2 + int(_lengths(line)[-1] / STEP))) for line in lines]
    owners = np.repeat(np.arange(len(lines)), [len(sample) for sample in samples])
    heads = [line[-1] + (line[-2] - line[-1]) / max(np.hypot(*(line[-2] - line[-1])), 1e-9) * 5 for line in lines]
    return Obstacles(boxes, np.vstack(samples), owners, np.array(heads))


def along(line: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """The points that lie these shares of its length along a line of corners."""
    lengths = _lengths(line)
    return np.column_stack([np.interp(shares * lengths[-1], lengths, line[:, axis]) for axis in (0, 1)])


def _lengths(line: np.ndarray) -> np.ndarray:
    """How long the line is up to each of its corners."""
    return np.append(0.0, np.cumsum(np.hypot(*np.diff(line, axis=0).T)))


def _tries(line: np.ndarray, width: float) -> np.ndarray:
    """Centres a label may have: on the line, to its left, to its right."""
    on, aside = along(line, TRIES), np.array([width / 2 + GAP, 0])
    return np.vstack([on, on - aside, on + aside])


def _cost(rectangles: np.ndarray, number: int, taken: np.ndarray, obstacles: Obstacles) -> np.ndarray:
    others = obstacles.points[obstacles.owners != number]
    covered = ON_LINE * _inside(rectangles, others) + ON_HEAD * _inside(rectangles, obstacles.heads)
    overlaps = ON_BOX * _overlaps(rectangles, obstacles.boxes) + ON_LABEL * _overlaps(rectangles, taken)
    return covered + overlaps + PLACE_COST


def _inside(rectangles: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How many of the points lie in each rectangle."""
    left, top, right, bottom = rectangles.T[:, :, None]
    x, y = points.T
    return ((x > left) & (x < right) & (y > top) & (y < bottom)).sum(axis=1)


def _overlaps(rectangles: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How many of the other rectangles each rectangle overlaps."""
    left, top, right, bottom = rectangles.T[:, :, None]
    return ((left < others[:, 2]) & (right > others[:, 0]) & (top < others[:, 3]) & (bottom > others[:, 1])).sum(axis=1)
