"""The committed notebooks: executed in place by one command, so that nobody edits an output by hand."""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from helpers.intake.parameters import cell
from helpers.lesson.shelf import CASES

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def execute(path: Path) -> None:
    """Run the notebook and write it back with fresh outputs, the declared parameters cell, and nothing that differs from machine to machine."""
    notebook = nbformat.read(path, as_version=4)
    _refresh_parameters(path.stem, notebook)
    NotebookClient(notebook, kernel_name="python3", timeout=300, store_widget_state=False, resources={"metadata": {"path": str(path.parent)}}).execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, one in enumerate(notebook.cells):
        one.id = f"cell-{number:02d}"
        one.metadata.pop("execution", None)
    _write(path, nbformat.writes(notebook) + "\n")


def _refresh_parameters(stem: str, notebook: nbformat.NotebookNode) -> None:
    """The parameters cell is derived from the declarations in helpers, never typed twice."""
    if stem not in CASES:
        return
    tagged = [one for one in notebook.cells if "parameters" in one.metadata.get("tags", [])]
    tagged[0].source = cell(CASES[stem].parameters)


def _write(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8", newline="\n") as draft:
        draft.write(text)
    os.replace(draft.name, path)
