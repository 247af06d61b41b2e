"""The shipped data of case 1: a year of publishing, reading and forwarding with a planted truth, written from one seed."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.marketing.planted.articles import articles
from helpers.marketing.planted.cascades import World, grow
from helpers.marketing.planted.flaws import FlawSettings, flawed
from helpers.marketing.planted.people import networks, new_share, readers, salespeople
from helpers.marketing.planted.pilot import pilot_table
from helpers.marketing.planted.registrations import registrations
from helpers.marketing.planted.settings import Settings
from helpers.marketing.planted.tables import COLUMNS, customer_table, event_table, reader_ids
from helpers.marketing.planted.truth import Outcome, truth

SEED = 20251101
PILOT = 2  # the pilot has a stream of its own: it doesn't change when the year does


@dataclass(frozen=True)
class Planted:
    """The tables as a company would export them, everything text or whole numbers, and the truth behind them."""

    events: pd.DataFrame
    customers: pd.DataFrame
    trial: pd.DataFrame
    truth: dict


def plant(seed: int = SEED, settings: Settings = Settings(), flaws: FlawSettings = FlawSettings()) -> Planted:
    """The planted world of that seed as tables; the same on every machine."""
    rng = np.random.default_rng(seed)
    outcome = happened(rng, settings)
    ids, reader = reader_ids(rng, outcome.readers)
    events = event_table(outcome.world, outcome.shares, outcome.reads, reader, outcome.registered)
    return Planted(
        flawed(rng, events, flaws)[list(COLUMNS)],
        customer_table(ids, reader, outcome.registered, settings),
        pilot_table(np.random.default_rng([seed, PILOT]), settings.trial),
        truth(outcome, ids),
    )


def happened(rng: np.random.Generator, settings: Settings) -> Outcome:
    """All that happens in the planted year, before any of it is logged."""
    team, shelf = salespeople(rng, settings), articles(rng, settings)
    world = World(rng, team, shelf, new_share(team, settings), settings)
    shares, reads = grow(world)
    pool = networks(rng, shares.salesperson[reads.share], shares.depth[reads.share] > 0, team.base, settings)
    who = readers(rng, pool, reads.time, reads.new, team.base, settings)
    return Outcome(world, shares, reads, who, registrations(world, shares, reads, who))


def write(folder: Path | str, seed: int = SEED) -> None:
    """Write events.csv, customers.csv, trial.csv and truth.json into `folder`: the same bytes for the same seed."""
    folder, planted = Path(folder), plant(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("events", "customers", "trial"):
        getattr(planted, name).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    (folder / "truth.json").write_bytes((json.dumps(planted.truth, indent=1) + "\n").encode())
