"""How well predictions held: ranges that were believed with 80 %, and yes-or-no with a confidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

BELIEVED = 0.8  # how surely a range was believed


@dataclass(frozen=True)
class Calibration:
    """A record of predictions: hits of so many ranges; the mean Brier score of so many yes-or-no answers (None where there were none)."""

    hits: int
    ranges: int
    brier: float | None
    answers: int


def hit(answer: dict[str, Any], outcome: dict[str, Any]) -> bool | None:
    """Whether the outcome lies within the range; None where either is missing."""
    ends, value = (answer.get("low"), answer.get("high")), outcome.get("value")
    if not all(map(_is_number, (*ends, value))):
        return None
    return min(ends) <= value <= max(ends)


def brier(answer: dict[str, Any], outcome: dict[str, Any]) -> float | None:
    """The squared distance between the probability given to "yes" and what came out, 0 (sure and right) to 1 (sure and wrong); None where either is missing.

    Brier (1950), for one of two outcomes: always saying 50 % scores 0.25.
    """
    said, sure, was = answer.get("yes"), answer.get("confidence"), outcome.get("yes")
    if not (isinstance(said, bool) and isinstance(was, bool) and _is_number(sure)):
        return None
    return ((sure if said else 1 - sure) - was) ** 2


def calibration(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> Calibration:
    """The record over pairs of answer and outcome; blank ones count nowhere."""
    pairs = list(pairs)
    hits = [found for found in (hit(*pair) for pair in pairs) if found is not None]
    scores = [score for score in (brier(*pair) for pair in pairs) if score is not None]
    return Calibration(sum(hits), len(hits), sum(scores) / len(scores) if scores else None, len(scores))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
