"""A picture: a figure as HTML with a title that states the finding, alt text, and the numbers it shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from html import escape

from matplotlib.figure import Figure

from helpers.lesson.drawing import png
from helpers.lesson.style import canvas, house_style


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
        return png(self.figure)

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
