"""A notebook as screens: one idea each, told apart by tags on its cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbconvert.filters import markdown2html
from nbformat import NotebookNode

TAG, PARAMETERS, LEFT_OUT = "screen:", "parameters", "none"
KINDS = {
    "start": "Start", "brief": "The brief", "predict": "Predict", "explore": "Explore", "reveal": "Reveal",
    "explain": "Explain", "decide": "Decide", "take-away": "Take away",
}  # fmt: skip
UNTITLED = KINDS | {"explain": "What many believe"}
BESIDE = {"explore", "reveal", "explain"}
HEADING = re.compile(r"\A\s*(?:#+\s+(?P<heading>[^\n]+)|\*\*(?P<bold>[^*\n]+)\*\*)\s*")
NOTEBOOK_ONLY = re.compile(r'<(?P<tag>p|span) class="notebook-only">.*?</(?P=tag)>', re.DOTALL)  # what matters to those alone who have the notebook before them
ANCHOR = re.compile(r'<a class="anchor-link".*?</a>')
CHAPTER = re.compile(r"^## +(?P<title>[^\n]+)", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A piece of a screen: prose as HTML, or the place of a code cell's output (its index in the notebook)."""

    prose: str = ""
    cell: int | None = None


@dataclass(frozen=True)
class Screen:
    """What is shown at once. kind: one of KINDS; chapter: the heading that it stands under."""

    number: int
    kind: str
    title: str
    chapter: str
    parts: tuple[Part, ...]

    @property
    def label(self) -> str:
        """What kind of screen it is, for people."""
        return KINDS[self.kind]

    @property
    def is_beside(self) -> bool:
        """Whether there is room for the prose beside what the cells show, on a broad window."""
        return self.kind in BESIDE and bool(self.cells) and any(part.prose for part in self.parts)

    @property
    def cells(self) -> list[int]:
        """The code cells that it shows, by their index in the notebook."""
        return [part.cell for part in self.parts if part.cell is not None]


def screens(notebook: NotebookNode) -> list[Screen]:
    """The notebook's screens in order: a tag `screen:<kind>` begins one, cells without a tag belong to the one before; `screen:none` leaves out."""
    found, chapter = [], ""
    for kind, cells in _grouped(notebook):
        prose = "\n\n".join(cell.source for _, cell in cells if cell.cell_type == "markdown")
        chapter = _first(CHAPTER.search(prose)) or chapter
        title = _first(HEADING.match(prose)).rstrip(".") or UNTITLED[kind]
        found.append(Screen(len(found) + 1, kind, title, chapter, tuple(_parts(cells))))
    return found


def as_html(markdown: str) -> str:
    """Markdown as HTML, its headings without links to themselves."""
    return ANCHOR.sub("", markdown2html(markdown)).strip()


def parameters_cell(notebook: NotebookNode) -> int:
    """The index of the cell that holds the parameters."""
    return next(index for index, cell in enumerate(notebook.cells) if PARAMETERS in _tags(cell))


def _grouped(notebook: NotebookNode) -> Iterator[tuple[str, list[tuple[int, NotebookNode]]]]:
    kind, cells = LEFT_OUT, []
    for index, cell in enumerate(notebook.cells):
        tags = _tags(cell)
        begun = next((tag.removeprefix(TAG) for tag in tags if tag.startswith(TAG)), None)
        if begun:
            if kind != LEFT_OUT:
                yield kind, cells
            kind, cells = begun, []
        if PARAMETERS not in tags:
            cells.append((index, cell))
    if kind != LEFT_OUT:
        yield kind, cells


def _parts(cells: list[tuple[int, NotebookNode]]) -> Iterator[Part]:
    """The cells in order; the screen's title is taken out of the prose, since the page shows it as its heading."""
    for place, (index, cell) in enumerate(cells):
        if cell.cell_type == "code":
            yield Part(cell=index)
        elif prose := NOTEBOOK_ONLY.sub("", HEADING.sub("", cell.source, count=1) if place == 0 else cell.source).strip():
            yield Part(prose=as_html(prose))


def _tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def _first(match: re.Match | None) -> str:
    return next((text.strip() for text in match.groups() if text), "") if match else ""
