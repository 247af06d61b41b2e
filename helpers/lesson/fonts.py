"""The typeface for Chinese characters in figures, shipped so that no machine shows boxes in their place."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from matplotlib.font_manager import fontManager

FILE = Path(__file__).with_name("fonts") / "CasebookCJK.otf"


@cache
def chinese() -> str:
    """The family's name, after matplotlib was told once where its file is (about a millisecond)."""
    fontManager.addfont(FILE)
    regular = fontManager.ttflist[-1]
    fontManager.ttflist.append(replace(regular, weight="bold"))  # one weight for both, or every bold label logs a warning
    return "Casebook CJK"
