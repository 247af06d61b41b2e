"""Controls of an explorer: each with a name that is read aloud, each reachable by keyboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import floor

import ipywidgets as widgets
from IPython.display import display

LETTER, FIELD = 0.55, 8  # em: a letter's usual width, a number field's


@dataclass(frozen=True)
class Control:
    """One control of an explorer.

    name: the argument it feeds. label, unit: for people. value: where it is first. widget: what is observed and reached by keyboard.
    box: what is displayed. names: what people call its values, where they are not numbers.
    """

    name: str
    label: str
    unit: str
    value: object
    widget: widgets.Widget = field(compare=False)
    box: widgets.HBox = field(compare=False)
    names: Mapping[object, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The label with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    def said(self, value: object) -> str:
        """A value of this control in words."""
        text = self.names[value] if self.names else f"{value:,.10g}"
        return f"{text} {self.unit}".strip()


def slider(name: str, label: str, value: float, low: float, high: float, step: float, unit: str = "") -> Control:
    """A number from `low` to `high`: a slider, tied to a text field that carries the name (a slider alone has none).

    The first value is always one of those it can stand at: the ends give way where need be.
    """
    whole = all(float(part).is_integer() for part in (value, low, high, step))
    make_slider, make_field = (widgets.IntSlider, widgets.BoundedIntText) if whole else (widgets.FloatSlider, widgets.BoundedFloatText)
    bounds = {key: int(number) if whole else round(number, 10) for key, number in _grid(value, low, high, step).items()}
    number, bar = make_field(**bounds), make_slider(readout=False, layout={"width": "18em"}, **bounds)
    widgets.jslink((bar, "value"), (number, "value"))
    control = Control(name, label, unit, bounds["value"], number, widgets.HBox([number, bar], layout={"flex_flow": "row wrap"}))
    number.description = number.tooltip = bar.tooltip = control.text
    return control


def choice(name: str, label: str, options: list[str] | list[tuple[str, object]], value: object) -> Control:
    """One of a few named options, a button for each.

    Not a list: JupyterLab takes a list's arrow keys for its own (they leave the cell) and its letters for commands.
    """
    names = {option[1]: option[0] for option in options if isinstance(option, tuple)} or {option: option for option in options}
    buttons = widgets.ToggleButtons(options=options, value=value, style={"button_width": "auto"}, layout={"width": "auto"})
    return Control(name, label, "", value, buttons, widgets.HBox([widgets.Label(label, layout={"display": "flex", "justify_content": "flex-end"}), buttons]), names)


def align(controls: Sequence[Control]) -> None:
    """Give all labels the width of the longest, so that none is cut and the controls stand below each other."""
    width = max(LETTER * len(control.text) for control in controls) + 1
    for control in controls:
        if control.names:
            control.box.children[0].layout.width = f"{width:.1f}em"
        else:
            control.widget.style.description_width = f"{width:.1f}em"
            control.widget.layout.width = f"{width + FIELD:.1f}em"


def display_living(widget: widgets.Widget, instead: str) -> None:
    """Display a widget; where no kernel runs (on a code host, before the first run) its place holds `instead` and not its code."""
    display({**widget._repr_mimebundle_(), "text/plain": instead}, raw=True)


def status(sentence: str, lines: int = 1) -> str:
    """A sentence, as HTML, that is read aloud whenever it changes; `lines` are kept free for it, so that nothing below it jumps."""
    return f'<p role="status" aria-live="polite" style="min-height:{1.3 * lines + 0.1:.1f}em;margin:.2em 0;line-height:1.3">{escape(sentence)}</p>'


def _grid(value: float, low: float, high: float, step: float) -> dict[str, float]:
    """Value, ends and step such that the value is a whole number of steps from both ends: a browser would move it there otherwise."""
    below, above = floor(max(value - low, 0) / step + 1e-9), floor(max(high - value, 0) / step + 1e-9)
    return {"value": value, "min": value - below * step, "max": value + above * step, "step": step}
