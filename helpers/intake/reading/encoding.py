"""The text in a file's bytes: which encoding, by content."""

import codecs
from pathlib import Path

from helpers.intake.refusal import Refusal

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SAVE_AS = "save it as 'CSV UTF-8' and try again"


def read_content(path: Path) -> tuple[bytes, str]:
    """The file's text as UTF-8 without byte-order mark, and the encoding it was in. Raises Refusal where there is no file or no text in it."""
    if path.is_dir():
        raise Refusal("this is a folder, not a file", str(path), "name the file in it")
    if not path.exists():
        raise Refusal("there is no such file", str(path), _neighbours(path))
    return to_utf8(path.read_bytes(), path.name)


def to_utf8(content: bytes, name: str) -> tuple[bytes, str]:
    """The text as UTF-8, and its encoding: by its byte-order mark, else UTF-8 if it is valid, else GB18030 if it is valid."""
    if not content.strip():
        raise Refusal("the file is empty", name, "check the export that wrote it")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Refusal("this is a spreadsheet or an archive, not a text table", name, SAVE_AS)
    marked = [encoding for mark, encoding in MARKS.items() if content.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = _without_nul(content.decode(encoding), name)
        except UnicodeDecodeError:
            continue
        return content if encoding == "utf-8" else text.encode(), encoding
    raise Refusal("its letters are neither UTF-8 nor GB18030", name, SAVE_AS)


def _without_nul(text: str, name: str) -> str:
    if "\0" in text:
        raise Refusal("it holds NUL characters, so it isn't a text table", name, SAVE_AS)
    return text


def _neighbours(path: Path) -> str:
    near = sorted(p.name for p in path.parent.glob("*.*sv"))[:8] if path.parent.is_dir() else []
    return f"in that folder there are: {', '.join(near)}" if near else "check the path"
