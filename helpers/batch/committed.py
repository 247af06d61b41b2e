"""The committed notebooks: executed in place by one command, so that nobody edits an output by hand."""

import re
from base64 import b64decode
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from helpers.intake.parameters import cell
from helpers.intake.whole_files import write_whole
from helpers.lesson.shelf import CASES

WIDGET = "application/vnd.jupyter.widget-view+json"
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
        _forget_widgets(one)
    write_whole(path, (nbformat.writes(notebook) + "\n").encode())
    _write_key_figure(path.parent / "pictures" / f"{path.stem}.png", notebook)


def _forget_widgets(cell_: nbformat.NotebookNode) -> None:
    """A widget's id differs at every run and means nothing without its kernel; JupyterLab shows nothing in place of an empty one."""
    for output in cell_.get("outputs", []):
        if WIDGET in output.get("data", {}):
            output.data[WIDGET]["model_id"] = ""


def _write_key_figure(path: Path, notebook: nbformat.NotebookNode) -> None:
    """The picture that the README shows is the notebook's own, never a second copy made by hand."""
    html = "".join(output.get("data", {}).get("text/html", "") for one in notebook.cells for output in one.get("outputs", []))
    found = re.search(r'<figure id="key-figure".*?base64,([A-Za-z0-9+/=]+)', html, re.DOTALL)
    if found:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, b64decode(found[1]))


def _refresh_parameters(stem: str, notebook: nbformat.NotebookNode) -> None:
    """The parameters cell is derived from the declarations in helpers, never typed twice."""
    if stem not in CASES:
        return
    tagged = [one for one in notebook.cells if "parameters" in one.metadata.get("tags", [])]
    tagged[0].source = cell(CASES[stem].parameters)
