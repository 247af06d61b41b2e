"""Which character cuts a text file's lines into cells."""

import csv
from collections import Counter
from io import StringIO

from helpers.intake.refusal import Refusal

USUAL = (",", ";", "\t", "|", "\x01", "^", "~")
RARE = ("\x1f", "\x1e", "\x02", "¦", "§", "¬", "þ", "；", "，", "｜", "、", "·", "#", "!", "$", "*")  # only where no usual one cuts
KINDS = ((USUAL, 0.0, 2), (RARE, 0.99, 2), ((" ",), 0.99, 3))  # which are tried before which; at least how many lines agree, and on how many columns
IN_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", " ": "space"}
BY_NAME = {word: sign for sign, word in IN_WORDS.items()} | {"\\t": "\t", "pipe": "|"}


def named_delimiter(asked: str) -> str:
    """The character that a person means. Raises Refusal where it can't be one."""
    sign = BY_NAME.get(asked.lower(), asked)
    if len(sign) != 1 or sign.isalnum() or sign in '"\r\n\0':
        raise Refusal(f"'{asked}' can't be a delimiter", "delimiter", "give one character such as ; or a word such as tab")
    return sign


def in_words(delimiter: str) -> str:
    """What a person calls the delimiter."""
    return IN_WORDS.get(delimiter, repr(delimiter))


def guess_delimiter(text: str, lines: int = 50) -> str:
    """The delimiter that cuts most of the first lines into the most columns of equal number, with no other delimiter left in the cells; a comma if none does."""
    sample = "".join(line for line, _ in zip(StringIO(text, newline=""), range(lines)))
    for signs, least, fewest in KINDS:
        scores = {sign: _score(sample, sign, least, fewest) for sign in signs if sign in sample}
        if scores and max(scores.values()) > 0:
            return max(scores, key=scores.get)
    return ","


def _score(sample: str, delimiter: str, least: float, fewest: int) -> float:
    """Columns cut, times the share of records that agree, times the square of the share of cells without another usual delimiter.

    The last, since 1,5;2,3 is two numbers. 0 where fewer than `fewest` columns are cut, or fewer than `least` of the records agree.
    """
    try:
        records = [record for record in csv.reader(StringIO(sample, newline=""), delimiter=delimiter) if record]
    except csv.Error:
        return 0.0
    counts = Counter(map(len, records))
    agreeing = {width: count / len(records) for width, count in counts.items()}
    best = max((width * share for width, share in agreeing.items() if width >= fewest and share >= least), default=0.0)
    cells = [cell for record in records if len(record) > 1 for cell in record]
    others = [sign for sign in USUAL[1:4] if sign != delimiter]
    return best * (sum(not any(sign in cell for sign in others) for cell in cells) / len(cells)) ** 2 if best else 0.0
