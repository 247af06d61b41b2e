"""One parameter's values in a grid: written out, or as a range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from helpers.intake.refusal import Refusal

MOST = 10_000  # values of one parameter
RANGE = ("from", "to", "steps", "step", "spacing")


@dataclass(frozen=True)
class Axis:
    """A parameter of the grid and the values that it takes; where: in the file."""

    name: str
    values: Sequence[object]
    where: str

    @property
    def count(self) -> int:
        """How many values."""
        return len(self.values)


def axis_of(name: str, given: object, where: str) -> Axis:
    """The values of one parameter: a list of them, or a range `{from: 0, to: 1, steps: 5}`, `{from: 0, to: 1, step: 0.25}`, with `spacing: log` if wanted."""
    if isinstance(given, dict):
        return Axis(name, _range(given, where), where)
    if not isinstance(given, list) or not given:
        raise Refusal("a list of values or a range is needed", where, "write it as [1, 2, 3] or {from: 0, to: 1, steps: 5}")
    if any(not isinstance(value, str) for value in given) or len(given) > MOST:
        raise Refusal(f"values must be plain, and at most {MOST:,}", where)
    if len(set(given)) < len(given):
        raise Refusal("a value is there twice", where, "each would be run twice; keep one of them")
    return Axis(name, tuple(given), where)


def _range(given: Mapping[str, object], where: str) -> tuple[str, ...]:
    odd = [key for key in given if key not in RANGE]
    if odd or not {"from", "to"} <= given.keys() or ("steps" in given) == ("step" in given):
        raise Refusal("a range needs 'from', 'to', and either 'steps' or 'step'", where, "write it as {from: 0, to: 1, steps: 5}")
    first, last = number(given["from"], where), number(given["to"], where)
    count = _count(given, first, last, where)
    if is_log(given, where, first, last):
        return tuple(tidy(value) for value in np.geomspace(first, last, count))
    return tuple(tidy(value) for value in np.linspace(first, first + number(given["step"], where) * (count - 1) if "step" in given else last, count))


def _count(given: Mapping[str, object], first: float, last: float, where: str) -> int:
    if "steps" in given:
        count = number(given["steps"], where)
    else:
        step = number(given["step"], where)
        count = (last - first) / step + 1 + 1e-9 if step else 0
    if not 1 <= count <= MOST or ("steps" in given and count != int(count)) or last < first:
        raise Refusal(f"a range must rise and have 1 to {MOST:,} steps", where)
    return int(count)


def is_log(given: Mapping[str, object], where: str, low: float, high: float) -> bool:
    """Whether values are spread by their logarithm. Raises Refusal where that is impossible."""
    spacing = given.get("spacing", "even")
    if spacing not in ("even", "log") or (spacing == "log" and not 0 < low <= high):
        raise Refusal("'spacing' is even or log, and log needs a range above 0", where)
    return spacing == "log"


def number(value: object, where: str) -> float:
    """The word as a finite number. Raises Refusal."""
    try:
        found = float(value) if isinstance(value, str) else float("nan")
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise Refusal(f"{str(value)[:60]!r} is not a number", where)
    return found


def tidy(value: float) -> str:
    """The number in words, to six significant digits: 0.3 rather than 0.30000000000000004."""
    return f"{float(f'{value:.6g}'):g}" if abs(value) < 1e5 else repr(float(f"{value:.9g}"))
