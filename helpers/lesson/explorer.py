"""Explorers: a picture with a few controls, a sentence on what changed, and a way back.

No Output widget: the first picture is the cell's own output, later ones go into an HTML widget through `observe`. So an error while
drawing stops the cell that made it, and static readers still see the picture with its alt text.
"""

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets as widgets
from IPython.display import HTML, display

from helpers.intake.refusal import Refusal
from helpers.lesson import words
from helpers.lesson.controls import Control, align, display_living, status
from helpers.lesson.picture import Picture

MOST_CONTROLS = 3


class Explorer:
    """A picture that answers up to three controls.

    name: an id, the same at every run. draw: from the controls' values, by name, to a Picture; it may raise Refusal, whose words are
    then shown in place of the sentence. Displaying the explorer draws the picture at the controls' first values in the cell itself.
    """

    def __init__(self, name: str, controls: Sequence[Control], draw: Callable[..., Picture]):
        if not 1 <= len(controls) <= MOST_CONTROLS:
            raise ValueError(f"an explorer has one to {MOST_CONTROLS} controls, this one has {len(controls)}")
        self.name, self.controls, self.draw = name, {control.name: control for control in controls}, draw
        self.first = self.now = draw(**self.values)
        self._drawn_at, self._held, self._faded = self.values, False, False
        self.picture, self.says = widgets.HTML(), widgets.HTML(_said("Move a control to see what changes."), layout={"flex": "1", "margin": "0 0 0 .6em"})
        self._reset = widgets.Button(description="Reset", tooltip="Back to the notebook's parameters", layout={"width": "7em"})
        self._reset.on_click(lambda _: self.reset())
        align(controls)
        for control in controls:
            control.widget.observe(self._moved, names="value")

    @property
    def values(self) -> dict[str, object]:
        """The controls' values, by name."""
        return {name: control.widget.value for name, control in self.controls.items()}

    @property
    def box(self) -> widgets.VBox:
        """The living part: controls, the sentence, the picture; its style hides the static picture above it."""
        hide = widgets.HTML(f"<style>#{escape(self.name)} {{display: none}}</style>")
        controls = [control.box for control in self.controls.values()]
        self.picture.value = self.now.html()
        return widgets.VBox([*controls, widgets.HBox([self._reset, self.says], layout={"align_items": "flex-start"}), self.picture, hide])

    def reset(self) -> None:
        """Move every control back to where it was first, and draw once."""
        self._held = True
        for control in self.controls.values():
            control.widget.value = control.value
        self._held = False
        self._answer()

    def follow(self, sentence: str) -> None:
        """Draw again at the same controls, since what is shown has changed, and say so; a refusal is said as after a move."""
        self._faded = True
        self._answer()
        if not self._faded:
            self.says.value = _said(sentence)

    def _moved(self, _) -> None:
        """Answer to a control, but not to a browser that rounds a value that it was given (0.3 for 0.30000000000000004)."""
        if not self._held and (self._moves() or self._faded):
            self._answer()

    def _moves(self) -> list[str]:
        """Which controls stand elsewhere than where the picture was drawn, in words."""
        said = [(control.label, control.said(self._drawn_at[name]), control.said(control.widget.value)) for name, control in self.controls.items()]
        return [f"{label} from {before} to {now}" for label, before, now in said if before != now]

    def _answer(self) -> None:
        """Draw at the controls' values and say what changed; where that can't be, say why and fade the picture that no longer holds."""
        try:
            picture = self.draw(**self.values)
            self.picture.value = picture.html()
        except Refusal as refusal:
            return self._fade(f"Not possible: {refusal.words()} The picture is the one before.")
        except Exception:
            self._fade("This could not be drawn; the picture is the one before. Please reset.")
            raise  # into the cell or the server's log: an error is never swallowed
        self.says.value = _said(what_changed(self._moves(), self.now, picture))
        self.now, self._drawn_at, self._faded = picture, self.values, False

    def _fade(self, sentence: str) -> None:
        self._faded = True
        self.says.value = _said(sentence)
        self.picture.value = f'<div style="opacity:.3">{self.now.html()}</div>'

    def _ipython_display_(self) -> None:
        display(HTML(self.first.html(self.name)))
        labels = words.listed([control.label for control in self.controls.values()])
        display_living(self.box, f"Run the notebook to move: {labels}.")


def what_changed(moves: Sequence[str], before: Picture, now: Picture) -> str:
    """A sentence: which controls moved from where to where (`moves`, in words), and which of the picture's numbers followed."""
    if not moves:
        return "Back at the picture before."
    followed = [f"{label} {before.numbers[label]} → {number}" for label, number in now.numbers.items() if before.numbers.get(label, number) != number]
    told = "; ".join(followed) or "none of the numbers below the picture changed"
    return f"{', '.join(moves)}: {told}."


def _said(sentence: str) -> str:
    return status(sentence, lines=2)
