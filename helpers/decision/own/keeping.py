"""Keeping a request of one's own: a folder made from the shipped example, and claims and options added to its files, each in one step."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import yaml
from filelock import FileLock

from helpers.decision.ledger import Claim, claims_of
from helpers.decision.own.case import Files
from helpers.decision.own.plan import plan_of
from helpers.intake.whole_files import write_whole
from helpers.intake.refusal import Refusal

LOG = "log.csv"


def start(folder: Path) -> Files:
    """A folder with the shipped example's files, to be written over. Raises Refusal where it holds a request already."""
    example, files = Files.of(""), Files(*(folder / name for name in ("request.md", "claims.yaml", "options.yaml")))
    there = [file.name for file in (files.request, files.claims, files.options) if file.exists()]
    if there:
        raise Refusal(f"{there[0]} is there already", folder.name, "choose an empty folder, or go on with that one")
    folder.mkdir(parents=True, exist_ok=True)
    options = example.options.read_text(encoding="utf-8")
    write_whole(folder / LOG, (example.options.parent / _log_file(options)).read_bytes())
    write_whole(files.options, options.replace(_log_file(options), LOG).encode())
    for ours, theirs in ((files.request, example.request), (files.claims, example.claims)):
        write_whole(ours, theirs.read_bytes())
    return files


def _log_file(options: str) -> str:
    return yaml.load(options, Loader=yaml.BaseLoader)["log"]["file"]


def add_claim(file: Path, claim: Claim) -> None:
    """The claim added at the end of a claims file, all else left as it is. Raises Refusal, and writes nothing, where the file would no longer be read."""
    row = {"claim": claim.claim, "said_by": claim.said_by, "whys": list(claim.whys), "metric": claim.metric, "rule": claim.rule}
    added = yaml.safe_dump([{name: value for name, value in row.items() if value}], sort_keys=False, allow_unicode=True, width=1000)
    _change(file, lambda text: f"{text.rstrip()}\n{added}", lambda content, where: claims_of(content, where))


def add_option(file: Path, key: str, entry: Mapping[str, object]) -> None:
    """The option added to an options file, all else left as it is. entry: its parts as in that file. Raises Refusal, and writes nothing, where it can't be."""
    _change(file, lambda text: _with_option(text, key, entry, file.name), plan_of)


def _with_option(text: str, key: str, entry: Mapping[str, object], where: str) -> str:
    """The text with the entry below the last one under `options:`."""
    node = next((value for name, value in _pairs(text, where) if name.value == "options"), None)
    if not isinstance(node, yaml.MappingNode) or node.flow_style or key in [name.value for name, _ in node.value]:
        raise Refusal(f"the option '{key}' can't be added", where, "give it another name, and write each option on lines of its own")
    lines, last = text.splitlines(), node.end_mark.line
    while not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#"):
        last -= 1
    indent = " " * node.value[0][0].start_mark.column
    dumped = yaml.safe_dump({key: dict(entry)}, sort_keys=False, allow_unicode=True, width=1000, default_flow_style=None)
    return "\n".join([*lines[:last], *(indent + line for line in dumped.splitlines()), *lines[last:]]) + "\n"


def _pairs(text: str, where: str) -> Sequence[tuple[yaml.Node, yaml.Node]]:
    node = yaml.compose(text + "\n", Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        raise Refusal("it is not a list of names and what they stand for", where)
    return node.value


def _change(file: Path, changed: Callable[[str], str], read: Callable[[object, str], object]) -> None:
    """The file changed while nobody else changes it; what can't be read afterwards isn't written."""
    with FileLock(file.with_name(f".{file.name}.lock")):
        text = changed(file.read_text(encoding="utf-8"))
        try:
            read(yaml.load(text, Loader=yaml.BaseLoader), file.name)
        except yaml.YAMLError as fault:
            raise Refusal("the file would no longer be read", f"{file.name}: {fault}".replace("\n", " ")) from None
        write_whole(file, text.encode())
