"""A range that holds the truth with 80 %, said before anything is shown; it may stay blank."""

from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal
from helpers.lesson import words
from helpers.lesson.learner.held import Held
from helpers.lesson.learner.typed import number_field, number_in

BLANK = -1.0  # a parameter can't be empty; no guess is asked for that may be negative


@dataclass
class Prediction:
    """A guess as a range that the guesser believes with 80 %; low or high = -1 leaves it blank. unit "share" is asked for in percent. short: what is asked, in few words."""

    question: str
    unit: str
    low: float = BLANK
    high: float = BLANK
    short: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether no guess was made."""
        return min(self.low, self.high) < 0

    @property
    def hint(self) -> str:
        """How to answer."""
        return "A range that you believe with 80 %."

    def fields(self) -> list[widgets.Widget]:
        """Two fields, of which each changes its end of the range."""
        unit = "%" if self.unit == "share" else self.unit
        return [self._field("low", f"From ({unit})"), self._field("high", f"to ({unit})")]

    def check(self) -> None:
        """Raise Refusal for one end without the other."""
        if (self.low < 0) != (self.high < 0):
            raise Refusal("a range has two ends", where=self.short or self.question, remedy="Give both, or neither")

    def answer(self) -> dict[str, Any]:
        """What is committed: nothing where the guess is blank."""
        return {} if self.is_blank else {"low": min(self.low, self.high), "high": max(self.low, self.high)}

    def take(self, answer: dict[str, Any]) -> None:
        """Take over what was committed before."""
        self.low, self.high = answer.get("low", BLANK), answer.get("high", BLANK)

    def held_against(self, outcome: Estimate) -> Held:
        """The guess beside what came out."""
        factor, told = 100 if outcome.unit == "share" else 1, words.estimate(outcome)
        unit = "%" if outcome.unit == "share" else outcome.unit or self.unit
        was, ends = outcome.value * factor, (outcome.low * factor, outcome.high * factor) if outcome.has_interval else None
        if self.is_blank:
            return Held(self.short, f"You left it blank. The outcome: {told}.", None, {"value": was}, None, was, ends, unit)
        low, high = sorted((self.low, self.high))
        hit = low <= was <= high
        verdict = "A hit" if hit else f"A miss, too {'low' if was > high else 'high'}"
        return Held(self.short, f"{verdict}: you said {low:g} to {high:g}, the outcome is {told}.", hit, {"value": was}, (low, high), was, ends, unit)

    def _field(self, end: str, label: str) -> widgets.Text:
        asked = number_field(getattr(self, end), label)
        asked.observe(lambda change: setattr(self, end, number_in(change["new"])), names="value")
        return asked
