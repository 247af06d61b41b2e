"""A guess among a few names, asked before anything is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import ipywidgets as widgets
from IPython.display import HTML, display

from helpers.intake.refusal import Refusal
from helpers.lesson import words
from helpers.lesson.controls import display_living
from helpers.lesson.say import Said

NO_GUESS = ""


@dataclass
class GuessOfOne:
    """A guess of one of `names`; blank: no guess. Raises Refusal for a name that isn't among them."""

    question: str
    names: Sequence[str]
    guess: str = NO_GUESS

    def __post_init__(self):
        if self.guess not in (NO_GUESS, *self.names):
            raise Refusal(f"'{self.guess}' isn't among {words.listed(list(self.names))}", "guess", "choose one of them, or leave it blank")

    def held_against(self, outcome: str) -> Said:
        """The guess beside the outcome, in a sentence."""
        if self.guess == NO_GUESS:
            return Said(f"You left the guess blank. The outcome: {outcome}.")
        verdict = "A hit" if self.guess == outcome else "A miss"
        return Said(f"{verdict}: you said {self.guess}, the outcome is {outcome}.")

    def _ipython_display_(self) -> None:
        display(HTML(f"<p><b>{escape(self.question)}</b> Choose one, or leave it blank.</p>"))
        options = [("(no guess)", NO_GUESS), *((name, name) for name in self.names)]
        buttons = widgets.ToggleButtons(options=options, value=self.guess, style={"button_width": "auto"})  # JupyterLab takes a list's keys
        buttons.observe(lambda change: setattr(self, "guess", change["new"]), names="value")
        display_living(buttons, "Run the notebook to enter a guess.")
