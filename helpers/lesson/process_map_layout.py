"""Where everything in a drawn process map goes: boxes with wrapped names, lines between them, labels on the lines.

Lengths are in hundredths of an inch, which are pixels on the page; y grows downwards.
"""

from dataclasses import dataclass
from functools import lru_cache
from unicodedata import east_asian_width

import graphlay
import numpy as np

from helpers.lesson import words
from helpers.lesson.lettering import lettered
from helpers.lesson.process_map_labels import obstacles_of, place
from helpers.paperwork.process.process_map import END, START, ProcessMap

FONT = 8.5  # points
EM = FONT * 100 / 72
LINE = 1.25 * EM
LETTERS, LINES = 19, 3  # a name is wrapped at so many letters (a Chinese character is two) and cut after so many lines
THIN, THICK = 0.9, 5.0  # points
OPTIONS = {
    "spacing": {"layer_gap": 38.0, "node_gap": 34.0, "dummy_gap": 26.0, "self_loop_gap": 8.0},
    "self_loops": {"size": 22.0, "label_gap": 6.0},
}


@dataclass(frozen=True)
class Box:
    """A step's box: the lines written in it, its centre and size."""

    step: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x - self.width / 2, self.y - self.height / 2, self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Move:
    """A line from step to step: its corners (n by 2), its width in points, its label and the label's box, and whether it goes back."""

    source: str
    target: str
    count: int
    points: np.ndarray
    stroke: float
    label: Box
    goes_back: bool

    @property
    def between_steps(self) -> bool:
        """Whether it leads from a step to a step, not from the start or to the end."""
        return self.source != START and self.target != END


@dataclass(frozen=True)
class MapLayout:
    """Boxes and moves."""

    boxes: list[Box]
    moves: list[Move]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of all that is drawn."""
        sides = np.array([box.sides for box in (*self.boxes, *(move.label for move in self.moves))])
        points = np.vstack([sides[:, :2], sides[:, 2:], *(move.points for move in self.moves)])
        return *points.min(axis=0), *points.max(axis=0)


def lay_out(shown: ProcessMap, label: str = "count") -> MapLayout:
    """The map's layout; lines are labelled with their `label`: "count", or "median_h", the median hours.

    A move goes back when it leads to the same step or against the flow; the flow is chosen so that as little as possible goes
    against it (graphlay's layered layout: minimum reversal of cycles, weighted by count). Same map, same layout.
    """
    written = _written(shown)
    strokes = _strokes(shown.edges["count"].to_numpy(dtype=float))
    labels = [_label(value, label) for value in shown.edges[label]]
    placed = graphlay.layout(_graph(shown, written, strokes, labels), preset="process_map", options=OPTIONS)
    boxes = [Box(step, lines, *node["center"].values(), *node["size"].values()) for (step, lines), node in zip(written.items(), placed.nodes)]
    lines = [np.array([(point["x"], point["y"]) for point in edge["points"]]) for edge in placed.edges]
    back = set(placed.raw["reversed"]) | set(np.flatnonzero(shown.edges["source"] == shown.edges["target"]))
    parts = zip(shown.edges.itertuples(index=False), lines, strokes, _labels(shown, lines, strokes, labels, boxes))
    return MapLayout(boxes, [Move(row.source, row.target, int(row.count), *rest, number in back) for number, (row, *rest) in enumerate(parts)])


@lru_cache(maxsize=1000)
def wrapped(name: str, letters: int = LETTERS, lines: int = LINES) -> tuple[str, ...]:
    """A name in lines of about the same length, at most `letters` each; Chinese breaks anywhere, other words between words.

    After `lines` lines it is cut with an ellipsis.
    """
    rows = _filled(name, letters)
    for narrower in range(letters - 1, 0, -1):
        if len(tighter := _filled(name, narrower)) > len(rows):
            break
        rows = tighter
    return tuple(rows) if len(rows) <= lines else (*rows[: lines - 1], rows[lines - 1] + "…")


def duration(hours: float) -> str:
    """Hours in words, minutes below one; nothing where not known."""
    if np.isnan(hours):
        return ""
    return words.number(hours, "h") if hours >= 1 else f"{hours * 60:.0f} min"


def _filled(name: str, letters: int) -> list[str]:
    """The name in lines, each filled up to so many letters (more only where one word is longer)."""
    rows = [""]
    for piece in _pieces(name):
        if rows[-1] and _letters(rows[-1] + piece.rstrip()) > letters:
            rows.append("")
        rows[-1] += piece
    return [row.strip() for row in rows]


def _pieces(name: str) -> list[str]:
    """What a line may not break: words with the blank or hyphen after them, single Chinese characters."""
    pieces = [""]
    for character in name:
        if pieces[-1] and (_is_wide(character) or _is_wide(pieces[-1][-1]) or pieces[-1][-1] in " -_/"):
            pieces.append("")
        pieces[-1] += character
    return pieces


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _letters(text: str) -> int:
    return sum(1 + _is_wide(character) for character in text)


def _width(text: str) -> float:
    return lettered(text, FONT).width


def _written(shown: ProcessMap) -> dict[str, tuple[str, ...]]:
    """What stands in each box: start and end, then each step's name, how often, and the median work on it where known."""
    there = {*shown.edges["source"], *shown.edges["target"]}
    terminals = {step: (step.strip("()").capitalize(),) for step in (START, END) if step in there}
    hours = shown.nodes["median_h"] if "median_h" in shown.nodes else [np.nan] * len(shown.nodes)
    rows = zip(shown.nodes["step"], shown.nodes["count"], hours)
    return terminals | {step: (*wrapped(step), " · ".join(filter(None, (f"{count:,}", duration(hour))))) for step, count, hour in rows}


def _label(value: float, label: str) -> str:
    return f"{value:,.0f}" if label == "count" else duration(value)


def _strokes(counts: np.ndarray) -> np.ndarray:
    return THIN + (THICK - THIN) * np.sqrt(counts / counts.max(initial=1))


def _graph(shown: ProcessMap, written: dict[str, tuple[str, ...]], strokes: np.ndarray, labels: list[str]) -> graphlay.Graph:
    graph = graphlay.Graph()
    for step, lines in written.items():
        graph.node(step, width=max(map(_width, lines)) + 24, height=LINE * len(lines) + 10)
    for row, stroke, label in zip(shown.edges.itertuples(index=False), strokes, labels):
        room = {"label_size": {"width": _width(label) + 6, "height": LINE}} if row.source == row.target else {}
        graph.edge(row.source, row.target, weight=float(row.count), thickness=stroke * 100 / 72, **room)
    return graph


def _labels(shown: ProcessMap, lines: list[np.ndarray], strokes: np.ndarray, labels: list[str], boxes: list[Box]) -> list[Box]:
    """The labels' boxes: on their lines, those of loops outside the loop."""
    sizes = np.array([(_width(label) + 6, LINE) for label in labels])
    loops = np.flatnonzero(shown.edges["source"] == shown.edges["target"])
    centres = {number: _beside(lines[number], sizes[number], strokes[number]) for number in loops}
    fixed = [(*centre - sizes[number] / 2, *centre + sizes[number] / 2) for number, centre in centres.items()]
    first = [number for number in np.argsort(-shown.edges["count"].to_numpy(), kind="stable") if number not in centres and labels[number]]
    placed = place(lines, sizes, first, obstacles_of(lines, np.array([*(box.sides for box in boxes), *fixed])))
    return [Box("", (label,), *centres.get(number, placed[number]), *sizes[number]) for number, label in enumerate(labels)]


def _beside(loop: np.ndarray, size: np.ndarray, stroke: float) -> np.ndarray:
    """The centre of a loop's label: beyond the loop's outermost side."""
    outer, inner = (loop[1] + loop[2]) / 2, (loop[0] + loop[-1]) / 2
    out = (outer - inner) / max(np.hypot(*(outer - inner)), 1e-9)
    return outer + out * (size / 2 + stroke)
