"""Scenario files read within bounds: values stay the words of the file until the notebook's declarations say what they are."""

import csv
import io
from pathlib import Path

import yaml

from helpers.intake.refusal import Refusal

LARGEST = {"yaml": 5_000_000, "csv": 200_000_000}  # bytes
DEEPEST = 8
Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(file: Path) -> object:
    """The file's content as dictionaries, lists and words: `001`, `1e6` and `false` come as they stand there, for a declared type to decide.

    Raises Refusal where it can't be read, is too large or too deep, isn't YAML, names a key twice, or uses tags, anchors or aliases.
    """
    text = _text(file, "yaml")
    try:
        _refuse_tricks(text, file)
        return _plain(yaml.compose(text, Loader=Loader), file)
    except yaml.YAMLError as fault:
        raise Refusal("the file is not valid YAML", where=f"{file.name}, {fault}".replace("\n", " ")) from None


def read_rows(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by column, cells as they stand there, empty ones left out. Raises Refusal with the row that doesn't fit its header."""
    text = _text(file, "csv")
    head = text.split("\n", 1)[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head and "," not in head else ",", strict=True)
    try:
        header = [name.strip() for name in next(lines, [])]
        rows = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise Refusal(f"the file is not a valid CSV file ({fault})", where=f"{file.name}, row {lines.line_num}") from None
    _refuse_header(header, file)
    long = next((number for number, row in rows if len(row) > len(header)), None)
    if long:
        raise Refusal("there are more cells than the header has names", f"{file.name}, row {long}", "put a value that holds commas into quotation marks")
    return [{name: cell for name, cell in zip(header, row, strict=False) if cell != ""} for _, row in rows]


def _text(file: Path, kind: str) -> str:
    try:
        if file.stat().st_size > LARGEST[kind]:
            raise Refusal(f"the file is larger than {LARGEST[kind] / 1e6:g} MB", where=file.name, remedy="a grid or a sample says the same in a few lines; a long list fits into a CSV file")
        return file.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise Refusal("the scenario file can't be read", where=str(file), remedy=fault.strerror or "") from None
    except UnicodeDecodeError:
        raise Refusal("the file is not written in UTF-8", where=file.name, remedy="save it again with the encoding UTF-8") from None


def _refuse_tricks(text: str, file: Path) -> None:
    """Raise Refusal for what a scenario never needs and what can make a small file huge or run code."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        tricks = {"an anchor or alias": isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None), "a tag": getattr(event, "tag", None), "too many levels": depth > DEEPEST}
        found = next((trick for trick, there in tricks.items() if there), None)
        if found:
            raise Refusal(f"the file is not valid YAML for scenarios: it holds {found}", f"{file.name}, line {event.start_mark.line + 1}", "write the values out")


def _plain(node: yaml.Node | None, file: Path) -> object:
    """The node as words; nothing at all, `null` and `~` outside quotation marks are None."""
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.style and node.value.lower() in ("", "~", "null")):
        return None
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, file) for each in node.value]
    found = {}
    for key, value in node.value:
        where = f"{file.name}, line {key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode):
            raise Refusal("a name must be a word", where)
        if key.value in found:
            raise Refusal(f"'{_short(key.value)}' is there twice", where, "keep one of them")
        found[key.value] = _plain(value, file)
    return found


def _refuse_header(header: list[str], file: Path) -> None:
    twice = next((name for name in header if header.count(name) > 1), None)
    if not any(header) or "" in header or twice:
        what = f"the column '{_short(twice)}' is there twice" if twice else "the first row must name every column"
        raise Refusal(what, f"{file.name}, row 1", "the columns are the notebook's parameters, and 'name' if scenarios have one")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
