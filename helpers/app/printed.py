"""A notebook's screens with what their cells have shown, for paper and projector; without a kernel, and without anything from elsewhere."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from helpers.app.screens import Screen, screens
from helpers.batch.order import NOTEBOOKS, find_notebook
from helpers.batch.page import without_widgets
from helpers.intake.whole_files import write_whole
from helpers.intake.refusal import Refusal
from helpers.lesson.shelf import CASES

FIGURE = re.compile(r"<figure[^>]*>\s*<div[^>]*>(?P<title>.*?)</div>\s*(?P<image><img [^>]*>)\s*<figcaption>(?P<numbers>.*?)</figcaption>\s*</figure>", re.DOTALL)


@dataclass(frozen=True)
class Figure:
    """A figure of a notebook: the finding that it shows, as text; its image, with alt text, and the numbers below it, as HTML."""

    title: str
    image: str
    numbers: str


@dataclass(frozen=True)
class Shown:
    """A screen as it was executed: its prose, and what its cells have shown, as HTML each."""

    screen: Screen
    prose: str
    outputs: str

    @property
    def figures(self) -> list[Figure]:
        """The figures among the outputs."""
        return [Figure(unescape(found["title"]), found["image"], found["numbers"]) for found in FIGURE.finditer(self.outputs)]


def read_executed(path: Path) -> NotebookNode:
    """An executed notebook. Raises Refusal where it can't be read, or nothing in it was run."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError) as fault:
        raise Refusal("the notebook can't be read", path.name, str(fault).split("\n")[0]) from None
    if not any(cell.get("outputs") for cell in notebook.cells):
        raise Refusal("none of its cells has been run", path.name, "run the notebook first, and save it")
    return notebook


def printed(notebooks: Sequence[str], kind: str, make: Callable[[NotebookNode], str], folder: Path) -> Iterator[Path]:
    """What `make` writes from these notebooks (names of ours, or paths; the two cases where none is named), in `folder`, one file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in [_found(name) for name in notebooks] or [NOTEBOOKS / f"{stem}.ipynb" for stem, case in CASES.items() if case.by_default]:
        target = folder / f"{kind}_{path.stem}.html"
        write_whole(target, make(read_executed(path)).encode())
        yield target


def _found(name: str) -> Path:
    return Path(name) if Path(name).is_file() else find_notebook(name)


def shown(notebook: NotebookNode) -> Iterator[Shown]:
    """The notebook's screens in order, executed."""
    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True)
    for screen in screens(notebook):
        prose = "".join(part.prose for part in screen.parts if part.cell is None)
        cells = NotebookNode(notebook | {"cells": [notebook.cells[index] for index in screen.cells]})
        yield Shown(screen, prose, exporter.from_notebook_node(without_widgets(cells))[0] if screen.cells else "")
