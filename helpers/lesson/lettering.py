"""Lettering: lines of text as outlines, each worked out once, for pictures with many labels that must follow a slider.

Lengths are in hundredths of an inch; y grows downwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from helpers.lesson.style import families

OUTLINED_AT = 100  # points, the size at which matplotlib gives outlines


@dataclass(frozen=True)
class Lettered:
    """A line of text as an outline that begins at the left end of its baseline; its width."""

    outline: Path
    width: float


@lru_cache(maxsize=4000)
def lettered(text: str, points: float) -> Lettered:
    """A line of text, taken literally, in the house's typefaces at so many points."""
    corners, codes = text_to_path.get_text_path(FontProperties(family=families()), text, ismath=False)
    shape = np.asarray(corners, dtype=float).reshape(-1, 2) * np.array([1, -1]) * points / OUTLINED_AT * 100 / 72
    return Lettered(Path(shape, codes), float(shape[:, 0].max(initial=0.0)))


def written(lines: Iterable[tuple[str, float, float, str]], points: float, **options) -> PathCollection:
    """Lines of text (text, x of its middle, y of its middle, colour) as one thing to draw."""
    drawn = [(lettered(text, points), x, y, colour) for text, x, y, colour in lines]
    down = 0.36 * points * 100 / 72  # from a line's middle to its baseline
    paths = [Path(line.outline.vertices + (x - line.width / 2, y + down), line.outline.codes) for line, x, y, _ in drawn]
    return PathCollection(paths, facecolors=[colour for *_, colour in drawn], edgecolors="none", **options)
