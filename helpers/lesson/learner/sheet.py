"""A sheet of predictions: several questions, one line why, and a commit that locks them."""

from collections.abc import Callable, Mapping
from html import escape

import ipywidgets as widgets
from IPython.display import HTML, display

from helpers.intake.refusal import Refusal
from helpers.lesson.controls import display_living, status
from helpers.lesson.learner import gate
from helpers.lesson.learner.guess_of_one import GuessOfOne
from helpers.lesson.learner.journal import journal
from helpers.lesson.learner.prediction import Prediction
from helpers.lesson.learner.yes_or_no import YesOrNo

Guess = Prediction | YesOrNo | GuessOfOne
LONGEST = 300  # characters of a line
FILLED, BLANK = "Commit my prediction", "Go on without a prediction"


class Sheet:
    """Questions asked before anything is shown. name: the same at every run; guesses: by name.

    In the app a commit is kept in the learner's journal, and nothing that follows is shown before it. Elsewhere nothing waits.
    """

    def __init__(self, name: str, guesses: Mapping[str, Guess]):
        self.name, self.guesses, self.why, self.committed = name, dict(guesses), "", False
        self._then: list[Callable[[], None]] = []
        self._restore()

    @property
    def is_blank(self) -> bool:
        """Whether no question is answered."""
        return all(guess.is_blank for guess in self.guesses.values())

    def question(self, guess: str) -> str:
        """A question's name in the journal."""
        return f"{self.name}/{guess}"

    def when_committed(self, act: Callable[[], None]) -> None:
        """Do something once the sheet is committed."""
        self._then.append(act)

    def commit(self) -> None:
        """Lock the sheet, and keep it where there is a journal. Raises Refusal for what can't be meant."""
        for guess in self.guesses.values():
            guess.check()
        kept = journal()
        if kept:
            for name, guess in self.guesses.items():
                kept.commit(self.question(name), guess.answer() | ({"why": self.why} if self.why else {}))
        self.committed = True
        gate.committed(self.name)
        for act in self._then:
            act()

    def _restore(self) -> None:
        kept = journal()
        if not kept:
            return
        answers = {name: kept.answer(self.question(name)) for name in self.guesses}
        self.committed = all(answer is not None for answer in answers.values())
        if not self.committed:
            return gate.asked(self.name)
        for name, guess in self.guesses.items():
            guess.take(answers[name])
            self.why = answers[name].get("why", "")

    # As it is shown

    def _ipython_display_(self) -> None:
        identifier = self.name.replace("/", "-")
        questions = "".join(f"<li>{escape(guess.question)}</li>" for guess in self.guesses.values())
        display(HTML(f'<ol id="{escape(identifier)}">{questions}</ol>'))
        display_living(self.box(identifier), "Run the notebook to enter your predictions.")

    def box(self, identifier: str) -> widgets.VBox:
        """The living sheet; its style hides the static list of questions above it."""
        asked = [_question(number, guess) for number, guess in enumerate(self.guesses.values(), 1)]
        why = widgets.Text(value=self.why, description="Why? One line", layout={"width": "auto"}, style={"description_width": "initial"})
        button, says = widgets.Button(description=BLANK, button_style="primary", layout={"width": "auto"}), widgets.HTML()
        hide = widgets.HTML(f"<style>#{escape(identifier)} {{display: none}}</style>")
        box = widgets.VBox([*asked, why, widgets.HBox([button, says]), hide])
        inputs = [one for part in (*asked, why) for one in _inputs(part)]
        for one in inputs:
            one.observe(lambda _: self._name(button), names="value")
        button.on_click(lambda _: self._clicked(why, inputs, button, says))
        self._name(button)
        if self.committed:
            self._lock(inputs, button, says)
        return box

    def _name(self, button: widgets.Button) -> None:
        button.description = BLANK if self.is_blank else FILLED

    def _clicked(self, why: widgets.Text, inputs: list[widgets.Widget], button: widgets.Button, says: widgets.HTML) -> None:
        self.why = why.value.strip()[:LONGEST]
        try:
            self.commit()
        except Refusal as refusal:
            says.value = status(f"Not yet: {refusal.words()}")
        else:
            self._lock(inputs, button, says)

    def _lock(self, inputs: list[widgets.Widget], button: widgets.Button, says: widgets.HTML) -> None:
        for one in (*inputs, button):
            one.disabled = True
        button.description = "Committed"
        says.value = status("Locked. Go on, and look." if not self.is_blank else "Locked, left blank. Go on, and look.")


def _question(number: int, guess: Guess) -> widgets.VBox:
    words = widgets.HTML(f"<p><strong>{number}. {escape(guess.question)}</strong><br>{escape(guess.hint)}</p>")
    fields = widgets.HBox(guess.fields(), layout={"flex_flow": "row wrap"})
    box = widgets.VBox([words, fields])
    box.add_class("casebook-question")
    return box


def _inputs(part: widgets.Widget) -> list[widgets.Widget]:
    """The controls inside a box, the box itself where it is one."""
    children = getattr(part, "children", None)
    if children is not None:
        return [one for child in children for one in _inputs(child)]
    return [part] if hasattr(part, "disabled") and hasattr(part, "value") else []
