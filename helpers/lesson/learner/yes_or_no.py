"""Yes or no, and how sure; scored by how far the stated chance was from what came out."""

from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from helpers.lesson.controls import choice, slider
from helpers.lesson.learner.held import Held
from helpers.room.calibration import brier

OPTIONS = [("No answer", ""), ("Yes", "yes"), ("No", "no")]
MEANS = {"": None, "yes": True, "no": False}


@dataclass
class YesOrNo:
    """An answer with a confidence from 50 (a coin toss) to 100 %; yes = None leaves it blank. short: what is asked, in few words."""

    question: str
    yes: bool | None = None
    confidence: float = 70.0
    short: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether no guess was made."""
        return self.yes is None

    @property
    def hint(self) -> str:
        """How to answer."""
        return "50 % sure is a coin toss, 100 % is a bet on anything you own."

    def fields(self) -> list[widgets.Widget]:
        """Buttons for the answer; a field with a slider for the confidence."""
        now = next(text for text, yes in MEANS.items() if yes is self.yes)
        answer, sure = choice("yes", "Your answer", OPTIONS, now), slider("sure", "How sure", self.confidence, 50, 100, 1, "%")
        answer.widget.observe(lambda change: setattr(self, "yes", MEANS[change["new"]]), names="value")
        sure.widget.observe(lambda change: setattr(self, "confidence", float(change["new"])), names="value")
        sure.widget.layout.width, sure.widget.style.description_width = "auto", "initial"
        return [answer.box, sure.box]

    def check(self) -> None:
        """Nothing can be wrong with it."""

    def answer(self) -> dict[str, Any]:
        """What is committed: nothing where the guess is blank."""
        return {} if self.is_blank else {"yes": self.yes, "confidence": self.confidence / 100}

    def take(self, answer: dict[str, Any]) -> None:
        """Take over what was committed before."""
        self.yes, self.confidence = answer.get("yes"), 100 * answer.get("confidence", 0.7)

    def held_against(self, outcome: bool) -> Held:
        """The guess beside what came out, with its Brier score in plain words."""
        told, was = "yes" if outcome else "no", 100.0 if outcome else 0.0
        if self.is_blank:
            return Held(self.short, f"You left it blank. It is {told}.", None, {"yes": outcome}, None, was, None, "%", True)
        hit, score = self.yes == outcome, brier(self.answer(), {"yes": outcome})
        chance = self.confidence if self.yes else 100 - self.confidence
        sentence = (
            f"{'Right' if hit else 'Wrong'}: you said {'yes' if self.yes else 'no'} with {self.confidence:g} %, it is {told}. "
            f"Your Brier score is {score:.2f}: 0 is sure and right, 0.25 is what a coin toss gets, 1 is sure and wrong."
        )
        return Held(self.short, sentence, hit, {"yes": outcome}, (chance, chance), was, None, "%", True)
