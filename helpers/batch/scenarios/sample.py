"""Scenarios drawn over ranges: Latin hypercube or Sobol, evenly over all parameters at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from helpers.batch.scenarios.axes import is_log, number
from helpers.intake.parameters import Parameter
from helpers.intake.refusal import Refusal

METHODS = ("latin hypercube", "sobol")
KEYS = ("method", "count", "seed", "ranges")


@dataclass(frozen=True)
class Range:
    """A parameter's range: two ends, spread evenly or by logarithm; or choices, all equally likely."""

    name: str
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    choices: tuple[str, ...] = ()
    where: str = ""

    @property
    def ends(self) -> tuple[object, ...]:
        """What has to be allowed if all in between is to be."""
        return self.choices or (self.low, self.high)

    def at(self, share: float, whole: bool) -> object:
        """The value at this share of the way; whole numbers have equal chances, both ends included."""
        if self.choices:
            return self.choices[int(share * len(self.choices))]
        if whole:
            return int(self.low) + int(share * (int(self.high) - int(self.low) + 1))
        value = self.low * (self.high / self.low) ** share if self.log else self.low + (self.high - self.low) * share
        return min(max(float(f"{value:.6g}"), self.low), self.high)


@dataclass(frozen=True)
class Sample:
    """So many scenarios drawn over these ranges by one seed: the same file gives the same scenarios."""

    method: str
    count: int
    seed: int
    ranges: tuple[Range, ...]

    def draw(self, declared: dict[str, Parameter]) -> Iterator[dict[str, object]]:
        """The parameters of each scenario drawn."""
        whole = {each.name: isinstance(declared[each.name].default, int) for each in self.ranges}
        for row in self._unit():
            yield {each.name: each.at(share, whole[each.name]) for each, share in zip(self.ranges, row.tolist(), strict=True)}

    def _unit(self) -> np.ndarray:
        from scipy.stats import qmc  # takes half a second to import: only who samples waits for it

        rng = np.random.default_rng(self.seed)
        kind = qmc.Sobol if self.method == "sobol" else qmc.LatinHypercube
        return np.minimum(kind(len(self.ranges), rng=rng).random(self.count), np.nextafter(1, 0))


def sample_of(given: object, where: str) -> Sample:
    """The sample that a file describes: `{method: sobol, count: 64, seed: 1, ranges: {horizon_months: [12, 60]}}`. Raises Refusal for another form."""
    if not isinstance(given, dict) or not {"count", "ranges"} <= given.keys() <= set(KEYS) or not isinstance(given["ranges"], dict) or not given["ranges"]:
        raise Refusal("a sample needs 'count' and 'ranges', and may have 'method' and 'seed'", where, "write ranges as 'horizon_months: [12, 60]'")
    method, count, seed = given.get("method") or METHODS[0], number(given["count"], where), number(given.get("seed") or "0", where)
    if method not in METHODS or count < 1 or count != int(count) or seed < 0 or seed != int(seed):
        raise Refusal(f"the method is one of {', '.join(METHODS)}; count and seed are whole numbers", where)
    if method == "sobol" and int(count) & (int(count) - 1):
        above = 1 << int(count).bit_length()
        raise Refusal(f"Sobol samples are even only for powers of two, and {count:g} is none", where, f"take {above // 2} or {above}")
    return Sample(method, int(count), int(seed), tuple(_range(name, each, f"{where}, '{name}'") for name, each in given["ranges"].items()))


def _range(name: str, given: object, where: str) -> Range:
    if isinstance(given, dict) and {"from", "to"} <= given.keys() <= {"from", "to", "spacing"}:
        low, high = number(given["from"], where), number(given["to"], where)
        return _rising(Range(name, low, high, is_log(given, where, low, high), where=where))
    if isinstance(given, dict) and given.keys() == {"choices"} and isinstance(given["choices"], list) and all(isinstance(one, str) for one in given["choices"]) and given["choices"]:
        return Range(name, choices=tuple(given["choices"]), where=where)
    if isinstance(given, list) and len(given) == 2:
        return _rising(Range(name, number(given[0], where), number(given[1], where), where=where))
    raise Refusal("a range is [low, high], {from: 1, to: 100, spacing: log} or {choices: [a, b]}", where)


def _rising(found: Range) -> Range:
    if not found.low < found.high:
        raise Refusal("a range must rise", found.where)
    return found
