"""Reading fatigue: what a growing share of marketing does to reading, forwarding and leads.

People open the tool to read. With a share m of marketing the editorial share is u = 1 - m, and relative to a tool without marketing
    direct reads      u ** reading
    forwards per read u ** forwarding
    leads per read    registration + lift · (1 - u ** pieces)     the chance that at least one of the pieces met is marketing
All reads are the direct ones over 1 - forwards per read. The exponents are assumptions until they are calibrated (`calibrate`).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from helpers.evidence.estimate import Estimate, assumed
from helpers.intake.refusal import Refusal
from helpers.marketing.assumed import draws, interval

SHARES = np.linspace(0, 0.9, 91)
UNIT = "leads per 1,000 of today's reads"
RANGED = ("reading", "forwarding", "registration", "lift")
LEVEL = 0.8


@dataclass(frozen=True)
class Response:
    """How readers respond. Exponent 1: in proportion to what is left to read; below 1: they mind less, above 1: more.

    pieces: pieces that a reader meets in one visit; forwards_per_read: k-factor today (below 1).
    """

    reading: Estimate = assumed(0.6, 0.3, 1.2)
    forwarding: Estimate = assumed(0.9, 0.4, 1.8)
    registration: Estimate = assumed(0.004, 0.003, 0.005, "share")
    lift: Estimate = assumed(0.004, 0.001, 0.010, "share")
    pieces: float = 3.0
    forwards_per_read: float = 0.4

    def __post_init__(self):
        if not (0 <= self.forwards_per_read < 1 and self.pieces > 0):
            raise Refusal("forwards per read must lie below 1, and a visit must have pieces", "reading fatigue", "measure the k-factor in the log")


def curve(response: Response, rng: np.random.Generator, shares: ArrayLike = SHARES) -> pd.DataFrame:
    """By share of marketing: reading and forwarding relative to none, and leads, each with the 80 % range of the assumptions.

    Columns share, reading, reading_low, reading_high, and likewise forwarding and leads (leads per 1,000 of today's reads).
    """
    shares = np.asarray(shares, float)
    central, ranged = _paths(_at_value(response), response, shares), _paths(_drawn(response, rng), response, shares)
    columns = {"share": shares}
    for name in ("reading", "forwarding", "leads"):
        low, high = np.quantile(ranged[name], [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        columns |= {name: central[name][0], f"{name}_low": low, f"{name}_high": high}
    return pd.DataFrame(columns)


def breaking_point(response: Response, largest_loss: float, rng: np.random.Generator) -> Estimate:
    """The share of marketing at which reading has fallen by the largest loss that the guardrail bears; at most the last of SHARES.

    Raises Refusal for a loss outside 0..1.
    """
    if not 0 < largest_loss < 1:
        raise Refusal(f"a largest loss of {largest_loss:g}", "reading guardrail", "give a share between 0 and 1, such as 0.05")
    at_value, drawn = (_crossing(_paths(x, response, SHARES)["reading"], 1 - largest_loss) for x in (_at_value(response), _drawn(response, rng)))
    return interval(at_value[0], drawn, "share", f"where modelled reading is down by {largest_loss:.0%}", LEVEL)


def lead_peak(response: Response, rng: np.random.Generator) -> Estimate:
    """The share of marketing at which leads are most: beyond it more marketing brings fewer. 0 where any marketing costs leads."""
    at_value, drawn = (SHARES[_paths(x, response, SHARES)["leads"].argmax(1)] for x in (_at_value(response), _drawn(response, rng)))
    return interval(at_value[0], drawn, "share", "where modelled leads are most", LEVEL)


def losses(response: Response, shares: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """For a path of shares: the share of direct reads lost and the share of forwards per read lost, at the assumed values."""
    left = 1 - np.asarray(shares, float)
    return 1 - left**response.reading.value, 1 - left**response.forwarding.value


def marketing_share(slots: ArrayLike, editorial: float) -> np.ndarray:
    """The share of marketing where so many slots stand beside so many editorial pieces."""
    slots = np.asarray(slots, float)
    return slots / (slots + editorial)


def calibrate(shares: ArrayLike, relative: ArrayLike) -> Estimate:
    """The exponent that fits what was observed: shares of marketing, and direct reads (or forwards per read) relative to none.

    Least squares of log(relative) on log(1 - share) through the origin, 95 % t interval (none from one point). Raises Refusal
    for shares or relative values outside 0..1 (excluded; relative may exceed 1).
    """
    shares, relative = np.asarray(shares, float), np.asarray(relative, float)
    if shares.shape != relative.shape or shares.size == 0 or np.any((shares <= 0) | (shares >= 1) | (relative <= 0)):
        raise Refusal("needs shares of marketing between 0 and 1, and for each the reading relative to none, above 0", "calibrating fatigue")
    x, y = np.log(1 - shares), np.log(relative)
    slope = (x @ y) / (x @ x)
    free = len(x) - 1
    half = stdtrit(free, 0.975) * np.sqrt(((y - slope * x) ** 2).sum() / free / (x @ x)) if free else np.nan
    return Estimate(float(slope), float(slope - half), float(slope + half), "", "measured", f"log-log fit through the origin, {len(x)} points")


def _at_value(response: Response) -> dict[str, np.ndarray]:
    return {name: np.array([[getattr(response, name).value]]) for name in RANGED}


def _drawn(response: Response, rng: np.random.Generator) -> dict[str, np.ndarray]:
    return {name: draws(getattr(response, name), rng)[:, None] for name in RANGED}


def _paths(x: dict[str, np.ndarray], response: Response, shares: np.ndarray) -> dict[str, np.ndarray]:
    """Draws × shares: reading and forwarding relative to no marketing, leads per 1,000 of today's reads."""
    log_left, today = np.log1p(-shares), response.forwards_per_read
    forwarding = np.exp(x["forwarding"] * log_left)
    reading = np.exp(x["reading"] * log_left) * (1 - today) / (1 - today * forwarding)
    per_read = x["registration"] + x["lift"] * (1 - np.exp(response.pieces * log_left))
    return {"reading": reading, "forwarding": forwarding, "leads": 1000 * reading * per_read}


def _crossing(reading: np.ndarray, level: float) -> np.ndarray:
    """For each falling row, the share at which it passes the level, between the points of SHARES; the last one where it doesn't."""
    after = np.minimum((reading >= level).sum(1), len(SHARES) - 1)
    rows, before = np.arange(len(reading)), np.maximum(after - 1, 0)
    high, low = reading[rows, before], reading[rows, after]
    part = np.clip((high - level) / np.where(high > low, high - low, 1), 0, 1)
    return SHARES[before] + part * (SHARES[after] - SHARES[before])
