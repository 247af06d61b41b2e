"""The shipped example's log: a year of repairs whose customers ring the more, the longer they wait; written from one seed."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.intake.places import DATA

FOLDER, SEED = DATA / "own", 20251103
DAY = 86_400  # seconds


@dataclass(frozen=True)
class Planted:
    """What is planted. Days from acceptance to return are lognormal, workshops differ; customers ring by chance each day beyond `patience`."""

    repairs: int = 4800
    workshops: int = 24
    median_days: float = 7.5
    spread: float = 0.78
    between_workshops: float = 0.18
    patience: float = 5.0
    calls_per_day_waited: float = 0.16
    known_workshop: float = 0.99


def plant(seed: int = SEED, planted: Planted = Planted()) -> pd.DataFrame:
    """One row per repair: order, accepted, returned (blank: not yet), workshop, appliance, rang, calls; all text."""
    rng = np.random.default_rng(seed)
    count = planted.repairs
    accepted = np.sort(rng.integers(0, 365 * DAY, count))
    accepted = accepted - accepted % DAY + rng.integers(9 * 3600, 18 * 3600, count)
    workshop = rng.choice(planted.workshops, count, p=_shares(planted.workshops))
    slowness = rng.normal(0, planted.between_workshops, planted.workshops)
    days = planted.median_days * np.exp(slowness[workshop] + planted.spread * rng.standard_normal(count))
    calls = rng.poisson(planted.calls_per_day_waited * np.maximum(days - planted.patience, 0))
    returned, end = accepted + (days * DAY).astype(np.int64), 365 * DAY
    still_open = returned >= end
    waited = np.minimum(days, (end - accepted) / DAY)
    calls = np.where(still_open, np.floor(calls * np.clip(waited / days, 0, 1)), calls).astype(int)
    name = np.where(rng.random(count) < planted.known_workshop, np.char.add("W", np.char.zfill((workshop + 1).astype(str), 2)), "")
    return pd.DataFrame({
        "order": [f"R{number:05d}" for number in range(1, count + 1)], "accepted": _moments(accepted), "returned": np.where(still_open, "", _moments(returned)),
        "workshop": name, "appliance": rng.choice(["washing machine", "fridge", "oven", "dishwasher"], count, p=[0.4, 0.25, 0.15, 0.2]),
        "rang": np.where(calls > 0, "yes", "no"), "calls": calls.astype(str),
    })  # fmt: skip


def write(folder: Path | str = FOLDER, seed: int = SEED) -> None:
    """Write repairs.csv and truth.json into `folder`: the same bytes for the same seed."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    plant(seed).to_csv(folder / "repairs.csv", index=False, lineterminator="\n", encoding="utf-8")
    (folder / "truth.json").write_bytes((json.dumps({"seed": seed} | asdict(Planted()), indent=1) + "\n").encode())


def _shares(workshops: int) -> np.ndarray:
    """A few large workshops and many small ones."""
    weights = 1 / np.sqrt(np.arange(1, workshops + 1))
    return weights / weights.sum()


def _moments(seconds: np.ndarray) -> np.ndarray:
    """Local times, to the minute, from seconds since the log's first midnight."""
    return (pd.Timestamp("2025-11-01") + pd.to_timedelta(seconds, unit="s")).strftime("%Y-%m-%d %H:%M").to_numpy()
