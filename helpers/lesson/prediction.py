"""Predict first, then look: a guess that may stay blank, and what became of it."""

from dataclasses import dataclass
from html import escape

import ipywidgets as widgets
from IPython.display import HTML, display

from helpers.evidence.estimate import Estimate
from helpers.lesson import words
from helpers.lesson.controls import display_living

BLANK = -1.0  # a parameter can't be empty; no guess is asked for that may be negative


@dataclass
class Prediction:
    """A guess as a range that the guesser believes with 80 %, asked before anything is shown; low = -1 leaves it blank.

    unit "share" is asked for in percent.
    """

    question: str
    unit: str
    low: float = BLANK
    high: float = BLANK

    @property
    def is_blank(self) -> bool:
        """Whether no guess was made."""
        return min(self.low, self.high) < 0

    def _ipython_display_(self) -> None:
        display(HTML(f"<p><b>{escape(self.question)}</b> Give a range that you believe with 80 %, or leave it blank (-1).</p>"))
        display_living(widgets.HBox([self._field("low", "From"), self._field("high", "To")]), "Run the notebook to enter a guess.")

    def _field(self, end: str, label: str) -> widgets.BoundedFloatText:
        unit = "%" if self.unit == "share" else self.unit
        asked = widgets.BoundedFloatText(value=getattr(self, end), min=BLANK, max=1e9, description=f"{label} ({unit})", style={"description_width": "initial"})
        asked.observe(lambda change: setattr(self, end, change["new"]), names="value")
        return asked


@dataclass(frozen=True)
class Reveal:
    """A prediction held against its outcome."""

    prediction: Prediction
    outcome: Estimate

    @property
    def hit(self) -> bool | None:
        """Whether the outcome lies within the guessed range; None where the guess is blank."""
        if self.prediction.is_blank:
            return None
        factor = 100 if self.outcome.unit == "share" else 1
        low, high = sorted((self.prediction.low, self.prediction.high))
        return low <= self.outcome.value * factor <= high

    def sentence(self) -> str:
        """The comparison in a sentence."""
        outcome = words.estimate(self.outcome)
        if self.hit is None:
            return f"You left the guess blank. The outcome: {outcome}."
        verdict = "A hit" if self.hit else "A miss"
        low, high = sorted((self.prediction.low, self.prediction.high))
        return f"{verdict}: you said {low:g} to {high:g}, the outcome is {outcome}."

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.sentence())}</p>"

    def __repr__(self) -> str:
        return self.sentence()
