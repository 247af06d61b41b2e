"""Bars that several chapters draw: clerk and client told apart by colour and hatch, never added up."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.lesson.marks import named
from helpers.lesson.style import AMBER, BLUE, GREY, INK

PARTIES = {"clerk": (BLUE, ""), "client": (AMBER, "///"), "everyone": (GREY, "")}


def party_bars(axes: Axes, names: Sequence[str], values: Mapping[str, Sequence[float]], ranges: Mapping[str, tuple] | None = None) -> None:
    """Horizontal bars, one group per name from the top down, one bar per party. values: party -> one number per name; ranges: party -> (low, high)."""
    places = np.arange(len(names))
    height = 0.8 / len(values)
    for number, (party, lengths) in enumerate(values.items()):
        colour, hatch = PARTIES[party]
        at = places + (number - (len(values) - 1) / 2) * height
        axes.barh(at, lengths, height * 0.92, color=colour, hatch=hatch, edgecolor="white", label=party)
        if ranges:
            low, high = ranges[party]
            axes.errorbar(lengths, at, xerr=[np.subtract(lengths, low), np.subtract(high, lengths)], fmt="none", ecolor=INK, elinewidth=1, capsize=2)
    named(axes, names)
    if len(values) > 1:
        axes.legend(loc="lower right")
