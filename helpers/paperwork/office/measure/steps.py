"""How steps take place, as the log shows it: how long, how often needed, in whose time, and how reviews come out."""

import numpy as np
import pandas as pd
from scipy.special import ndtri

from helpers.evidence.clustering import icc_continuous
from helpers.paperwork.office.measure.ways import AFTER_REVIEW, BEFORE_REVIEW, IN_A_LOOP, Ways
from helpers.paperwork.office.model import ROUTE, Durations, Sessions, pack

PLACE = {step.name: place for place, step in enumerate(ROUTE)}
FEW = 30  # observations below which a kind borrows from all kinds
HELD = 0.9  # share of a document's filings on one weekday from which on they are taken to be held for it
EARLY = 0.02  # quantile of a batch's starting times taken as the batch's moment


def delay_passes_by_clock(found: Ways, sessions: Sessions) -> bool:
    """Whether clients hand in at any hour, so that their delays pass by the clock rather than in office hours."""
    client = found.rows[found.rows["step"].isin([PLACE["prepare"], PLACE["correct"]]) & found.rows["end"].notna()]
    if client.empty:
        return False
    moments = ((client["end"] - sessions.origin) / pd.Timedelta(hours=1)).to_numpy() % (sessions.weeks * 168)
    session = np.searchsorted(sessions.opens, moments, side="right") - 1
    return bool((moments < sessions.closes[session]).mean() < 0.5)


def durations(found: Ways, by_clock: bool) -> Durations:
    """Observed durations by kind x step x visit, in hours; a paper taken up several times for one visit counts once, with its sum.

    A cell with fewer than FEW borrows the durations of all kinds at that step and visit, or of first visits where nobody had a later one.
    """
    rows = found.rows.assign(hours=found.rows["clock_hours"].fillna(found.rows["hours"]) if by_clock else found.rows["hours"])
    sums = rows[rows["hours"].notna()].groupby(["paper", "kind", "step", "visit"], as_index=False)["hours"].sum()
    sums["later"] = sums["visit"].clip(upper=1)
    own = {place: hours.to_numpy() for place, hours in sums.groupby(["kind", "step", "later"])["hours"]}
    pooled = {place: hours.to_numpy() for place, hours in sums[sums["kind"] > 0].groupby(["step", "later"])["hours"]}
    return pack({(kind, step, later): _enough(own, pooled, kind, step, later)
                 for kind in range(len(found.kinds)) for step in range(len(ROUTE)) for later in (0, 1)}, len(found.kinds), len(ROUTE))  # fmt: skip


def _enough(own: dict, pooled: dict, kind: int, step: int, later: int) -> np.ndarray:
    hours = own.get((kind, step, later), np.zeros(0))
    if len(hours) >= FEW or kind == 0:
        return hours
    of_all = pooled.get((step, later), np.zeros(0))
    return of_all if len(of_all) >= FEW or not later else pooled.get((step, 0), of_all)


def happens(found: Ways, cases: pd.DataFrame) -> np.ndarray:
    """The chance that a step is needed, by kind x step x visit: of the papers that came past it, those that had it."""
    chance = np.zeros((len(found.kinds), len(ROUTE), 2))
    rows, papers = found.rows, found.papers
    had = rows.drop_duplicates(["paper", "step", "visit"])
    reviewed, filed = papers["reviews"] > 0, papers["filed"]
    for kind in range(1, len(found.kinds)):
        mine = had[had["kind"] == kind]
        _share(chance[kind, :, 0], mine[mine["visit"] == 0], papers.index[(papers["kind"] == kind) & reviewed], BEFORE_REVIEW)
        _share(chance[kind, :, :], mine, papers.index[(papers["kind"] == kind) & filed], AFTER_REVIEW)
        chance[kind, PLACE["review"]] = float(reviewed[papers["kind"] == kind].any())
        chance[kind, :, 1] += _of_loops(mine, papers[papers["kind"] == kind])
    of_case = had[had["kind"] == 0]
    chance[0, PLACE["open"], 0] = of_case.loc[of_case["step"] == PLACE["open"], "case"].nunique() / max(len(cases), 1)
    closed = cases.index[cases["closed"]]
    chance[0, PLACE["close"], 0] = closed.isin(of_case.loc[of_case["step"] == PLACE["close"], "case"]).mean() if len(closed) else 0.0
    return chance


def _share(chance: np.ndarray, visits: pd.DataFrame, papers: pd.Index, steps: tuple[str, ...]) -> None:
    """Writes into `chance` (step, or step x visit) the share of these papers that had each of these steps."""
    inside = visits[visits["paper"].isin(papers)]
    for name in steps:
        chance[PLACE[name]] = inside.loc[inside["step"] == PLACE[name], "paper"].nunique() / max(len(papers), 1)


def _of_loops(visits: pd.DataFrame, papers: pd.DataFrame) -> np.ndarray:
    """Share of the loops that came back to review which had each step on the way; all of them, where none has come back yet."""
    chance = np.zeros(len(ROUTE))
    loops = (papers["reviews"] - 1).clip(0)
    back = visits[(visits["visit"] > 0) & (visits["visit"] <= visits["paper"].map(loops))]
    for name in IN_A_LOOP:
        chance[PLACE[name]] = (back["step"] == PLACE[name]).sum() / loops.sum() if loops.sum() else float(name in ("feedback", "correct"))
    return np.minimum(chance, 1)


def failure(found: Ways) -> np.ndarray:
    """Share of decided reviews that fail, by kind x visit (first, later); kinds with few borrow from all."""
    papers = found.papers[found.papers["decided"]]
    first = papers.groupby("kind")["wrong"].agg(["sum", "size"]).reindex(range(len(found.kinds)), fill_value=0)
    later = papers.groupby("kind")[["later_wrong", "later"]].sum().reindex(range(len(found.kinds)), fill_value=0)
    shares = np.column_stack([_pooled(first["sum"], first["size"]), _pooled(later["later_wrong"], later["later"])])
    shares[0] = 0
    return shares


def _pooled(failed: pd.Series, decided: pd.Series) -> np.ndarray:
    of_all = failed.sum() / max(decided.sum(), 1)
    return np.where(decided >= FEW, failed / decided.clip(lower=1), of_all)


def batch(found: Ways, time_zone: str) -> tuple[list[int], float]:
    """The kinds whose filing is held for one day of the week, and the hour of the week from which it is done."""
    filed = found.rows[(found.rows["step"] == PLACE["file"]) & found.rows["start"].notna()]
    start = filed["start"].dt.tz_convert(time_zone)
    weekday = start.dt.day_of_week
    most = weekday.groupby(filed["kind"]).agg(lambda days: days.value_counts(normalize=True).iloc[0] if len(days) >= FEW else 0)
    held = most.index[most >= HELD]
    if not len(held) or weekday.value_counts(normalize=True).iloc[0] >= HELD:
        return [], 0.0
    day = weekday[filed["kind"].isin(held)].mode()[0]
    hours = (start.dt.hour + start.dt.minute / 60)[filed["kind"].isin(held) & (weekday == day)]
    return list(held), float(day * 24 + np.floor(4 * hours.quantile(EARLY)) / 4)


def in_common(found: Ways, step: str) -> float:
    """Correlation of a step's durations between a client's papers: intraclass, of normal scores within kind and visit."""
    rows = found.rows[(found.rows["step"] == PLACE[step]) & found.rows["hours"].notna() & (found.rows["kind"] > 0)]
    group = rows.groupby(["kind", rows["visit"].clip(upper=1)])["hours"]
    scores = ndtri((group.rank() - 0.5) / group.transform("size"))
    return _correlation(scores.to_numpy(), rows["case"])


def outcomes_in_common(found: Ways) -> float:
    """Correlation of the luck at first reviews between a client's papers: intraclass of right and wrong, carried to the normal scale.

    A small correlation r of that luck makes outcomes of shares p correlate by r x density(p)^2 / p(1 - p).
    """
    papers = found.papers[found.papers["decided"]]
    share = papers.groupby("kind")["wrong"].transform("mean").clip(1e-6, 1 - 1e-6)
    density = np.exp(-(ndtri(share) ** 2) / 2) / np.sqrt(2 * np.pi)
    scale = (share * (1 - share)).mean() / (density**2).mean()
    return min(_correlation((papers["wrong"] - share).to_numpy(float), papers["case"]) * scale, 1.0)


def _correlation(values: np.ndarray, cases: pd.Series) -> float:
    correlation = icc_continuous(values, cases.to_numpy()) if len(values) > 1 else 0.0
    return float(np.clip(np.nan_to_num(correlation), 0, 1))
