"""The mapping file kept beside a log: which column plays which part, what its words stand for, how it is to be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from helpers.intake.refusal import Refusal
from helpers.intake.whole_files import write_whole

SECTIONS = ("columns", "events", "kinds", "reading")
LARGEST, DEEPEST = 200_000, 3  # bytes; pairs within a section within the file
FORM = f"write sections of pairs: {', '.join(SECTIONS)}; each as in 'columns:' and below it, set in, 'time: event_time'"
PACKED = (".gz", ".bz2", ".zip", ".xz", ".zst")


@dataclass(frozen=True)
class MappingFile:
    """What a mapping file says; everything is text. columns: our column -> the file's. events: our event -> the file's. kinds: activity -> kind of
    work. reading: parameter (as date_order, sheet) -> its value."""

    columns: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    reading: Mapping[str, str] = field(default_factory=dict)


def beside(log: Path) -> Path:
    """Where a log's mapping file is looked for: my_log.csv has my_log.mapping.yaml."""
    name = log.name
    for ending in PACKED:
        name = name.removesuffix(ending)
    return log.with_name(f"{Path(name).stem}.mapping.yaml")


def read_mapping_file(path: Path) -> MappingFile:
    """The content of a mapping file. Raises Refusal where it isn't there, is too large, or isn't sections of pairs."""
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as fault:
        raise Refusal("the mapping file can't be read", str(path), fault.strerror or "") from None
    if content is None:
        raise Refusal("it is too large for a mapping file", path.name, FORM)
    sections = _pairs(_root(content, path.name), path.name, "the file")
    unknown = next((name for name in sections if name not in SECTIONS), None)
    if unknown is not None:
        raise Refusal(f"it has no section '{unknown}'", path.name, FORM)
    return MappingFile(**{name: _texts(node, path.name, name) for name, node in sections.items()})


def write_mapping_file(path: Path, mapping: MappingFile) -> Path:
    """Write a mapping file in one step; sections without content are left out."""
    sections = {name: dict(pairs) for name in SECTIONS if (pairs := getattr(mapping, name))}
    head = "# Which column plays which part: our name on the left, the log's on the right.\n"
    return write_whole(path, (head + yaml.safe_dump(sections, allow_unicode=True, sort_keys=False, width=1000)).encode())


def _root(content: bytes, name: str) -> yaml.Node | None:
    try:
        text = content.decode("utf-8-sig")
        _check_shape(text, name)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError) as fault:
        raise Refusal(f"it can't be read: {' '.join(str(fault).split())[:200]}", name, FORM) from None


def _check_shape(text: str, name: str) -> None:
    """Refuse what could grow without bound: names for parts that are repeated, and nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth >= DEEPEST or isinstance(event, yaml.AliasEvent):
            raise Refusal("it is more than sections of pairs", name, FORM)


def _pairs(node: yaml.Node | None, name: str, where: str) -> dict[str, yaml.Node]:
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return {}
    if not isinstance(node, yaml.MappingNode) or not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
        raise Refusal(f"{where} isn't pairs", name, FORM)
    names = [key.value for key, _ in node.value]
    twice = next((key for key in names if names.count(key) > 1), None)
    if twice is not None:
        raise Refusal(f"'{twice}' is given twice", name, "give each name once")
    return {key.value: value for key, value in node.value}


def _texts(node: yaml.Node, name: str, section: str) -> dict[str, str]:
    pairs = _pairs(node, name, f"section '{section}'")
    odd = next((key for key, value in pairs.items() if not isinstance(value, yaml.ScalarNode) or not value.value.strip() or not key.strip()), None)
    if odd is not None:
        raise Refusal(f"'{odd}' in section '{section}' has nothing beside it that could be used", name, FORM)
    return {key.strip(): value.value.strip() for key, value in pairs.items()}
