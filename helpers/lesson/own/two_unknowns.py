"""Two unknowns at once: a map of the best option, with a cross where one believes the truth is."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from helpers.decision.own.case import OwnCase
from helpers.decision.sensitivity import DecisionMap
from helpers.decision.uncertainty import Assumption
from helpers.lesson import choices, words
from helpers.lesson.controls import Control, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.own.desk import Desk
from helpers.lesson.own.verdict import colours
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said
from helpers.lesson.style import INK, canvas

GRID = 13


@dataclass(frozen=True, eq=False)
class Axis:
    """One side of the map: the unknown, and the values that are looked at."""

    unknown: Assumption
    values: np.ndarray

    @classmethod
    def of(cls, unknown: Assumption) -> "Axis":
        """From well below to well above what is believed."""
        reach = 1.5 * max(unknown.high - unknown.low, 1e-9)
        return cls(unknown, np.linspace(max(unknown.low - reach, unknown.floor, 0.0 if unknown.low >= 0 else -np.inf), min(unknown.high + reach, unknown.ceiling), GRID))

    @property
    def factor(self) -> float:
        """Shares are moved in per cent."""
        return 100.0 if self.unknown.unit == "share" else 1.0

    def control(self, name: str) -> Control:
        """A slider over the axis; the first value is what is believed."""
        low, high = self.values[0] * self.factor, self.values[-1] * self.factor
        step = 10.0 ** np.floor(np.log10(max(high - low, 1e-9) / 50))
        first = round(self.unknown.centre * self.factor / step) * step
        return slider(name, self.unknown.meaning, float(first), float(low), float(high), float(step), "%" if self.factor == 100 else self.unknown.unit)


def flip_map(desk: Desk) -> Explorer | Said:
    """The best option over two unknowns: the two nearest to a flip, else the two that move the choice most."""
    case = desk.case
    order = list(dict.fromkeys([flip.name for flip in case.priced.flips] + [swing.name for swing in case.priced.swings]))
    by_name = {each.name: each for each in case.priced.unknowns}
    free = [by_name[name] for name in order if by_name[name].low < by_name[name].high][:2]
    if len(free) < 2:
        return Said("Too little is unknown here to draw a map.")
    x, y = map(Axis.of, free)
    draw = lambda across, up: _flip_map(desk.case, _map(desk.case, x, y), x, y, across / x.factor, up / y.factor)  # noqa: E731
    return desk.followed_by(Explorer("flip-map", [x.control("across"), y.control("up")], draw))


@lru_cache(maxsize=2)
def _map(case: OwnCase, x: Axis, y: Axis) -> DecisionMap:
    return case.priced.map_of(x.unknown.name, x.values, y.unknown.name, y.values)


@drawn
def _flip_map(case: OwnCase, over: DecisionMap, x: Axis, y: Axis, across: float, up: float) -> Picture:
    figure, axes = canvas(height=3.9)
    choices.regions(axes, over, colours(case))
    axes.plot(across, up, "X", color=INK, markersize=12, markeredgecolor="white")
    axes.set(xlabel=x.unknown.meaning, ylabel=y.unknown.meaning)
    for axis, side in ((axes.xaxis, x), (axes.yaxis, y)):
        axis.set_major_formatter(lambda value, _, side=side: words.number(value, side.unknown.unit) if side.unknown.unit in ("share", "CNY") else f"{value:,.10g}")
    here = case.priced.at({x.unknown.name: across, y.unknown.name: up})
    first, second = sorted(here, key=here.get, reverse=True)[:2]
    title = f"Here {first} is best, {words.number(here[first] - here[second], 'CNY')} ahead of {second}"
    numbers = {name: words.number(worth, "CNY") for name, worth in here.items()}
    return Picture(figure, title, f"A map of the best option over {x.unknown.meaning} and {y.unknown.meaning}, with a cross at the values chosen. {title}.", numbers)
