"""The text in a file's bytes: which encoding, told by content.

A byte-order mark decides; else UTF-8 if it is valid; else the encoding under which the letters beyond ASCII look most like what people write:
the everyday characters of GB 2312 and of Big5 (each standard lists them first, as its level 1), or accented letters within Latin words.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from helpers.intake.reading.text.likeness import chinese, latin
from helpers.intake.refusal import Refusal

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SAMPLE = 1 << 16  # bytes of letters beyond ASCII from which the encoding is told
PLAUSIBLE = 0.5  # below it no encoding makes words of the letters
NO_FILES = {"idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape"}  # of addresses and program code
BEYOND = re.compile(rb"[\x80-\xff]")
SAVE_AS = "save it as 'CSV UTF-8', or name its encoding"


@dataclass(frozen=True)
class Decoded:
    """A file's text as UTF-8 without byte-order mark, the encoding it was in, and what else may be said of that choice."""

    text: bytes
    encoding: str
    notes: tuple[str, ...]


def decoded(content: bytes, name: str, asked: str = "auto") -> Decoded:
    """The text in a file's bytes. asked: its encoding, "auto" to tell it by content.

    Raises Refusal where there is no text, an encoding doesn't exist or doesn't fit (naming the row), or none looks like what people write.
    """
    if not content[:SAMPLE].strip() and not content.strip():
        raise Refusal("the file is empty", name, "check the export that wrote it")
    if asked != "auto":
        return _as(content, _known(asked), name)
    marked = [encoding for mark, encoding in MARKS.items() if content.startswith(mark)]
    if marked:
        return _as(content, marked[0], name)
    if b"\0" in content[:SAMPLE] and (wide := _two_bytes_a_letter(content[:SAMPLE])):
        return _as(content, wide, name)
    return _utf8(content, name) or _by_likeness(content, name)


def _known(asked: str) -> str:
    try:
        "".encode(asked)  # refuses codecs that aren't of text
        name = codecs.lookup(asked).name
    except (LookupError, UnicodeError):
        name = ""
    if not name or name in NO_FILES:
        raise Refusal(f"there is no encoding '{asked}'", "encoding", "use for example utf-8, gb18030, big5, utf-16 or cp1252")
    return name


def _as(content: bytes, encoding: str, name: str, notes: tuple[str, ...] = ()) -> Decoded:
    """The text by that encoding. Raises Refusal with the row of the first letter that isn't in it."""
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        row = content[: error.start].decode(encoding, "replace").count("\n") + 1
        cut = "the file ends in the middle of a letter: it is cut off" if error.end >= len(content) else f"a letter here isn't {encoding}"
        raise Refusal(cut, f"{name}, line {row}", f"export it again, {SAVE_AS}") from error
    try:
        return Decoded(text.encode(), encoding, (f"encoding {encoding}", *notes))
    except UnicodeEncodeError as error:  # halves of letters, which only odd encodings let through
        raise Refusal("a letter here is half a letter", f"{name}, line {text.count(chr(10), 0, error.start) + 1}", f"export it again, {SAVE_AS}") from error


def _utf8(content: bytes, name: str) -> Decoded | None:
    """UTF-8, None where it isn't. A few broken letters among many good ones are refused: it is UTF-8 that was damaged."""
    if content.isascii():
        return Decoded(content, "utf-8", ("encoding utf-8",))
    try:
        content.decode()
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content, error):
            return _as(content, "utf-8", name)
        return None
    return None if _is_utf8_by_chance(content) else Decoded(content, "utf-8", ("encoding utf-8",))


def _is_utf8_by_chance(content: bytes) -> bool:
    """Whether a few everyday Chinese characters of GB 2312 happen to be UTF-8: then they read as letters of several alphabets at once."""
    beyond = [letter for letter in _lines_beyond_ascii(content).decode(errors="ignore") if letter > "\x7f"]
    if len(beyond) > 30 or max(beyond, default="\uffff") > "\u07ff":
        return False
    alphabets = {unicodedata.name(letter, "none").split()[0] for letter in beyond}
    return len(alphabets) > 1 and _candidates()["gb18030"](_lines_beyond_ascii(content).decode("gb18030", "replace")) > 0.99


def _is_damaged_utf8(content: bytes, error: UnicodeDecodeError) -> bool:
    text = content[: error.start + SAMPLE].decode(errors="replace")
    bad, beyond = text.count("\ufffd"), sum(map(text.count, set(text) - set(map(chr, range(128)))))
    cut_off = error.end >= len(content) and error.reason == "unexpected end of data" and beyond > bad
    return cut_off or beyond - bad > 4 * bad


def _two_bytes_a_letter(sample: bytes) -> str | None:
    """UTF-16 without a mark: read so, the line has no NUL and is mostly ASCII or everyday Chinese."""
    even = sample[: len(sample) // 2 * 2]
    fits = {encoding: _everyday(even.decode(encoding, "replace")) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(fits, key=fits.get)
    return best if fits[best] > 0.8 else None


def _everyday(text: str) -> float:
    usual = sum(" " <= letter < "\x7f" or letter in "\t\r\n" or "\u4e00" <= letter <= "\u9fff" for letter in text)
    return usual / max(len(text), 1) - ("\0" in text)


@cache
def _candidates() -> dict[str, Callable[[str], float]]:
    return {"gb18030": chinese("gb2312"), "big5": chinese("big5"), "cp1252": latin}


def _by_likeness(content: bytes, name: str) -> Decoded:
    """The text by the encoding that makes the most likely letters of it; a rival that does as well is named."""
    sample = _lines_beyond_ascii(content)
    fits = {encoding: like(sample.decode(encoding, "replace")) for encoding, like in _candidates().items()}
    best = max(fits, key=fits.get)
    if fits[best] < PLAUSIBLE:
        raise Refusal(f"its letters are neither UTF-8 nor any of {', '.join(fits)}", name, SAVE_AS)
    rivals = [f"it could be {other} as well: check a few words" for other in fits if other != best and fits[best] - fits[other] < 0.05]
    found = "cp950" if best == "big5" and not _fits(content, "big5") else best
    return _as(content, found, name, tuple(rivals))


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lines_beyond_ascii(content: bytes) -> bytes:
    """The first lines that hold letters beyond ASCII, as many as the sample bears."""
    lines, size, end = [], 0, 0
    while size < SAMPLE and (found := BEYOND.search(content, end)):
        begin = content.rfind(b"\n", end, found.start()) + 1 or end
        end = content.find(b"\n", found.end()) + 1 or len(content)
        lines.append(content[begin:end][:SAMPLE])
        size += len(lines[-1])
    return b"".join(lines)
