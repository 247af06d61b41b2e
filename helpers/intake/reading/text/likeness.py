"""How much a text looks like what people write: everyday Chinese characters, or accents within Latin words."""

from collections.abc import Callable

LEVEL_ONE = {"gb2312": ((0xB0, 0xD8), (0xA1, 0xFF)), "big5": ((0xA4, 0xC7), (0x40, 0xFF))}  # rows and cells of each standard's everyday characters
PUNCTUATION = "，。：；、（）“”《》？！　—…·￥％「」"
MARKS = "€£°–—’‘“”•…©®«»§"


def chinese(standard: str) -> Callable[[str], float]:
    """A function from text to how everyday its letters beyond ASCII are by a standard's level 1: about 1 for Chinese text, below 0 for other bytes."""
    everyday = _level_one(standard)

    def like(text: str) -> float:
        return _mean(_character(text, place, everyday) for place, letter in enumerate(text) if letter > "\x7f")

    return like


def latin(text: str) -> float:
    """How much the letters beyond ASCII look like accents within words: about 0.8 for a European language, below 0 for other bytes."""
    return _mean(_accent(text, place) for place, letter in enumerate(text) if letter > "\x7f")


def _level_one(standard: str) -> frozenset[str]:
    rows, cells = LEVEL_ONE[standard]
    pairs = (bytes((row, cell)).decode(standard, "replace") for row in range(*rows) for cell in range(*cells))
    return frozenset(letter for letter in pairs if len(letter) == 1 and "\u4e00" <= letter <= "\u9fff")


def _character(text: str, place: int, everyday: frozenset[str]) -> float:
    letter = text[place]
    if letter in PUNCTUATION:
        return 0.5
    if not "\u4e00" <= letter <= "\u9fff":
        return -1.0
    if letter not in everyday:
        return 0.1
    within_a_word = text[place + 1 : place + 2].islower()  # such as the first letter of Änderung, read as Chinese
    return 0.5 if within_a_word else 1.0


def _accent(text: str, place: int) -> float:
    if not text[place].isalpha():
        return 0.6 if text[place] in MARKS else -1.0
    beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return 0.8 if any(letter.isascii() and letter.isalpha() for letter in beside) else -0.2


def _mean(scores) -> float:
    values = list(scores)
    return sum(values) / len(values) if values else 0.0
