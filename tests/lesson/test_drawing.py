"""Drawing quickly changes no pixel: the shared sheet and the heights that are read once give what matplotlib gives by itself."""

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from helpers.lesson.drawing import DPI, few_colours, png
from helpers.lesson.style import canvas, house_style


def figure(words: str, columns: int = 1, **text) -> Figure:
    with house_style():
        made, axes = canvas(columns=columns, squeeze=False)
        for number, ax in enumerate(axes.flat):
            ax.plot([1, 10**number], [1, 2], label=words)
            ax.set_title(words, **text)
            ax.set_xlabel(words)
            ax.legend()
    return made


def by_itself(made: Figure) -> np.ndarray:
    with house_style():
        made.set_dpi(DPI)
        alone = FigureCanvasAgg(made)
        alone.draw()
    return np.asarray(few_colours(Image.fromarray(np.asarray(alone.buffer_rgba())).convert("RGB")).convert("RGB"))


def by_us(made: Figure) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(b64decode(png(made)))).convert("RGB"))


@pytest.mark.parametrize("given", [{"words": "Waiting, days"}, {"words": "two\nlines", "columns": 2}, {"words": "一 client", "fontweight": "bold"}, {"words": "$x^2$", "fontsize": 15}], ids=lambda given: given["words"])
def test_every_pixel_is_as_matplotlib_draws_it_alone(given):
    png(figure("what was drawn before", columns=2))
    for _ in range(2):
        assert np.array_equal(by_us(figure(**given)), by_itself(figure(**given)))
