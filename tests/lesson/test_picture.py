"""A picture: the same bytes every time, text that can't break out, room kept before the image is read."""

from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from helpers.lesson.picture import Picture, drawn
from helpers.lesson.style import BLUE, COLOURS, canvas, percent_axis


@drawn
def draw(points: int = 5, title: str = "Up", alt: str = "A rising line", numbers: dict | None = None) -> Picture:
    figure, axes = canvas()
    axes.plot(range(points))
    axes.axhspan(0, 1, color=BLUE)
    return Picture(figure, title, alt, numbers or {})


class _Tags(HTMLParser):
    """The tags of a piece of HTML, with their attributes; and its text."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def _pixels(picture: Picture) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(b64decode(picture.image))).convert("RGB"))


def test_the_same_figure_gives_the_same_bytes():
    assert draw().image == draw().image != draw(points=6).image


def test_title_alt_and_numbers_are_escaped():
    nasty = '"><script>alert(1)</script>'
    parsed = _Tags(draw(title=nasty, alt=nasty, numbers={nasty: nasty}).html(nasty))
    assert "script" not in {tag for tag, _ in parsed.tags}
    assert dict(parsed.tags)["img"]["alt"] == nasty and dict(parsed.tags)["figure"]["id"] == nasty
    assert parsed.text.count(nasty) == 3


def test_the_image_says_its_size_so_that_nothing_jumps():
    picture = draw()
    image = dict(_Tags(picture.html()).tags)["img"]
    height, width, _ = _pixels(picture).shape
    assert int(image["width"]) / int(image["height"]) == pytest.approx(width / height, abs=0.01)


def test_few_colours_are_enough():
    pixels = _pixels(draw()).reshape(-1, 3)
    assert (pixels[0] == 255).all()  # the background stays white
    assert np.abs(pixels - 255 * np.array(to_rgb(BLUE))).max(axis=1).min() <= 2


def test_the_words_of_a_picture_hold_its_numbers():
    assert repr(draw(numbers={"mean": "3 h"})) == "Up [mean: 3 h]"


def test_colours_are_told_apart_by_the_colour_blind():
    """Under simulated red and green blindness (Machado et al. 2009, severity 1), any two colours keep a distance."""
    blind = {
        "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    }
    linear = np.array([to_rgb(colour) for colour in COLOURS]) ** 2.2
    for matrix in blind.values():
        seen = (linear @ np.array(matrix).T).clip(0, 1) ** (1 / 2.2)
        apart = np.sqrt(((seen[:, None] - seen) ** 2).sum(axis=2)) + np.eye(len(seen))
        assert apart.min() > 0.1


def test_shares_read_in_percent():
    _, axes = canvas()
    percent_axis(axes.yaxis)
    assert axes.yaxis.get_major_formatter()(0.25) == "25%"
