"""The comparison of all readings over a small grid of settings, computed once and kept beside the data.

worlds.csv holds one row per setting and reading, worlds_settings.csv the tool's parameters that all settings share, so that
a table computed under other assumptions is noticed.
"""

import csv
from collections.abc import Sequence
from dataclasses import asdict
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.intake.refusal import Refusal
from helpers.marketing.worlds.compare import runs_of, summary
from helpers.marketing.worlds.tool import Tool

GRID = {"confounding": (0.0, 1.0, 2.0), "two_way": (0.0, 0.8), "module_effect": (0.0, 0.6)}
WORLDS = 300
SEED = 20261122
DECIMALS = {"coverage": 4, "coverage_low": 4, "coverage_high": 4, "contamination": 4}  # others: 3
SETTINGS = "worlds_settings.csv"
TABLE = "worlds.csv"


def settings() -> list[Tool]:
    """The tools of the grid: every combination of confounding, two-way forwarding and effect of the module."""
    return [Tool(**dict(zip(GRID, values, strict=True))) for values in product(*GRID.values())]


def rows(tools: Sequence[Tool], seed: int = SEED) -> list[dict[str, str]]:
    """The table's rows of some settings as they are written: setting, worlds, seed, and the record of each reading."""
    found = {}
    for two_way in {tool.two_way for tool in tools}:  # worlds grow alike as long as forwards do
        alike = [tool for tool in tools if tool.two_way == two_way]
        found |= dict(zip(alike, runs_of(alike, WORLDS, seed), strict=True))
    return [row for tool in tools for row in _rows(tool, found[tool], seed)]


def _rows(tool: Tool, numbers: np.ndarray, seed: int) -> list[dict[str, str]]:
    setting = {name: f"{getattr(tool, name):g}" for name in GRID} | {"worlds": str(len(numbers)), "seed": str(seed)}
    record = summary(tool, numbers).to_dict("records")
    return [setting | {name: _written(name, value) for name, value in row.items()} for row in record]


def write(folder: Path | str, seed: int = SEED) -> None:
    """Writes worlds.csv and worlds_settings.csv into the folder: the same bytes for the same seed. Takes about a minute."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    table = rows(settings(), seed)
    _write(folder / SETTINGS, [{"parameter": name, "value": value} for name, value in _shared().items()])
    _write(folder / TABLE, table)


def read(folder: Path) -> pd.DataFrame:
    """The table as written, numbers as numbers, by_lot as truth values.

    Raises Refusal where it is missing or was computed with other parameters than the simulator has now.
    """
    remedy = "run `casebook data` to compute it again"
    if not (folder / TABLE).exists() or not (folder / SETTINGS).exists():
        raise Refusal("the table of the simulated worlds is missing", f"{folder.name}/{TABLE}", remedy)
    with open(folder / SETTINGS, encoding="utf-8", newline="") as file:
        kept = {row["parameter"]: row["value"] for row in csv.DictReader(file)}
    changed = sorted(name for name, value in _shared().items() | kept.items() if kept.get(name) != _shared().get(name))
    if changed:
        raise Refusal(f"computed with another value of {', '.join(dict.fromkeys(changed))}", f"{folder.name}/{TABLE}", remedy)
    return pd.read_csv(folder / TABLE).assign(by_lot=lambda frame: frame["by_lot"] == "yes")


def at(frame: pd.DataFrame, confounding: float, two_way: float, module_effect: float) -> pd.DataFrame:
    """The rows of one setting of the grid. Raises Refusal for a setting that isn't in it."""
    wanted = {"confounding": confounding, "two_way": two_way, "module_effect": module_effect}
    found = frame[np.logical_and.reduce([np.isclose(frame[name], value) for name, value in wanted.items()])]
    if found.empty:
        kept = "; ".join(f"{name} " + ", ".join(f"{value:g}" for value in values) for name, values in GRID.items())
        raise Refusal("this setting wasn't computed beforehand", "simulated worlds", f"choose among {kept}, or use worlds.compare")
    return found.reset_index(drop=True)


def _shared() -> dict[str, str]:
    return {name: f"{value:g}" for name, value in asdict(Tool()).items() if name not in GRID}


def _written(name: str, value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{round(value, DECIMALS.get(name, 3)) + 0.0:.{DECIMALS.get(name, 3)}f}"
    return str(value)


def _write(path: Path, written: list[dict[str, str]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(written[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(written)
