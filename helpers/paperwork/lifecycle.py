"""Lifecycle rows (schedule, start, complete, ...) paired into handlings with a start and an end.

Two rows of one handling are one piece of work: counted as two they would look like rework of everything.
"""

import numpy as np
import pandas as pd

from helpers.intake.refusal import Refusal

STAGES = {"start": "start", "complete": "complete", "completed": "complete", "end": "complete", "finish": "complete"}
PASSED_OVER = ("schedule", "scheduled", "assign", "reassign", "suspend", "resume")


def paired(rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """One row per handling with start and end (missing where there is no such row), and notes on how it was done.

    rows: case, activity, lifecycle, time, and where present instance and resource. Paired within (case, activity, instance) where there
    is an instance id, otherwise first in, first out within (case, activity, resource). Raises Refusal where no row starts or completes anything.
    """
    stage = rows["lifecycle"].str.lower().map(STAGES)
    if not stage.notna().any():
        raise Refusal("no row says 'start' or 'complete'", "lifecycle", "map the column that holds these words, or leave lifecycle out of the mapping")
    key = ["case", "activity", "instance" if "instance" in rows else "resource"]
    key = [column for column in key if column in rows]
    used = rows[stage.notna()].assign(completes=(stage == "complete")[stage.notna()])
    return _matched(used, key), _notes(rows["lifecycle"], stage, key)


def _matched(used: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """First in, first out within the key: the n-th start meets the n-th completion that had a start to meet."""
    used = used.sort_values(["time", "completes"], kind="stable")
    used = used.assign(group=used.groupby(key, dropna=False, sort=False).ngroup())
    completes = used["completes"].to_numpy()
    alone = _without_start(used["group"], completes)
    used["turn"] = used.assign(one=~alone).groupby(["group", "completes"])["one"].cumsum()
    begun, ended = used[~completes], used[completes & ~alone]
    pairs = begun.merge(ended[["group", "turn", "time"]], on=["group", "turn"], how="left", suffixes=("", "_end"))
    whole = pairs.rename(columns={"time": "start", "time_end": "end"})
    if alone.any():
        lone = used[alone].rename(columns={"time": "end"})
        whole = pd.concat([whole, lone.assign(start=pd.Series(pd.NaT, lone.index, whole["start"].dtype))])
    return whole.drop(columns=["completes", "group", "turn", "lifecycle"])


def _without_start(group: pd.Series, completes: np.ndarray) -> np.ndarray:
    """Which completions have no open start before them: those at which (starts - completions) falls to a new low below zero."""
    walk = pd.Series(np.where(completes, -1, 1), index=group.index).groupby(group).cumsum()
    low = walk.clip(upper=0).groupby(group).cummin()
    before = low.groupby(group).shift(fill_value=0)
    return completes & (low < before).to_numpy()


def _notes(lifecycle: pd.Series, stage: pd.Series, key: list[str]) -> tuple[str, ...]:
    how = "by their instance id" if "instance" in key else f"first in, first out within {' and '.join(key)}"
    others = lifecycle[stage.isna()].str.lower()
    passed = int(others.isin(PASSED_OVER).sum())
    notes = [f"start and complete rows paired {how}"]
    notes += [f"{passed:,} rows that schedule, suspend or resume passed over"] if passed else []
    unknown = len(others) - passed
    return tuple(notes + ([f"{unknown:,} rows of an unknown stage passed over"] if unknown else []))
