"""Every reading beside the truth, over many worlds: how far off, how sure of itself, and at what price."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.evidence.proportion import wilson
from helpers.marketing.worlds.cascades import simulate
from helpers.marketing.worlds.readings import WAYS, contamination
from helpers.marketing.worlds.seasons import Seasons, live, lived
from helpers.marketing.worlds.tool import Tool


def one_world(tool: Tool, seed: int) -> pd.DataFrame:
    """One world as every reading sees it: reading, value, low, high (NaN without interval), truth, contamination.

    In leads per 1,000 reads; contamination is the share of the control group's reads exposed all the same (NaN without one).
    """
    seen = _numbers(live(tool, np.random.default_rng(seed)))
    frame = pd.DataFrame(seen, columns=["value", "low", "high", "truth", "contamination"])
    frame.insert(0, "reading", list(WAYS))
    return frame


def compare(tool: Tool, worlds: int = 200, seed: int = 0) -> pd.DataFrame:
    """One row per reading: its record over `worlds` worlds of the tool, each held against that world's own truth.

    bias and rmse in leads per 1,000 reads, the bias with its Monte Carlo interval; coverage of the 95 % interval with its own
    (Wilson; NaN where the method gives none); width of the interval; weeks of records, share of traffic withheld,
    whether lots were drawn, and the mean share of the control group's reads that were exposed all the same.
    """
    return summary(tool, runs(tool, worlds, seed))


def runs(tool: Tool, worlds: int, seed: int) -> np.ndarray:
    """What every reading said in every world: worlds × readings × (value, low, high, truth, contamination).

    World i of a seed is the same whatever the tool's parameters leave the same, so that settings differ by the setting and not by luck.
    """
    return runs_of([tool], worlds, seed)[0]


def runs_of(tools: Sequence[Tool], worlds: int, seed: int) -> np.ndarray:
    """`runs` for several tools that differ only in confounding and module_effect: each world is grown once and lived through for each."""
    if len({replace(tool, confounding=0.0, module_effect=0.0) for tool in tools}) > 1:
        raise ValueError("only confounding and module_effect leave the growth of a world as it is")
    grown = (simulate(tools[0], np.random.default_rng([seed, i])) for i in range(worlds))
    return np.array([[_numbers(lived(replace(world, tool=tool))) for tool in tools] for world in grown]).swapaxes(0, 1)


def summary(tool: Tool, numbers: np.ndarray) -> pd.DataFrame:
    """The record of each reading from what `runs` returns."""
    value, low, high, truth, exposed = np.moveaxis(numbers, -1, 0)
    error = value - truth
    bias, slack = error.mean(0), 1.96 * error.std(0, ddof=1) / np.sqrt(len(error))
    return pd.DataFrame({
        "reading": list(WAYS),
        "truth": truth.mean(0),
        "bias": bias,
        "bias_low": bias - slack,
        "bias_high": bias + slack,
        "rmse": np.sqrt((error**2).mean(0)),
        **_coverage((low <= truth) & (truth <= high), np.isnan(low)),
        "width": (high - low).mean(0),
        "contamination": exposed.mean(0),
        "weeks": [way.weeks(tool) for way in WAYS.values()],
        "withheld": [way.withheld for way in WAYS.values()],
        "by_lot": [way.by_lot for way in WAYS.values()],
    })  # fmt: skip


def _coverage(covered: np.ndarray, without: np.ndarray) -> dict[str, np.ndarray]:
    low, high = wilson(covered.sum(0), len(covered))
    blank = np.where(without.any(0), np.nan, 0.0)
    return {"coverage": covered.mean(0) + blank, "coverage_low": low + blank, "coverage_high": high + blank}


def _numbers(seasons: Seasons) -> list[tuple[float, ...]]:
    exposed, read = contamination(seasons), {name: way.read(seasons) for name, way in WAYS.items()}
    return [(e.value, e.low, e.high, seasons.truth, exposed.get(name, np.nan)) for name, e in read.items()]
