"""Controls of an explorer: each with a name that is read aloud, each reachable by keyboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ipywidgets as widgets

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
    box: widgets.Widget = field(compare=False)
    names: Mapping[object, str] = field(default_factory=dict)

    def said(self, value: object) -> str:
        """A value of this control in words."""
        text = f"{value:g}" if isinstance(value, float) else self.names.get(value, str(value))
        return f"{text} {self.unit}".strip()


def slider(name: str, label: str, value: float, low: float, high: float, step: float, unit: str = "") -> Control:
    """A number between `low` and `high`: a slider, tied to a text field that carries the name (a slider alone has none)."""
    whole = all(float(part).is_integer() for part in (value, low, high, step))
    make_slider, make_field = (widgets.IntSlider, widgets.BoundedIntText) if whole else (widgets.FloatSlider, widgets.BoundedFloatText)
    kind = int if whole else float
    bounds = {"value": kind(value), "min": kind(low), "max": kind(high), "step": kind(step)}
    text = f"{label} ({unit})" if unit else label
    field_ = make_field(description=text, tooltip=text, **bounds)
    slider_ = make_slider(readout=False, tooltip=text, layout={"width": "18em"}, **bounds)
    widgets.jslink((slider_, "value"), (field_, "value"))
    return Control(name, label, unit, kind(value), field_, widgets.HBox([field_, slider_], layout={"flex_flow": "row wrap"}))


def choice(name: str, label: str, options: list[str] | list[tuple[str, object]], value: object) -> Control:
    """One of a few named options, a button for each.

    Not a list: JupyterLab takes a list's arrow keys for its own (they leave the cell) and its letters for commands.
    """
    names = {option[1]: option[0] for option in options if isinstance(option, tuple)} or {option: option for option in options}
    buttons = widgets.ToggleButtons(options=options, value=value, description=label, tooltip=label, style={"button_width": "auto"})
    return Control(name, label, "", value, buttons, buttons, names)


def align(controls: Sequence[Control]) -> None:
    """Give all labels the width of the longest, so that none is cut and the fields stand below each other."""
    width = max(LETTER * len(control.widget.description) for control in controls) + 1
    for control in controls:
        control.widget.style.description_width = f"{width:.1f}em"
        control.widget.layout.width = "auto" if control.names else f"{width + FIELD:.1f}em"
