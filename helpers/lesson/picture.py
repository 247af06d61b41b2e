"""A picture: a figure as HTML with a title that states the finding, alt text, and the numbers it shows."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from html import escape
from io import BytesIO

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from helpers.lesson.style import canvas, house_style

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

    @cached_property
    def image(self) -> str:
        """The figure as a PNG in base64, drawn once."""
        return _png(self.figure)

    def html(self, identifier: str = "") -> str:
        """The picture as one HTML figure; `identifier` becomes its id."""
        mark = f' id="{escape(identifier)}"' if identifier else ""
        width, height = (round(inches * 100) for inches in self.figure.get_size_inches())
        size = f'width="{width}" height="{height}" style="max-width:100%;height:auto"'  # known before the image is read: nothing jumps
        image = f'<img src="data:image/png;base64,{self.image}" alt="{escape(self.alt)}" {size}>'
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
    """The figure as a PNG in base64."""
    with house_style():
        figure.set_dpi(DPI)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    data = BytesIO()
    _few_colours(Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")).save(data, format="png", compress_level=3)
    return b64encode(data.getvalue()).decode("ascii")


def _few_colours(image: Image.Image) -> Image.Image:
    """The image in 256 colours: a third of the bytes, written in half the time, and no eye sees it; the background stays what it is."""
    few = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette, background = few.getpalette(), 3 * few.getpixel((0, 0))
    palette[background : background + 3] = image.getpixel((0, 0))
    few.putpalette(palette)
    return few


def prepare() -> None:
    """Draw a figure that nobody sees: fonts are loaded and letters known from then on, in this process and in those forked from it."""
    with house_style():
        figure, axes = canvas(columns=2)
        for one, scale in zip(axes, ("linear", "log"), strict=True):
            one.bar([1, 2], [1, 2], label="0123456789 %")
            one.plot([1, 2], [1, 2], label="abcdefghijklmnopqrstuvwxyz")
            one.set(title="ABCDEFGHIJKLMNOPQRSTUVWXYZ", xlabel="一", ylabel=".,:;-–()", yscale=scale)
            one.annotate("0.5", (1, 1), xytext=(2, 2), fontweight="bold", arrowprops={"arrowstyle": "-"})
            one.legend()
    Picture(figure, "", "").html()
