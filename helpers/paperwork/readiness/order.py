"""The order of work: which documents to standardise first, above a waterline and within a budget of person-days."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import Timed, party, settled_cases
from helpers.paperwork.needs import require
from helpers.paperwork.pain.rework_cost import rework_rows
from helpers.paperwork.readiness.scores import Readiness

PARTS_OF_A_DAY = 10  # budgets are split in tenths of a person-day


@dataclass(frozen=True)
class Effect:
    """What a standard is assumed to take away: a share of explaining, and a share of rework (clerk hours)."""

    explaining: float = 0.5
    rework: float = 0.5

    def __post_init__(self):
        if not (0 <= self.explaining <= 1 and 0 <= self.rework <= 1):
            raise Refusal(f"explaining {self.explaining} and rework {self.rework} must be shares from 0 to 1", "effect of a standard")


def hours_saved(times: Timed, effect: Effect = Effect(), explaining: tuple[str, ...] = ("explain",)) -> pd.Series:
    """Clerk hours a year that a standard for each document would save (index: document), at the settled cases' rate of arrival.

    Hours that are both explaining and rework are saved once, as rework. From a sample of cases they are told as they would be of all.
    """
    hours, years = _saved(times, effect, explaining)
    return hours.groupby("document").sum().div(years * _sample(times)).rename("hours_a_year")


def hours_margin(times: Timed, effect: Effect = Effect(), explaining: tuple[str, ...] = ("explain",)) -> pd.Series:
    """How far from that the hours of all cases may be (95 %), where they are worked out from a sample of cases; 0 where they aren't.

    A total estimated from units drawn one by one with equal chance p has the variance (1 - p) / p**2 times the sum of their squares (Horvitz and Thompson 1952).
    """
    hours, years = _saved(times, effect, explaining)
    share = _sample(times)
    return (ndtri(0.975) * np.sqrt((1 - share) * (hours**2).groupby("document").sum())).div(years * share).rename("margin")


def _sample(times: Timed) -> float:
    return times.log.whole.sample if times.log.sampled else 1.0


def _saved(times: Timed, effect: Effect, explaining: tuple[str, ...]) -> tuple[pd.Series, float]:
    """Clerk hours saved per document and settled case, and the years in which those cases were opened."""
    require(times.log, "touch_time", "document", "kind")
    cases = settled_cases(times)
    frame = times.frame.assign(rework=rework_rows(times))
    frame = frame[frame["case"].isin(cases) & (party(frame) != "client")]
    share = np.where(frame["rework"], effect.rework, np.where(frame["kind"].isin(explaining), effect.explaining, 0.0))
    opened = times.cases.loc[cases, "opened"]
    years = max((opened.max() - opened.min()) / pd.Timedelta(days=365.25), 1 / 365.25)
    return (frame["touch_h"].fillna(0.0) * share).groupby([frame["document"], frame["case"]]).sum(), years


def order_of_work(ready: Readiness, work: pd.DataFrame, saved: pd.Series, budget: float, waterline: float = 0.5) -> pd.DataFrame:
    """The documents in order: first those chosen, by hours saved per person-day, then the others in that order.

    Columns: document, readiness, ready (at least the waterline), person_days, hours_a_year, hours_per_day, chosen, cumulative_days,
    cumulative_hours (both of the chosen), why (not chosen). Chosen: of the ready ones, the set that saves most within `budget` person-days.
    work: from `work_to_do`; saved: from `hours_saved`.
    """
    table = ready.table[["document", "readiness"]].assign(ready=ready.table["readiness"] >= waterline)
    table["person_days"] = table["document"].map(work["person_days"])
    table["hours_a_year"] = table["document"].map(saved).fillna(0.0)
    table["hours_per_day"] = table["hours_a_year"] / table["person_days"].replace(0, np.nan)
    value = table["hours_a_year"].where(table["ready"], 0.0)
    table["chosen"] = best_set(value.to_numpy(), table["person_days"].to_numpy(), budget) & table["ready"]
    table = table.fillna({"hours_per_day": np.inf}).sort_values(["chosen", "hours_per_day"], ascending=False, kind="stable", ignore_index=True)
    chosen = table["chosen"]
    table["cumulative_days"] = table["person_days"].where(chosen).cumsum()
    table["cumulative_hours"] = table["hours_a_year"].where(chosen).cumsum()
    return table.assign(why=np.select([chosen, ~table["ready"]], ["", "below the waterline"], "beyond the budget"))


def best_set(value: np.ndarray, days: np.ndarray, budget: float) -> np.ndarray:
    """Which of the documents together are worth most within the budget, exactly (Bellman's recursion over tenths of a day); True where chosen.

    Days are rounded up to the next tenth; what is worth nothing isn't chosen.
    """
    cost = np.ceil(np.round(np.asarray(days, float) * PARTS_OF_A_DAY, 6)).astype(int)
    room = int(np.floor(round(budget * PARTS_OF_A_DAY, 6)))
    if room < 0:
        raise Refusal(f"a budget of {budget} person-days is below 0", "order of work")
    best = np.zeros((len(cost) + 1, room + 1))
    for item, (worth, size) in enumerate(zip(value, cost)):
        best[item + 1] = best[item]
        if size <= room:
            best[item + 1, size:] = np.maximum(best[item, size:], best[item, : room + 1 - size] + worth)
    return _traced(best, cost)


def _traced(best: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Which items the best value was made of, read backwards."""
    chosen, room = np.zeros(len(cost), dtype=bool), best.shape[1] - 1
    for item in range(len(cost) - 1, -1, -1):
        chosen[item] = best[item + 1, room] > best[item, room]
        room -= cost[item] * chosen[item]
    return chosen
