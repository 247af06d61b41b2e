"""Explorers: a picture with a few controls, a sentence on what changed, and a way back.

No Output widget: the first picture is the cell's own output, later ones go into an HTML widget through `observe`. So an error while
drawing stops the cell that made it, and static readers still see the picture with its alt text.
"""

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets as widgets
from IPython.display import HTML, display

from helpers.intake.refusal import Refusal
from helpers.lesson.controls import Control
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
        self.picture = widgets.HTML()
        self.says = widgets.HTML(_said("Move a control to see what changes."))
        self._reset = widgets.Button(description="Reset", tooltip="Back to the notebook's parameters")
        self._reset.on_click(lambda _: self.reset())
        for control in controls:
            control.widget.observe(lambda change, control=control: self._moved(control, change), names="value")

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
        return widgets.VBox([*controls, self._reset, self.says, self.picture, hide])

    def reset(self) -> None:
        """Move every control back to where it was first."""
        for control in self.controls.values():
            control.widget.value = control.value

    def _moved(self, control: Control, change: dict) -> None:
        try:
            before, self.now = self.now, self.draw(**self.values)
        except Refusal as refusal:
            self.says.value = _said(f"Not possible: {refusal.words()}")
            return
        except Exception:
            self.says.value = _said("This could not be drawn; the picture below is the one before. Please reset.")
            raise  # into the cell or the server's log: an error is never swallowed
        self.picture.value = self.now.html()
        self.says.value = _said(what_changed(control, change["old"], change["new"], before, self.now))

    def _ipython_display_(self) -> None:
        display(HTML(self.first.html(self.name)))
        display(self.box)


def what_changed(control: Control, old: object, new: object, before: Picture, now: Picture) -> str:
    """A sentence: which control moved from where to where, and which of the picture's numbers followed."""
    moved = f"{control.label} from {control.said(old)} to {control.said(new)}"
    followed = [f"{label} {before.numbers[label]} → {number}" for label, number in now.numbers.items() if before.numbers.get(label, number) != number]
    return f"{moved}: {'; '.join(followed)}." if followed else f"{moved}: none of the numbers below the picture changed."


def _said(sentence: str) -> str:
    return f'<p role="status" aria-live="polite" style="min-height:2.6em;margin:.2em 0">{escape(sentence)}</p>'
