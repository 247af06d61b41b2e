"""Credit for conversions among channels: first touch, last touch, Shapley, and removal from a Markov chain.

Paths are (touches, outcome) pairs, or (touches, conversions, nulls) where many people took the same path. Touches are channel
names in order, as a sequence or as one text "A>B>A"; an outcome is a truth value, a number of conversions, "conv" or "null".
None of these measures an effect: they share out conversions that happened, whatever caused them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import factorial
from typing import NamedTuple

import numpy as np

from helpers.intake.refusal import Refusal

MOST_CHANNELS = 20


class Path(NamedTuple):
    """The channels touched in order, how many went that way and converted, and how many didn't."""

    touches: tuple[str, ...]
    conversions: float
    nulls: float


@dataclass(frozen=True)
class MarkovAttribution:
    """The chain's conversion probability, how much of it each channel's removal takes, and the credit that follows."""

    p_conversion: float
    removal: dict[str, float]
    credit: dict[str, float]


def read_paths(paths: Iterable) -> list[Path]:
    """The paths in one form, equal ones added up. Raises Refusal where an outcome isn't understood or nothing is given."""
    converted, lost = Counter(), Counter()
    for touches, *outcome in paths:
        steps = tuple(part.strip() for part in touches.split(">") if part.strip()) if isinstance(touches, str) else tuple(touches)
        won, missed = _outcome(outcome)
        converted[steps] += won
        lost[steps] += missed
    if not converted:
        raise Refusal("no paths", where="attribution")
    return [Path(steps, converted[steps], lost[steps]) for steps in converted]


def channels(paths: Iterable[Path]) -> list[str]:
    """The channels that occur, in order of their names."""
    return sorted({touch for path in paths for touch in path.touches})


def first_touch(paths: Iterable) -> dict[str, float]:
    """Conversions credited to the first channel of each path; every channel is listed."""
    return _touch_credit(read_paths(paths), 0)


def last_touch(paths: Iterable) -> dict[str, float]:
    """Conversions credited to the last channel of each path; every channel is listed."""
    return _touch_credit(read_paths(paths), -1)


def shapley(values: Mapping[frozenset | str, float]) -> dict[str, float]:
    """The Shapley credit of each channel from the value of every coalition; the credits add up to the value of all.

    values: coalition → value. A coalition is a set of names, or a text: "content+marketing" (also , > | &), or, where no key
    has such a sign, one letter per channel ("AB"). The empty coalition is 0 if left out; any other one missing is
    refused. Up to 20 channels. Shapley (1953).
    """
    coalitions = _coalitions(values)
    names = sorted(frozenset().union(*coalitions))
    worth = _worth_by_mask(coalitions, names)
    masks, n = np.arange(2 ** len(names)), len(names)
    size = sum((masks >> i) & 1 for i in range(n))
    share = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])
    credit = {}
    for i, name in enumerate(names):
        without = masks[(masks >> i) & 1 == 0]
        credit[name] = float(share[size[without]] @ (worth[without | 1 << i] - worth[without]))
    return credit


def shapley_of_paths(paths: Iterable) -> dict[str, float]:
    """The Shapley credit when a coalition is worth the conversions on paths that touch no channel outside it.

    In that game each path's conversions are split evenly among the channels it touched (its Harsanyi dividend), so no
    coalition needs to be listed and there may be any number of channels. Harsanyi (1963).
    """
    paths = read_paths(paths)
    credit = dict.fromkeys(channels(paths), 0.0)
    for path in paths:
        touched = set(path.touches)
        for name in touched:
            credit[name] += path.conversions / len(touched)
    return credit


def coalition_values(paths: Iterable) -> dict[frozenset, float]:
    """For each set of channels, the conversions on paths that touch no channel outside it: what `shapley` takes."""
    paths = read_paths(paths)
    names = channels(paths)
    if len(names) > MOST_CHANNELS:
        raise Refusal(f"{len(names)} channels make too many coalitions", "Shapley credit", f"group them to {MOST_CHANNELS} at most")
    coalitions = [frozenset(name for i, name in enumerate(names) if mask >> i & 1) for mask in range(2 ** len(names))]
    return {c: float(sum(p.conversions for p in paths if p.touches and set(p.touches) <= c)) for c in coalitions}


def markov_removal(paths: Iterable) -> MarkovAttribution:
    """Credit by how much of the conversion probability is lost when a channel leads nowhere instead.

    A first-order chain from start over channels to conversion or null is counted from the paths, repeats and loops
    included; removing a channel sends whoever would reach it to null. Credit is the removal effect, made to sum to 1.
    Anderl, Becker, von Wangenheim and Schumann (2016). Raises Refusal when no path that touches a channel converts.
    """
    paths = read_paths(paths)
    names = channels(paths)
    if sum(path.conversions for path in paths if path.touches) <= 0:
        raise Refusal("no path ends in a conversion, so there's nothing to credit", where="attribution")
    between, converts = _transitions(paths, names)
    base = _conversion(between, converts, None)
    removal = {name: 1 - _conversion(between, converts, i) / base for i, name in enumerate(names, start=1)}
    total = sum(removal.values())
    return MarkovAttribution(base, removal, {name: effect / total for name, effect in removal.items()})


def _transitions(paths: list[Path], names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of a step between start (0) and the channels (1..), and of converting from each."""
    place = {name: i for i, name in enumerate(names, start=1)}
    steps, converts, leaves = np.zeros((len(names) + 1,) * 2), np.zeros(len(names) + 1), np.zeros(len(names) + 1)
    for touches, won, missed in paths:
        states = [0, *(place[touch] for touch in touches)]
        np.add.at(steps, (states[:-1], states[1:]), won + missed)
        converts[states[-1]] += won
        leaves[states[-1]] += missed
    total = np.maximum(steps.sum(1) + converts + leaves, np.finfo(float).tiny)
    return steps / total[:, None], converts / total


def _conversion(between: np.ndarray, converts: np.ndarray, removed: int | None) -> float:
    """Probability of ending in a conversion from the start, with one state leading nowhere."""
    stay = [i for i in range(len(converts)) if i != removed]
    inner = between[np.ix_(stay, stay)]
    return float(np.linalg.solve(np.eye(len(stay)) - inner, converts[stay])[0])


def _touch_credit(paths: list[Path], position: int) -> dict[str, float]:
    credit = dict.fromkeys(channels(paths), 0.0)
    for path in paths:
        if path.touches:
            credit[path.touches[position]] += path.conversions
    return credit


def _outcome(outcome: list) -> tuple[float, float]:
    """Conversions and nulls of one given path."""
    if len(outcome) == 2:
        return float(outcome[0]), float(outcome[1])
    word = outcome[0] if outcome else None
    if isinstance(word, str) and word.strip().lower() in ("conv", "conversion", "null"):
        won = word.strip().lower() != "null"
        return float(won), float(not won)
    if isinstance(word, (bool, np.bool_, int, float, np.number)) and word >= 0:
        return float(word), float(word == 0)
    raise Refusal(f"a path's outcome {word!r} isn't understood", "attribution", 'use "conv" or "null", or a number of conversions')


def _coalitions(values: Mapping[frozenset | str, float]) -> dict[frozenset, float]:
    named = any(isinstance(key, str) and re.search(r"[+,>|&]", key) for key in values)

    def members(key: frozenset | str) -> frozenset:
        if not isinstance(key, str):
            return frozenset(key)
        return frozenset(part.strip() for part in (re.split(r"[+,>|&]", key) if named else key) if part.strip())

    return {frozenset(): 0.0, **{members(key): float(value) for key, value in values.items()}}


def _worth_by_mask(coalitions: Mapping[frozenset, float], names: list[str]) -> np.ndarray:
    """The value of each coalition at the number whose bits are its members."""
    if not 0 < len(names) <= MOST_CHANNELS:
        raise Refusal(f"{len(names)} channels", "Shapley credit", f"between 1 and {MOST_CHANNELS} are possible")
    bit = {name: 1 << i for i, name in enumerate(names)}
    worth = np.full(2 ** len(names), np.nan)
    for members, value in coalitions.items():
        worth[sum(bit[name] for name in members)] = value
    if np.isnan(worth).any():
        gap = int(np.flatnonzero(np.isnan(worth))[0])
        words = " + ".join(name for name in names if bit[name] & gap)
        raise Refusal(f"the value of the coalition {words} is missing", "Shapley credit", "give every set of channels a value")
    return worth
