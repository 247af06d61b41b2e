"""A picture: a figure as HTML with a title that states the finding, alt text, and the numbers it shows."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from html import escape
from io import BytesIO

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from helpers.lesson.style import house_style

DPI = 110


@dataclass(frozen=True)
class Picture:
    """What a drawing function returns.

    title: the finding in a sentence. alt: what a reader who can't see the figure needs. numbers: label -> number in words, what
    the figure shows; they are printed below it, so that a changed figure can't pass unseen.
    """

    figure: Figure
    title: str
    alt: str
    numbers: dict[str, str] = field(default_factory=dict)

    def html(self, identifier: str = "") -> str:
        """The picture as one HTML figure; `identifier` becomes its id."""
        mark = f' id="{escape(identifier)}"' if identifier else ""
        width = round(self.figure.get_figwidth() * 100)
        image = f'<img src="data:image/png;base64,{_png(self.figure)}" alt="{escape(self.alt)}" style="width:{width}px;max-width:100%">'
        caption = "; ".join(f"{escape(label)}: <b>{escape(number)}</b>" for label, number in self.numbers.items())
        heading = f'<div style="font-weight:600;margin:0 0 .4em">{escape(self.title)}</div>'
        return f'<figure{mark} style="margin:.6em 0">{heading}{image}<figcaption>{caption}</figcaption></figure>'

    def _repr_html_(self) -> str:
        return self.html()

    def __repr__(self) -> str:
        return f"{self.title} [{'; '.join(f'{label}: {number}' for label, number in self.numbers.items())}]"


def drawn(draw: Callable[..., Picture]) -> Callable[..., Picture]:
    """Let a drawing function run in the house style."""

    @wraps(draw)
    def styled(*arguments, **options):
        with house_style():
            return draw(*arguments, **options)

    return styled


def _png(figure: Figure) -> str:
    """The figure as a PNG of 256 colours: a third of the bytes and of the time that all colours would take, and no eye sees it."""
    with house_style():
        figure.set_dpi(DPI)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    data = BytesIO()
    image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(data, format="png", compress_level=3)
    return b64encode(data.getvalue()).decode("ascii")
