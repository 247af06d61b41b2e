"""JSON lines (an object a line) and JSON lists of objects."""

import codecs
import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.intake.reading.naming import Columns, column_names, mapped
from helpers.intake.reading.table import Options, Table
from helpers.intake.reading.text.encoding import decoded, is_text_in
from helpers.intake.refusal import Refusal

REMEDY = "write one object a line, as in {\"person\": \"u1\", \"time\": \"2026-03-31 14:05\"}"


class _Twice(ValueError):
    """A name that an object holds twice."""


def read(content: bytes, path: Path, mapping: Mapping[str, str], options: Options, notes: tuple[str, ...] = ()) -> Table:
    """The objects as rows, each numbered by its line (in a list: by its place). Objects within them become columns such as address.city;
    columns that hold lists are left out, said. Raises Refusal: a line that can't be read, is no object or holds a name twice."""
    found = decoded(content, path.name, _encoding(content, options.encoding))
    text = found.text.decode()
    records, of = (_listed(text, path.name), "one list of objects") if text.lstrip().startswith("[") else (_lines(text, path.name), "an object a line")
    if not records:
        raise Refusal("there is no object in it", path.name, REMEDY)
    flat = {row: _flat(record) for row, record in records.items()}
    names = list(dict.fromkeys(name for record in flat.values() for name in record))
    left = {name: "it holds lists" for name in names if any(isinstance(record.get(name), list) for record in flat.values())}
    kept = [name for name in names if name not in left]
    column_names(kept, path.name)
    frame = pd.DataFrame({name: [_text(record.get(name)) for record in flat.values()] for name in kept}, index=pd.Index(flat, name="row"), dtype="str")
    nested = [name for name in kept if "." in name and not any(name in record for record in records.values())]
    said = [f"objects within objects read as columns: {', '.join(nested)}"] if nested else []
    typed = [name for name in kept if not any(type(record.get(name)) is str for record in flat.values())]
    columns = Columns(frame[frame.notna().any(axis=1)], left, typed)
    return mapped(columns, mapping, path, (*notes, *found.notes, f"JSON: {of}", *said))


def _encoding(content: bytes, asked: str) -> str:
    """The encoding to read by: JSON is UTF-8 by its standard (RFC 8259), and anything else only where it can't be that."""
    is_utf8 = b"\0" not in content and not content.startswith(codecs.BOM_UTF8) and is_text_in(content, "utf-8")
    return "utf-8" if asked == "auto" and is_utf8 else asked


def _lines(text: str, name: str) -> dict[int, dict]:
    return {row: _object(line, f"{name}, line {row}") for row, line in enumerate(text.split("\n"), 1) if line.strip()}


def _listed(text: str, name: str) -> dict[int, dict]:
    found = _parsed(text, name)
    odd = next((place for place, record in enumerate(found, 1) if not isinstance(record, dict)), None)
    if odd:
        raise Refusal("this is no object", f"{name}, record {odd}", REMEDY)
    return dict(enumerate(found, 1))


def _object(line: str, where: str) -> dict:
    found = _parsed(line, where)
    if not isinstance(found, dict):
        raise Refusal("this line is no object", where, REMEDY)
    return found


def _parsed(text: str, where: str):
    """What JSON says, numbers as they are written: an id of 20 digits keeps them."""
    try:
        return DECODER.decode(text)
    except _Twice as error:
        raise Refusal(f"the name '{error}' is there twice in one object", where, "rename one of them") from error
    except (ValueError, RecursionError) as error:
        place = f" (at character {error.pos + 1})" if isinstance(error, json.JSONDecodeError) else ""
        raise Refusal(f"this can't be read as JSON{place}", where, f"{REMEDY}; or the file is cut off") from error


class _Number(str):
    """A number as it is written, told from text by its type."""


def _number(written: str) -> _Number:
    return _Number(written.removesuffix(".0"))


def _once(pairs: list[tuple[str, object]]) -> dict:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return record


def _flat(record: dict, before: str = "") -> dict[str, object]:
    """The record with objects within it as names joined by dots."""
    flat: dict[str, object] = {}
    for name, value in record.items():
        flat |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {f"{before}{name}": value}
    return flat


def _text(value: object) -> str | None:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else (str(value) if value else None)


DECODER = json.JSONDecoder(parse_int=_Number, parse_float=_number, parse_constant=lambda word: None, object_pairs_hook=_once)
