"""A guess held against what came out: hit or miss, the score in plain words, and how it is drawn."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Held:
    """One guess and its outcome.

    sentence: both, for people. hit: whether the guess held; None where it was left blank or can't be judged. outcome: for the journal.
    said: the guess as (low, high) or as one number; was: what came out; ends: its interval; axis: how the numbers are called; names: whether the outcome is a yes or no.
    """

    short: str
    sentence: str
    hit: bool | None = None
    outcome: dict[str, Any] = field(default_factory=dict)
    said: tuple[float, float] | None = None
    was: float | None = None
    ends: tuple[float, float] | None = None
    axis: str = ""
    yes_or_no: bool = False
