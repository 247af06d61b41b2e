"""Forms: named fields, a button, and a sentence that says what became of it; all by keyboard."""

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from helpers.intake.refusal import Refusal
from helpers.lesson.controls import FIELD, LETTER, display_living, status

WIDE = "52em"


def text_field(label: str, example: str = "") -> widgets.Text:
    """A line of text; its label is read aloud."""
    field = widgets.Text(description=label, tooltip=label, placeholder=example, continuous_update=False, layout={"width": WIDE, "max_width": "100%"})
    return field.add_class("casebook-line")


def number_field(label: str, value: float, low: float = 0.0, high: float = 1e12, whole: bool = False) -> widgets.BoundedFloatText:
    """A number within bounds."""
    kind = widgets.BoundedIntText if whole else widgets.BoundedFloatText
    return kind(value=value, min=low, max=int(high) if whole else high, description=label, tooltip=label)


class Form:
    """Fields by name and what is done with them.

    keep: from the fields' values, by name, to a sentence that says what became of it; it may raise Refusal. lines: the fields' names, those of
    one line together. instead: what readers without a kernel see.
    """

    def __init__(self, fields: Mapping[str, widgets.Widget], lines: tuple[tuple[str, ...], ...], button: str, keep: Callable[[dict], str], instead: str):
        self.fields, self.lines, self.keep, self.instead = dict(fields), lines, keep, instead
        self.first = {name: field.value for name, field in self.fields.items()}
        self.says = widgets.HTML(status(""))
        self.button = widgets.Button(description=button, tooltip=button, layout={"width": "auto"})
        self.button.on_click(lambda _: self.submit())

    def submit(self) -> None:
        """Do what the form is for, say what became of it, and empty the fields; where it is refused they stay, and the reason is said."""
        try:
            sentence = self.keep({name: field.value for name, field in self.fields.items()})
        except (Refusal, OSError) as refusal:
            self.says.value = status(f"Not kept: {refusal.words() if isinstance(refusal, Refusal) else refusal.strerror}")
            return
        for name, value in self.first.items():
            self.fields[name].value = value
        self.says.value = status(sentence)

    @property
    def box(self) -> widgets.VBox:
        """The form as one widget."""
        for place in range(max(map(len, self.lines))):
            self._align([self.fields[line[place]] for line in self.lines if len(line) > place])
        rows = [widgets.HBox([self.fields[name] for name in line], layout={"flex_flow": "row wrap"}) for line in self.lines]
        return widgets.VBox([*rows, widgets.HBox([self.button]), self.says])

    @staticmethod
    def _align(column: list[widgets.Widget]) -> None:
        """Give the labels of fields that stand below each other the width of the longest."""
        width = max(LETTER * len(field.description) for field in column) + 1
        for field in column:
            field.style.description_width = f"{width:.1f}em"
            if not isinstance(field, widgets.Text):
                field.layout.width = f"{width + FIELD:.1f}em"

    def _ipython_display_(self) -> None:
        display_living(self.box, self.instead)
