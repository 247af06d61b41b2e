"""The text in a file's bytes: which encoding, told by content.

A byte-order mark decides; else UTF-8 if it is valid; else the encoding under which the letters beyond ASCII look most like what people write:
the everyday characters of GB 2312 and of Big5 (each standard lists them first, as its level 1), or accented letters within Latin words.
"""

import codecs
import mmap
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
PIECE = 8 << 20  # bytes of a large file that are looked at at a time
PLAUSIBLE = 0.5  # below it no encoding makes words of the letters
NO_FILES = {"idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape"}  # of addresses and program code
BEYOND = re.compile(rb"[\x80-\xff]")
CUT = "unexpected end of data"  # what Python calls a letter that isn't finished
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
        raise refused(error, encoding, name, 0, at_end=error.end >= len(content)) from error
    try:
        return Decoded(text.encode(), encoding, (f"encoding {encoding}", *notes))
    except UnicodeEncodeError as error:  # halves of letters, which only odd encodings let through
        raise half_a_letter(text, error, name, 0) from error


def refused(error: UnicodeDecodeError, encoding: str, name: str, lines: int, at_end: bool) -> Refusal:
    """Words for a letter that isn't in an encoding; lines: how many went before the bytes that the error is about."""
    row = lines + error.object[: error.start].decode(encoding, "replace").count("\n") + 1
    cut = "the file ends in the middle of a letter: it is cut off" if at_end else f"a letter here isn't {encoding}"
    return Refusal(cut, f"{name}, line {row}", f"export it again, {SAVE_AS}")


def half_a_letter(text: str, error: UnicodeEncodeError, name: str, lines: int) -> Refusal:
    """Words for half a letter; lines: how many went before the text."""
    return Refusal("a letter here is half a letter", f"{name}, line {lines + text.count(chr(10), 0, error.start) + 1}", f"export it again, {SAVE_AS}")


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
    alphabets = {"LATIN" if letter < "\u0100" else unicodedata.name(letter, "none").split()[0] for letter in beyond}  # £ and é go together
    return len(alphabets) > 1 and _candidates()["gb18030"](_lines_beyond_ascii(content).decode("gb18030", "replace")) > 0.99


def _is_damaged_utf8(content: bytes, error: UnicodeDecodeError) -> bool:
    text = content[: error.start + SAMPLE].decode(errors="replace")
    bad, beyond = text.count("\ufffd"), sum(map(text.count, set(text) - set(map(chr, range(128)))))
    cut_off = error.end >= len(content) and error.reason == CUT and beyond > bad
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
    best, rivals = _likeliest(_lines_beyond_ascii(content), name)
    return _as(content, "cp950" if best == "big5" and not is_text_in(content, "big5") else best, name, rivals)


def _likeliest(sample: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The encoding that makes the most likely letters of a sample, and notes on rivals that do as well."""
    fits = {encoding: like(sample.decode(encoding, "replace")) for encoding, like in _candidates().items()}
    best = max(fits, key=fits.get)
    if fits[best] < PLAUSIBLE:
        raise Refusal(f"its letters are neither UTF-8 nor any of {', '.join(fits)}", name, SAVE_AS)
    return best, tuple(f"it could be {other} as well: check a few words" for other in fits if other != best and fits[best] - fits[other] < 0.05)


def is_text_in(content: bytes, encoding: str) -> bool:
    """Whether bytes are text in an encoding."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lines_beyond_ascii(content: bytes | mmap.mmap) -> bytes:
    """The first lines that hold letters beyond ASCII, as many as the sample bears."""
    lines, size, end = [], 0, 0
    while size < SAMPLE and (found := BEYOND.search(content, end)):
        begin = content.rfind(b"\n", end, found.start()) + 1 or end
        end = content.find(b"\n", found.end()) + 1 or len(content)
        lines.append(content[begin:end][:SAMPLE])
        size += len(lines[-1])
    return b"".join(lines)


def encoding_of(file: Path, asked: str = "auto") -> tuple[str, tuple[str, ...]]:
    """The encoding of a text file of any size and notes on it, told as `decoded` tells it, without holding the file. Raises Refusal as it does."""
    if asked != "auto":
        return _known(asked), (f"encoding {_known(asked)}",)
    with open(file, "rb") as opened:
        if not opened.read(SAMPLE + 1).strip() and file.stat().st_size <= SAMPLE:
            raise Refusal("the file is empty", file.name, "check the export that wrote it")
    with open(file, "rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return _encoding_in(content, file)


def _encoding_in(content: mmap.mmap, file: Path) -> tuple[str, tuple[str, ...]]:
    """The same of a file's bytes, of which only pieces are looked at a time."""
    head = content[:SAMPLE]
    if wide := next((encoding for mark, encoding in MARKS.items() if head.startswith(mark)), None) or (_two_bytes_a_letter(head) if b"\0" in head else None):
        return wide, (f"encoding {wide}",)
    if _is_ascii(file):
        return "utf-8", ("encoding utf-8",)
    broken = broken_at(file, "utf-8")
    if broken is None:
        sample = _lines_beyond_ascii(content)
        found = decoded(sample, file.name) if len(sample) < SAMPLE and sample else None
        return (found.encoding, found.notes) if found else ("utf-8", ("encoding utf-8",))
    around, place, cut = content[max(broken - SAMPLE, 0) : broken + SAMPLE], min(broken, SAMPLE), broken + 4 > len(content)
    error = UnicodeDecodeError("utf-8", around, place, len(around) if cut else place + 1, CUT if cut else "")
    if _is_damaged_utf8(around, error):
        return "utf-8", ("encoding utf-8",)
    found = _likeliest(_lines_beyond_ascii(content), file.name)
    encoding = "cp950" if found[0] == "big5" and broken_at(file, "big5") is not None else found[0]
    return encoding, (f"encoding {encoding}", *found[1])


def _is_ascii(file: Path) -> bool:
    with open(file, "rb") as opened:
        return all(content.isascii() for content in iter(lambda: opened.read(PIECE), b""))


def broken_at(file: Path, encoding: str) -> int | None:
    """The byte about which a file stops being text in an encoding; None where all of it is."""
    decoder, place = codecs.getincrementaldecoder(encoding)(), 0
    with open(file, "rb") as opened:
        while content := opened.read(PIECE):
            try:
                decoder.decode(content)
            except UnicodeDecodeError as error:
                return place + error.start - (len(error.object) - len(content))
            place += len(content)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return place - 1
    return None
