"""Readiness of each document for a standard: five measures from the log, each scored 0 to 1, weighted into one figure with its interval."""

from dataclasses import asdict, dataclass, fields

import numpy as np
import pandas as pd

from helpers.intake.refusal import Refusal
from helpers.paperwork.readiness.measures import MEASURES, Measures

SCALES = {  # the value of each measure that scores 0, and the value that scores 1: stated, so that a score doesn't move when another document does
    "volume": (0.0, 1.0),  # share of clients who need it: the more, the sooner a standard pays
    "variability": (1.2, 0.3),  # coefficient of variation of clerk time: the steadier, the easier to put into a standard
    "exceptions": (0.15, 0.0),  # share needing a special decision: the fewer, the more a standard covers
    "rework": (0.0, 0.7),  # share not right the first time: the more, the more there is to win
    "explaining": (0.1, 0.6),  # share of clerk time that is explaining: the more, the more a written standard takes over
}


@dataclass(frozen=True)
class Weights:
    """How much each measure counts; only their proportions matter. Raises Refusal for a negative one or all zero."""

    volume: float = 0.25
    variability: float = 0.20
    exceptions: float = 0.20
    rework: float = 0.20
    explaining: float = 0.15

    def __post_init__(self):
        values = [getattr(self, field.name) for field in fields(self)]
        if min(values) < 0 or not sum(values) > 0:
            raise Refusal(f"weights {values} must be at least 0 and not all 0", "readiness weights")


@dataclass(frozen=True)
class Readiness:
    """How ready each document is.

    table: document, the five measures, the five scores (named score_...), readiness with low and high (bootstrap over clients), rank,
    rank_low, rank_high, keeps_rank (share of draws in which its rank is the same); the readiest first.
    draws: readiness per draw and document, in the order of `documents`.
    """

    table: pd.DataFrame
    draws: np.ndarray
    documents: tuple[str, ...]

    def above(self, waterline: float) -> pd.Series:
        """Per document (index), the share of draws in which its readiness is at least the waterline."""
        return pd.Series((self.draws >= waterline).mean(axis=0), index=self.documents, name="above")


def readiness(measured: Measures, weights: Weights = Weights(), level: float = 0.95) -> Readiness:
    """The weighted mean of the five scores, per document. A measure that the log can't give counts for nothing."""
    scores = _scores(measured.values[None])[0]
    value, draws = _weighted(scores, weights), _weighted(_scores(measured.draws), weights)
    low, high = np.quantile(draws, [0.5 - level / 2, 0.5 + level / 2], axis=0)
    rank, ranks = _ranks(value[None])[0], _ranks(draws)
    rank_low, rank_high = np.quantile(ranks, [0.5 - level / 2, 0.5 + level / 2], axis=0, method="nearest")
    columns = dict(zip(MEASURES, measured.values.T)) | {f"score_{name}": column for name, column in zip(MEASURES, scores.T)}
    table = pd.DataFrame({"document": measured.documents, **columns, "readiness": value, "low": low, "high": high})
    table = table.assign(rank=rank, rank_low=rank_low, rank_high=rank_high, keeps_rank=(ranks == rank).mean(axis=0))
    return Readiness(table.sort_values("rank", ignore_index=True), draws, measured.documents)


def _scores(measures: np.ndarray) -> np.ndarray:
    """Measures (..., document, measure) on their scales, held within 0 and 1."""
    zero, one = np.array([SCALES[name] for name in MEASURES]).T
    return np.clip((measures - zero) / (one - zero), 0, 1)


def _weighted(scores: np.ndarray, weights: Weights) -> np.ndarray:
    """The weighted mean over the last axis, passing over what isn't known."""
    weight = np.array([asdict(weights)[name] for name in MEASURES]) * ~np.isnan(scores)
    return (np.nan_to_num(scores) * weight).sum(axis=-1) / weight.sum(axis=-1)


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks along the last axis, 1 the highest; ties in the documents' order."""
    return np.argsort(np.argsort(-values, axis=-1, kind="stable"), axis=-1, kind="stable") + 1
