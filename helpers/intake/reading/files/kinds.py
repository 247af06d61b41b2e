"""Which kind of table a file's bytes are."""

import codecs
import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

from helpers.intake.refusal import Refusal

DATABASES = ((0, b"SQLite format 3\0", "sqlite"), (8, b"DUCK", "duckdb"))
TABLES = {b"PAR1": "parquet", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "spreadsheet"}
NO_TABLE = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document (RTF)",
    b"7z\xbc\xaf\x27\x1c": "a packed archive (7z)",
    b"Rar!": "a packed archive (RAR)",
    b"\xfd7zXZ": "a packed file (xz)",
    b"BZh": "a packed file (bzip2)",
    b"\x28\xb5\x2f\xfd": "a packed file (zstd)",
    b"\x7fELF": "a program",
    b"ARROW1": "an Arrow file",
    b"Obj\x01": "an Avro file",
    b"ORC": "an ORC file",
    b"\x80\x04\x95": "a Python pickle",
}
FORMS = "save the table as CSV, xlsx, ods, Parquet or JSON lines"
WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|meta|div)", re.IGNORECASE | re.DOTALL)
XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
XES = re.compile(rb"<log\s[^>]*xes")


def database_in(path: Path) -> str | None:
    """sqlite or duckdb where the file is such a database: those are opened in place, not read whole."""
    with open(path, "rb") as file:
        head = file.read(16)
    return next((kind for place, mark, kind in DATABASES if head.startswith(mark, place)), None)


def kind_of(content: bytes, name: str) -> str:
    """One of text, spreadsheet, parquet, json_lines. Raises Refusal, in words, for a file that is none of them."""
    for mark, kind in TABLES.items():
        if content.startswith(mark):
            return kind
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(content, name)
    begin = content[:4096].removeprefix(b"\xef\xbb\xbf")
    no_table = [words for mark, words in NO_TABLE.items() if begin.startswith(mark)]
    if WEB_PAGE.match(begin):
        no_table = ["a web page, whatever its name says"]
    elif XML.match(begin):
        no_table = ["an event log in XES" if XES.search(begin) else "an XML file, whatever its name says"]
    if no_table:
        raise Refusal(f"this is {no_table[0]}, not a table", name, f"open it where it was made and {FORMS}")
    return "json_lines" if _is_json(content) else "text"


def _in_zip(content: bytes, name: str) -> str:
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refusal("the spreadsheet (or archive) is damaged or cut off", name, "copy or export it again") from error
    if any(inner.startswith("xl/") for inner in names) or {"content.xml", "mimetype"} <= set(names):
        return "spreadsheet"
    if any(inner.startswith(("word/", "ppt/")) for inner in names):
        raise Refusal("this is a document or presentation, not a table", name, FORMS)
    raise Refusal(f"this is a packed archive that holds {', '.join(names[:5]) or 'nothing'}", name, "unpack it and name the table in it")


def _is_json(content: bytes) -> bool:
    """Whether the first line is an object, or the file begins a list of objects."""
    begin = content[:4096]
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # as PowerShell writes it
        begin = begin.decode("utf-16", "ignore").encode(errors="ignore")
    begin = begin.removeprefix(codecs.BOM_UTF8).lstrip()
    if begin.startswith(b"["):
        return begin[1:].lstrip().startswith(b"{")
    if not begin.startswith(b"{"):
        return False
    return bool(re.match(rb'\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})', begin)) or isinstance(_parsed(begin.split(b"\n", 1)[0]), dict)


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None
