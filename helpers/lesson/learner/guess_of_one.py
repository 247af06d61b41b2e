"""A guess among a few names, said before anything is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from helpers.intake.refusal import Refusal
from helpers.lesson import words
from helpers.lesson.controls import choice
from helpers.lesson.learner.held import Held

NO_GUESS = ""


@dataclass
class GuessOfOne:
    """A guess of one of `names`; blank: no guess. Raises Refusal for a name that isn't among them. short: what is asked, in few words."""

    question: str
    names: Sequence[str]
    guess: str = NO_GUESS
    short: str = ""

    def __post_init__(self):
        if self.guess not in (NO_GUESS, *self.names):
            raise Refusal(f"'{self.guess}' isn't among {words.listed(list(self.names))}", "guess", "choose one of them, or leave it blank")

    @property
    def is_blank(self) -> bool:
        """Whether no guess was made."""
        return self.guess == NO_GUESS

    @property
    def hint(self) -> str:
        """How to answer."""
        return "Choose one."

    def fields(self) -> list[widgets.Widget]:
        """A button for each name."""
        asked = choice("guess", "Your answer", [("No answer", NO_GUESS), *((name, name) for name in self.names)], self.guess)
        asked.widget.observe(lambda change: setattr(self, "guess", change["new"]), names="value")
        return [asked.box]

    def check(self) -> None:
        """Nothing can be wrong with it."""

    def answer(self) -> dict[str, Any]:
        """What is committed: nothing where the guess is blank."""
        return {} if self.is_blank else {"choice": self.guess}

    def take(self, answer: dict[str, Any]) -> None:
        """Take over what was committed before, where it is still among the names."""
        self.guess = answer.get("choice", NO_GUESS) if answer.get("choice") in self.names else NO_GUESS

    def held_against(self, outcome: str) -> Held:
        """The guess beside what came out."""
        if self.is_blank:
            return Held(self.short, f"You left it blank. The outcome: {outcome}.", None, {"choice": outcome})
        hit = self.guess == outcome
        return Held(self.short, f"{'A hit' if hit else 'A miss'}: you said {self.guess}, the outcome is {outcome}.", hit, {"choice": outcome})
