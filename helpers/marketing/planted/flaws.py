"""The flaws of a real export: blank cells, rows twice, rows late."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.marketing.planted import chance
from helpers.marketing.planted.tables import NOBODY


@dataclass(frozen=True)
class FlawSettings:
    """Shares of the rows concerned (blank person, share: of the reads), and the number of rows without a time."""

    blank_person: float = 0.010
    blank_topic: float = 0.004
    blank_share: float = 0.002
    blank_times: int = 24
    twice: float = 0.002
    late: float = 0.012
    late_by: int = 400  # rows further down, at most


def flawed(rng: np.random.Generator, events: pd.DataFrame, flaws: FlawSettings) -> pd.DataFrame:
    """The events as exported: some cells blank, some rows twice, some further down than their time."""
    count, read = len(events), (events["event"] == "read").to_numpy()
    events = events.assign(
        person=events["person"].mask(read & chance.happens(rng, flaws.blank_person, count), NOBODY),
        share=events["share"].mask(read & chance.happens(rng, flaws.blank_share, count), NOBODY),
        topic=events["topic"].mask(chance.happens(rng, flaws.blank_topic, count), NOBODY),
        time=events["time"].mask(np.isin(np.arange(count), chance.whole(rng, count, flaws.blank_times)), NOBODY),
    )
    events = events.iloc[np.repeat(np.arange(count), 1 + chance.happens(rng, flaws.twice, count))]
    late = chance.happens(rng, flaws.late, len(events)) * (1 + chance.whole(rng, flaws.late_by, len(events)))
    return events.iloc[np.argsort(np.arange(len(events)) + late, kind="stable")].reset_index(drop=True)
