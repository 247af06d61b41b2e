"""Chinese characters are drawn on any machine, from the typeface that is shipped."""

import logging
import warnings

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.lesson.fonts import FILE, chinese
from helpers.lesson.style import house_style


def _pixels(text: str, **options) -> np.ndarray:
    with house_style(), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = Figure(figsize=(2, 0.6))
        figure.text(0.1, 0.3, text, **options)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        return np.asarray(canvas.buffer_rgba()).copy()


@pytest.mark.parametrize("text", ["用户送件", "審核退件", "「カナ」，。"])
def test_no_glyph_is_missing(text):
    assert _pixels(text).min() < 100


def test_different_characters_look_different():
    drawn = [_pixels(character).tobytes() for character in "用户送件審核"]
    assert len(set(drawn)) == 6


def test_a_character_that_is_not_shipped_is_told():
    with pytest.raises(UserWarning, match="missing from font"):
        _pixels("\U00020000")


def test_bold_text_logs_nothing(caplog):
    with caplog.at_level(logging.WARNING):
        _pixels("办理 done", fontweight="bold")
    assert caplog.records == []


def _level(encoding: str, leads: range) -> str:
    pairs = (bytes([lead, trail]) for lead in leads for trail in range(0x40, 0xFF))
    return "".join(pair.decode(encoding, "ignore") for pair in pairs)


def test_common_characters_are_all_shipped_under_a_name_of_our_own():
    font = TTFont(FILE)
    shipped = font.getBestCmap().keys()
    both = _level("gb2312", range(0xB0, 0xF8)) + _level("big5", range(0xA4, 0xC7))
    common = {character for character in both if "\u4e00" <= character <= "\u9fff"}
    assert len(common) > 8_800 and {character for character in common if ord(character) not in shipped} == set()
    assert font["name"].getDebugName(1) == chinese() == "Casebook CJK"
    assert (FILE.parent / "OFL.txt").exists() and FILE.stat().st_size < 4_000_000
