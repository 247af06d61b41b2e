"""Controls of an explorer: each with a name that is read aloud, each reachable by keyboard."""

from dataclasses import dataclass, field

import ipywidgets as widgets

LABEL_WIDTH = "16em"


@dataclass(frozen=True)
class Control:
    """One control: its name (the argument it feeds), label and unit for people, first value, widget and how it is shown."""

    name: str
    label: str
    unit: str
    value: object
    widget: widgets.Widget = field(compare=False)
    box: widgets.Widget = field(compare=False)

    def said(self, value: object) -> str:
        """A value of this control in words."""
        text = f"{value:g}" if isinstance(value, float) else str(value)
        return f"{text} {self.unit}".strip()


def slider(name: str, label: str, value: float, low: float, high: float, step: float, unit: str = "") -> Control:
    """A number between `low` and `high`: a slider, tied to a text field that carries the name (a slider alone has none)."""
    whole = all(float(part).is_integer() for part in (value, low, high, step))
    make_slider, make_field = (widgets.IntSlider, widgets.BoundedIntText) if whole else (widgets.FloatSlider, widgets.BoundedFloatText)
    kind = int if whole else float
    bounds = {"value": kind(value), "min": kind(low), "max": kind(high), "step": kind(step)}
    field_ = make_field(description=_label(label, unit), style={"description_width": LABEL_WIDTH}, layout={"width": "25em"}, **bounds)
    slider_ = make_slider(readout=False, layout={"width": "20em"}, **bounds)
    widgets.jslink((slider_, "value"), (field_, "value"))
    return Control(name, label, unit, kind(value), field_, widgets.HBox([field_, slider_], layout={"flex_flow": "row wrap"}))


def choice(name: str, label: str, options: list[str] | list[tuple[str, object]], value: object) -> Control:
    """One of a few named options, in a drop-down list."""
    menu = widgets.Dropdown(options=options, value=value, description=label, style={"description_width": LABEL_WIDTH}, layout={"width": "32em"})
    return Control(name, label, "", value, menu, menu)


def _label(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label
