"""What a scenario file says: a notebook, what all scenarios share, and a list, a grid and a sample that are crossed with each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from math import prod
from pathlib import Path, PurePosixPath, PureWindowsPath

from helpers.batch.scenarios.axes import Axis, axis_of
from helpers.batch.scenarios.reading import read_rows, read_yaml
from helpers.batch.scenarios.sample import Sample, sample_of
from helpers.intake.refusal import Refusal

KEYS = ("notebook", "why", "base", "parameters", "scenarios", "grid", "sample")
OF_SCENARIO = ("name", "why", "parameters")
BASES = 5  # files that may stand on each other


@dataclass(frozen=True)
class Listed:
    """A scenario of the list: its name ('' where it has none), its own parameters, and where it stands in the file."""

    name: str
    parameters: Mapping[str, object]
    where: str


@dataclass(frozen=True)
class Source:
    """A scenario file as read. notebook: its name or path as written, '' where the file says none; folder: where the file lies."""

    file: Path
    notebook: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    listed: tuple[Listed, ...] = ()
    grid: tuple[Axis, ...] = ()
    sample: Sample | None = None

    @property
    def count(self) -> int:
        """How many scenarios that makes."""
        return max(len(self.listed), 1) * prod(axis.count for axis in self.grid) * (self.sample.count if self.sample else 1)


def read_source(file: Path, base: Path | None = None) -> Source:
    """What a YAML or CSV file says, over its own base file, and that over the base file given here. Raises Refusal for what isn't a scenario file."""
    own = _of_rows(file) if file.suffix.lower() == ".csv" else _of_yaml(file, BASES)
    return _over(own, _of_yaml(base, BASES)) if base else own


def _over(source: Source, base: Source) -> Source:
    return replace(
        source, notebook=source.notebook or base.notebook, parameters={**base.parameters, **source.parameters},
        listed=source.listed or base.listed, grid=source.grid or base.grid, sample=source.sample or base.sample,
    )  # fmt: skip


def _of_rows(file: Path) -> Source:
    listed = tuple(Listed(row.pop("name", ""), row, f"row {number}") for number, row in enumerate(read_rows(file), start=2))
    notebooks = {each.parameters.pop("notebook", "") for each in listed}
    if not listed or len(notebooks) > 1:
        what = "it holds no scenario" if not listed else f"it names {len(notebooks)} notebooks"
        raise Refusal(what, file.name, "a batch runs one notebook, once for each row below the header")
    return Source(file, notebooks.pop(), listed=listed)


def _of_yaml(file: Path, depth: int) -> Source:
    content = _mapping(read_yaml(file), file.name, KEYS, "a scenario file needs 'notebook' and 'parameters' (name: value), and may hold 'scenarios', 'grid' and 'sample'")
    source = Source(
        file, str(content.get("notebook") or ""), _values(content.get("parameters"), f"{file.name}, parameters"), _list(content.get("scenarios"), file),
        tuple(axis_of(name, given, f"{file.name}, grid, '{name}'") for name, given in _mapping(content.get("grid"), f"{file.name}, grid").items()),
        sample_of(content["sample"], f"{file.name}, sample") if content.get("sample") is not None else None,
    )  # fmt: skip
    if not content.get("base"):
        return source
    if not depth:
        raise Refusal(f"more than {BASES} files stand on each other", file.name, "a base file may not lead back to itself")
    return _over(source, _of_yaml(beside(file, str(content["base"]), "base"), depth - 1))


def beside(file: Path, name: str, what: str) -> Path:
    """The file called `name` as seen from the scenario file: in its folder or below. Raises Refusal for a way that leads elsewhere."""
    parts = {*PurePosixPath(name).parts, *PureWindowsPath(name).parts}
    if ".." in parts or PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or PureWindowsPath(name).root or name.startswith("~"):
        raise Refusal(f"'{what}' leads out of the folder of the scenario file: {name[:80]!r}", file.name, "put it beside the scenario file, or name it on the command line")
    return file.parent / name


def _list(given: object, file: Path) -> tuple[Listed, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not given:
        raise Refusal("'scenarios' must be a list", file.name, "write each one as '- name: …' with its 'parameters' below")
    return tuple(_scenario(each, f"{file.name}, scenario {number}") for number, each in enumerate(given, start=1))


def _scenario(given: object, where: str) -> Listed:
    content = _mapping(given, where, OF_SCENARIO)
    return Listed(str(content.get("name") or ""), _values(content.get("parameters"), where), where)


def _values(given: object, where: str) -> dict[str, object]:
    """Values by name; what is left blank isn't given."""
    return {name: value for name, value in _mapping(given, where).items() if value is not None}


def _mapping(given: object, where: str, keys: tuple[str, ...] = (), form: str = "") -> dict[str, object]:
    if given is None and not form:
        return {}
    if not isinstance(given, dict):
        raise Refusal(form or "here names and values are needed, as in 'seed: 7'", where)
    odd = next((key for key in given if keys and key not in keys), None)
    if odd is not None:
        near = get_close_matches(odd, keys, n=1)
        raise Refusal(f"'{odd[:60]}' isn't known here ({f'did you mean {near[0]!r}?' if near else 'known are ' + ', '.join(keys)})", where)
    return given
