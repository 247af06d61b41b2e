"""Who comes to the office, as the log shows it: arrivals by weekday and hour, the documents they bring, and who gives up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.paperwork.durations import Timed
from helpers.paperwork.office.engine.world import World
from helpers.paperwork.office.measure.ways import Ways
from helpers.paperwork.office.model import Arrivals, Needs, Sessions, needs_of

MOSTLY = 0.95  # share of arrivals on open days from which on closed days are taken to bring nobody
CLEARLY = 3.0  # standard errors by which days must vary more than chance before they get a factor of their own
SILENT = 0.995  # quantile of the longest pause in closed cases beyond which an open case has been given up without a word


@dataclass(frozen=True)
class GivingUp:
    """abandoned: share of cases given up; returned: share of those cases' documents that came back from the client; cases: True for each such case."""

    abandoned: float
    returned: float
    cases: pd.Series


def arrivals(times: Timed, sessions: Sessions) -> Arrivals:
    """Clients per open day by weekday and hour, from the first moment of each case; a factor per day where days vary more than Poisson's."""
    opened = (times.cases["opened"] - sessions.origin) / pd.Timedelta(hours=1)
    day, hour = np.divmod(np.floor(opened).astype(int).to_numpy(), 24)
    days = np.arange(day.min(), day.max() + 1)
    is_open = np.resize(sessions.open_days, max(days.max() + 1, 1))
    every_day = is_open[day].mean() < MOSTLY
    exposed = days if every_day else days[is_open[days]]
    counts = np.zeros((7, 24))
    np.add.at(counts, (day % 7, hour), is_open[day] | every_day)
    rates = counts / np.maximum(np.bincount(exposed % 7, minlength=7), 1)[:, None]
    return Arrivals(rates, _spread(np.bincount(day, minlength=days.max() + 1)[exposed], rates.sum(axis=1)[exposed % 7]), bool(every_day))


def _spread(counts: np.ndarray, expected: np.ndarray) -> float:
    """Variance over squared mean of the days' own factor, 0 unless the counts clearly vary more than Poisson's."""
    counts, expected = counts[expected > 0], expected[expected > 0]
    freedom = max(len(counts) - 7, 1)
    excess = ((counts - expected) ** 2 / expected).sum() / freedom - 1
    return float(excess / expected.mean()) if excess > CLEARLY * np.sqrt(2 / freedom) else 0.0


def needs(found: Ways, times: Timed) -> Needs:
    """The sets of documents that clients brought; the last cases, whose documents may not all be in the log yet, are left out."""
    cases = times.cases
    settled = cases["closed"] | (not times.log.has("closing")) | (cases["opened"] < times.log.last - pd.Timedelta(hours=float(cases["lead_clock_h"].median())))
    papers = found.papers[found.papers["case"].isin(cases.index[settled])]
    return needs_of([kinds.to_numpy() for _, kinds in papers.groupby("case")["kind"]])


def giving_up(found: Ways, times: Timed) -> GivingUp:
    """Cases withdrawn, and cases silent for longer than hardly any closed case ever was; of those opened long enough ago to tell."""
    cases, last = times.cases, times.log.last
    if not times.log.has("closing"):
        return GivingUp(0.0, 0.0, pd.Series(False, cases.index))
    begun = found.rows["start"].fillna(found.rows["end"])
    pauses = (begun - begun.groupby(found.rows["case"]).shift()).groupby(found.rows["case"]).max()
    longest = pauses[cases.index[cases["closed"]].intersection(pauses.index)].quantile(SILENT)
    gone = cases["withdrawn"] | (~cases["closed"] & (last - cases["seen"] > longest))
    old = cases["opened"] < last - longest - pd.Timedelta(hours=float(cases.loc[cases["closed"], "lead_clock_h"].quantile(0.9)))
    back = found.papers[found.papers["case"].isin(cases.index[gone])]["reviews"] > 0
    return GivingUp(float(gone[old].mean()), float(back.mean()) if len(back) else 0.0, gone)


def logged_clients(found: Ways, times: Timed, sessions: Sessions) -> World:
    """The log's own clients: when each came, with which documents, who gave up, and which of their documents came back."""
    papers = found.papers.assign(opened=found.papers["case"].map(times.cases["opened"])).sort_values(["opened", "case"])
    cases = papers.drop_duplicates("case")
    sizes = papers.groupby("case", sort=False).size().to_numpy() + 1
    first = np.concatenate([[0], np.cumsum(sizes)])
    of_document = np.ones(first[-1], bool)
    of_document[first[:-1]] = False
    stays = ~giving_up(found, times).cases[cases["case"]].to_numpy()
    kind, returns = np.zeros(first[-1], np.int64), np.repeat(stays, sizes)
    kind[of_document] = papers["kind"]
    returns[of_document] |= (papers["reviews"] > 0).to_numpy()
    arrival = ((cases["opened"] - sessions.origin) / pd.Timedelta(hours=1)).to_numpy()
    client = np.repeat(np.arange(len(cases)), sizes)
    return World(arrival, stays, np.ones(len(cases)), first, client, kind, returns, key=0, day_luck=0)
