"""Marks that several chapters draw: rows of points with intervals, lines with bands."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.evidence.estimate import Estimate
from helpers.lesson.style import INK, MARKERS

MOST_TICKS = 13


def rows_with_intervals(axes: Axes, rows: Mapping[str, Estimate], colours: Sequence[str]) -> None:
    """One row per name from the top down: a point and its interval; a marker per colour, so that colour isn't needed."""
    kinds = list(dict.fromkeys(colours))
    for place, (found, colour) in enumerate(zip(rows.values(), colours)):
        if found.has_interval:
            axes.plot([found.low, found.high], [place, place], color=colour, linewidth=2, solid_capstyle="butt")
        axes.plot(found.value, place, MARKERS[kinds.index(colour)], color=colour, markersize=7)
    named(axes, list(rows))


def named(axes: Axes, names: Sequence[str]) -> None:
    """Names on the vertical axis, the first on top, without lines across."""
    axes.set_yticks(np.arange(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)


def band(axes: Axes, x, y, low, high, colour: str, label: str = "", style: str = "-") -> None:
    """A line with its band."""
    axes.plot(x, y, style, color=colour, label=label or None)
    axes.fill_between(x, low, high, color=colour, alpha=0.15, linewidth=0)


def steps_of(count: int) -> int:
    """Every how manieth of so many labels is shown, so that they don't overlap."""
    return -(-count // MOST_TICKS)


def ink_line(axes: Axes, x: float, words: str) -> None:
    """A vertical line at x with words at its top."""
    axes.axvline(x, color=INK, linewidth=1, linestyle=":")
    axes.annotate(words, (x, 1), (3, -10), xycoords=("data", "axes fraction"), textcoords="offset points", color=INK, fontsize=9)
