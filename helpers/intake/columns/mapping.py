"""Column mappings: which of the file's columns plays which part."""

from collections.abc import Mapping

import yaml

from helpers.intake.refusal import Refusal

EXAMPLE = "write pairs with a space after each colon, such as 'person: user_id, time: event_time'"


def read_mapping(text: str | Mapping, where: str = "column mapping") -> dict[str, str]:
    """Our names -> the file's names, from text such as "person: user_id, time: event_time".

    text: YAML pairs on one line or one a line, or a mapping already read. In a file without a header the file's names are the
    positions "1", "2", ... Everything stays text ("no", "007"). Empty text gives an empty mapping.
    Raises Refusal where the text holds no pairs, a name twice, or a name without a column.
    """
    pairs = [(str(k), str(v)) for k, v in text.items()] if isinstance(text, Mapping) else _pairs(text, where)
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refusal(f"'{twice[0]}' is given twice", where, "give each name once")
    unfinished = [name for name, column in pairs if not name.strip() or not column.strip()]
    if unfinished:
        raise Refusal(f"'{unfinished[0]}' has no column beside it", where, EXAMPLE)
    return {name.strip(): column.strip() for name, column in pairs}


def _pairs(text: str, where: str) -> list[tuple[str, str]]:
    """The pairs in YAML text, as text; a one-line text needs no braces."""
    if not str(text).strip():
        return []
    node = _composed(text.strip(), where)
    if not isinstance(node, yaml.MappingNode) or not all(_are_words(pair) for pair in node.value):
        raise Refusal(f"can't be read as pairs: {text!r}", where, EXAMPLE)
    return [(name.value, column.value) for name, column in node.value]


def _composed(text: str, where: str) -> yaml.Node | None:
    one_line = "\n" not in text and not text.startswith("{")
    try:
        return yaml.compose("{" + text + "}" if one_line else text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise Refusal(f"can't be read: {text!r}", where, EXAMPLE) from error


def _are_words(pair: tuple[yaml.Node, yaml.Node]) -> bool:
    return all(isinstance(node, yaml.ScalarNode) for node in pair)
