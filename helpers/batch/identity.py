"""What a run is the same as: its notebook, parameters, input data and our own source, each by its fingerprint."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from nbformat import NotebookNode

from helpers.intake.parameters import Parameter
from helpers.intake.places import DATA, ROOT, located

FORM = 1  # of what a run leaves: another form is another run
CHUNK = 1 << 20


def identity(notebook: str, parameters: Mapping[str, object], data: Mapping[str, str], helpers: str) -> str:
    """The fingerprint of a run: of the notebook's and the helpers' fingerprints, all parameters, and the fingerprint of each input."""
    return _of_text(json.dumps([FORM, notebook, sorted(parameters.items()), sorted(data.items()), helpers], ensure_ascii=False))


def notebook_print(notebook: NotebookNode) -> str:
    """Fingerprint of what a notebook does: its cells' sources, kinds and tags, and its kernel; not of outputs."""
    cells = [(cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in notebook.cells]
    return _of_text(json.dumps([cells, notebook.metadata.get("kernelspec", {}).get("name", "")], ensure_ascii=False))


def data_prints(values: Mapping[str, object], declared: Sequence[Parameter]) -> dict[str, str]:
    """Fingerprints of the shipped data, and of the content of every file that a parameter names."""
    named = {each.name: values[each.name] for each in declared if isinstance(values.get(each.name), str) and values[each.name]}
    found = {name: _content(text) for name, text in named.items()}
    return {"shipped data": shipped_print(), **{name: content for name, content in found.items() if content}}


@cache
def helpers_print() -> str:
    """Fingerprint of our own source."""
    folder = ROOT / "helpers"
    return _of_files(sorted(folder.rglob("*.py")), folder)


@cache
def shipped_print() -> str:
    """Fingerprint of the shipped data; no run reads the scenario files and the notes."""
    files = (file for file in DATA.rglob("*") if file.is_file() and file.parent.name not in ("scenarios", "batch") and file.suffix != ".md")
    return _of_files(sorted(files), DATA)


@cache
def _content(text: str) -> str:
    """The content's fingerprint where `text` names a file or a folder, else nothing."""
    try:
        place = located(text)
        if place.is_file():
            return file_print(place)
        return _of_files(sorted(file for file in place.rglob("*") if file.is_file()), place) if place.is_dir() and len(text) > 1 else ""
    except (OSError, ValueError):  # no path at all
        return ""


def file_print(file: Path) -> str:
    """Fingerprint of a file's content."""
    found = sha256()
    with file.open("rb") as content:
        while part := content.read(CHUNK):
            found.update(part)
    return found.hexdigest()


def _of_files(files: Iterable[Path], folder: Path) -> str:
    return _of_text("\n".join(f"{file.relative_to(folder).as_posix()} {file_print(file)}" for file in files))


def _of_text(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
