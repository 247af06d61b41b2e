"""The learner's own decision: what to recommend, the risk in it, and what would change it."""

from collections.abc import Sequence
from html import escape

import ipywidgets as widgets
from IPython.display import HTML, display

from helpers.lesson.controls import choice, display_living, status
from helpers.lesson.learner.journal import journal

LONGEST = 1_000  # characters of a text
TEXTS = {"risk": "The risk in it", "change": "What would change my mind"}


class Decision:
    """Asks for a decision among `options`. name: the same at every run; evidence: the option that the findings lead to, told once one has decided."""

    def __init__(self, name: str, options: Sequence[str], evidence: str):
        self.name, self.options, self.evidence = name, tuple(options), evidence

    def said(self, recommended: str) -> str:
        """What to say to a decision."""
        if recommended == self.evidence:
            return f"Kept. The evidence leads there too: {self.evidence}. Whether for your reasons, the memo tells."
        return f"Kept. You recommend {recommended}; the evidence leads to {self.evidence}. One of you overlooks something: the memo says what would flip it."

    def _ipython_display_(self) -> None:
        identifier = self.name.replace("/", "-")
        lines = "".join(f"<li>{label}: …</li>" for label in ("I recommend", *TEXTS.values()))
        display(HTML(f'<ol id="{escape(identifier)}">{lines}</ol>'))
        display_living(self.box(identifier), "Run the notebook to decide.")

    def box(self, identifier: str) -> widgets.VBox:
        """The living form."""
        kept = (journal() and journal().answer(self.name)) or {}
        picked = kept.get("choice", "") if kept.get("choice") in self.options else ""
        recommend = choice("recommend", "I recommend", [("Not yet", ""), *((option, option) for option in self.options)], picked)
        texts = {name: widgets.Textarea(value=kept.get(name, ""), description=label, rows=2, layout={"width": "auto"}, style={"description_width": "12em"}) for name, label in TEXTS.items()}
        button, says = widgets.Button(description="Keep my decision", button_style="primary", layout={"width": "auto"}), widgets.HTML()
        inputs = [recommend.widget, *texts.values(), button]
        button.on_click(lambda _: self._clicked(recommend.widget.value, texts, inputs, says))
        if kept:
            _lock(inputs, says, self.said(picked))
        hide = widgets.HTML(f"<style>#{escape(identifier)} {{display: none}}</style>")
        return widgets.VBox([recommend.box, *texts.values(), widgets.HBox([button, says]), hide])

    def _clicked(self, recommended: str, texts: dict[str, widgets.Textarea], inputs: list[widgets.Widget], says: widgets.HTML) -> None:
        if not recommended:
            says.value = status("Choose what you recommend first.")
            return
        kept = journal()
        if kept:
            kept.commit(self.name, {"choice": recommended} | {name: text.value.strip()[:LONGEST] for name, text in texts.items()})
        _lock(inputs, says, self.said(recommended))


def _lock(inputs: list[widgets.Widget], says: widgets.HTML, sentence: str) -> None:
    for one in inputs:
        one.disabled = True
    says.value = status(sentence)
