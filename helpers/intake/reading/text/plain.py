"""Text tables so plain that every reader cuts them alike: a line for each row, quotation marks only around whole cells."""

import codecs
from collections.abc import Iterable

import numpy as np

DELIMITERS = (b",", b";", b"\t", b"|")
LINE, RETURN, QUOTE = b'\n\r"'


def plain_size(records: Iterable[bytes], delimiter: bytes) -> tuple[int, int] | None:
    """How many lines and cells a text has, given in pieces of whole records; None where it isn't plain.

    Plain is a text without NULs, byte-order marks, blank lines, mixed line ends, and quotation marks, line breaks or doubled marks within cells. Whether its rows
    are of one length isn't looked at.
    """
    if delimiter not in DELIMITERS:
        return None
    lines, between, ends = 0, 0, set()
    for text in records:
        end = _end_of_lines(text)
        ends.add(end)
        delimiters = _delimiters(text, delimiter)
        odd = len(ends) > 1 or end is None or text.startswith(end) or end + end in text or b"\0" in text or codecs.BOM_UTF8 in text
        if odd or delimiters is None:
            return None
        lines += text.count(b"\n") + (not text.endswith(b"\n"))
        between += delimiters
    return lines, lines + between


def _end_of_lines(text: bytes) -> bytes | None:
    """What ends each line of a text; None where it isn't always the same."""
    if b"\r" not in text:
        return b"\n"
    return b"\r\n" if text.count(b"\r") == text.count(b"\n") == text.count(b"\r\n") else None


def _delimiters(text: bytes, delimiter: bytes) -> int | None:
    """How many delimiters there are between cells; None where a pair of quotation marks doesn't stand around a cell of one line that has none within."""
    if b'"' not in text:
        return text.count(delimiter)
    signs = np.frombuffer(b"\n" + text + b"\n", np.uint8)
    quotes, breaks, between = (np.flatnonzero(signs == sign) for sign in (QUOTE, LINE, delimiter[0]))
    if len(quotes) % 2:
        return None
    opened, closed = quotes[::2], quotes[1::2]
    around = np.isin(signs[opened - 1], (LINE, delimiter[0])) & np.isin(signs[closed + 1], (LINE, RETURN, delimiter[0]))
    whole = around.all() and (np.searchsorted(breaks, opened) == np.searchsorted(breaks, closed)).all()
    return int((np.searchsorted(quotes, between) % 2 == 0).sum()) if whole else None
