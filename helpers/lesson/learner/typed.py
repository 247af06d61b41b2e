"""Numbers as people type them: blank, '20', '20 %', '1,500'."""

import re

import ipywidgets as widgets

BLANK = -1.0
NUMBER = re.compile(r"(\d+(?:[.]\d+)?)\s*%?")


def number_field(value: float, label: str) -> widgets.Text:
    """A field for a number that may stay blank; a value below 0 is shown as blank."""
    return widgets.Text(value="" if value < 0 else f"{value:g}", description=label, continuous_update=True, layout={"width": "auto"}, style={"description_width": "initial"})


def number_in(text: str) -> float:
    """The number that a text holds; -1 where it holds none."""
    found = NUMBER.fullmatch(text.strip().replace(",", ""))
    return float(found[1]) if found else BLANK
