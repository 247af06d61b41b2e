"""Sentences that many believe: one says whether each is right, and reads why."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import ipywidgets as widgets
from IPython.display import HTML, display

from helpers.intake.refusal import Refusal
from helpers.lesson.controls import choice, display_living, status
from helpers.lesson.learner.journal import journal

ANSWERS = [("Right", "right"), ("Wrong", "wrong")]


@dataclass(frozen=True)
class Belief:
    """A sentence, whether it is right, and the reason. name: its name in the journal."""

    name: str
    sentence: str
    right: bool
    reason: str

    def verdict(self, answer: str) -> str:
        """What to say to an answer."""
        agreed = (answer == "right") == self.right
        return f"{'Yes' if agreed else 'Not quite'}. The sentence is {'right' if self.right else 'wrong'}: {self.reason}"


class Quiz:
    """A few beliefs, one after the other. name: the same at every run."""

    def __init__(self, name: str, beliefs: Sequence[Belief]):
        self.name, self.beliefs = name, tuple(beliefs)

    def _ipython_display_(self) -> None:
        identifier = self.name.replace("/", "-")
        listed = "".join(f"<details><summary>“{escape(each.sentence)}”</summary><p>{escape(each.verdict('right' if each.right else 'wrong'))}</p></details>" for each in self.beliefs)
        display(HTML(f'<div id="{escape(identifier)}">{"" if journal() else listed}</div>'))
        hide = widgets.HTML(f"<style>#{escape(identifier)} {{display: none}}</style>")
        display_living(widgets.VBox([*map(self._asked, self.beliefs), hide]), "Run the notebook to answer.")

    def _asked(self, belief: Belief) -> widgets.VBox:
        """One belief with its two answers; the reason comes with the first answer, which the journal keeps."""
        question = f"{self.name}/{belief.name}"
        kept = journal() and journal().answer(question)
        answer = choice("answer", "Right or wrong?", [("No answer", ""), *ANSWERS], kept["choice"] if kept else "")
        says = widgets.HTML(status(belief.verdict(kept["choice"])) if kept else "")

        def answered(change: dict) -> None:
            if change["new"]:
                says.value = status(belief.verdict(change["new"]))
                _keep(question, change["new"])

        answer.widget.observe(answered, names="value")
        box = widgets.VBox([widgets.HTML(f"<p><strong>“{escape(belief.sentence)}”</strong></p>"), answer.box, says])
        box.add_class("casebook-question")
        return box


def _keep(question: str, answer: str) -> None:
    """The first answer counts; a second thought is welcome and not kept."""
    kept = journal()
    if kept and kept.answer(question) is None:
        try:
            kept.commit(question, {"choice": answer})
        except Refusal:
            pass  # answered on another screen of the same team in the meantime
