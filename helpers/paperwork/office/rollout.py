"""The first year of an option, from the day it is decided: training, hires who come later, clients who adopt the new way little by little."""

import numpy as np
import pandas as pd

from helpers.paperwork.office.change import Option
from helpers.paperwork.office.engine.run import Run, play_options
from helpers.paperwork.office.engine.world import Horizon, worlds
from helpers.paperwork.office.load import refuse_overload
from helpers.paperwork.office.model import WEEK, OfficeModel
from helpers.paperwork.office.outcome import REPLICATIONS, lead_times, mean_wait, percentile, t_interval

WEEKS_PER_ENTRY = 4
UNITS = {"lead_time_p50": "days", "wait": "h"}


def roll_out(model: OfficeModel, option: Option, seed: int = 1, replications: int = REPLICATIONS, weeks: int = 52) -> pd.DataFrame:
    """Median lead time (days by the clock) and mean wait per handling (office hours) of the clients who come in each four weeks after the decision.

    One row per four weeks: week (its first, 0 is the day of the decision), and each measure with _low and _high (t interval). The same worlds as
    `simulate`, so that two options may be laid side by side. Refusal where the clerks can't keep up in the end.
    """
    refuse_overload(model, option)
    horizon = Horizon(weeks=weeks)
    (runs,) = play_options(model, [option], worlds(model, seed, replications, horizon), horizon, rolling_out=True)
    starts = np.arange(0, weeks - WEEKS_PER_ENTRY + 1, WEEKS_PER_ENTRY)
    seen = np.array([[_seen(run, start) for start in starts] for run in runs])
    return pd.DataFrame([{"week": int(start), **_intervals(seen[:, place])} for place, start in enumerate(starts)])


def _seen(run: Run, start: int) -> tuple[float, float]:
    """Median lead time and mean wait of the clients who came from week `start` of the option on."""
    week = run.world.arrival / WEEK - run.horizon.warm_up - start
    came = (week >= 0) & (week < WEEKS_PER_ENTRY)
    return percentile(lead_times(run, came & run.world.stays)[0], 0.5), mean_wait(run, came)


def _intervals(values: np.ndarray) -> dict[str, float]:
    estimates = {name: t_interval(column, unit) for (name, unit), column in zip(UNITS.items(), values.T)}
    return {f"{name}{end}": getattr(each, field) for name, each in estimates.items() for end, field in (("", "value"), ("_low", "low"), ("_high", "high"))}
