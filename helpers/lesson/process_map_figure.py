"""The process map as a picture and as a table: which step follows which, how often or after how long, and what goes back."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import BoxStyle
from matplotlib.path import Path

from helpers.lesson import words
from helpers.lesson.lettering import lettered, written
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.process_map_layout import FONT, LINE, Box, MapLayout, Move, duration, lay_out
from helpers.lesson.style import BLUE, INK, ORANGE
from helpers.lesson.table import Table
from helpers.paperwork.process.process_map import END, START, ProcessMap

MARGIN, FOOT = 10, 36  # round the map and, for the legend, below it
FORWARD, BACK, BACK_INK = "#5B6B7A", ORANGE, "#8F3F00"
FACES = {START: "white", END: INK}  # of other boxes: BOX
BOX = "#E8F1F8"
CORNER = 7.0
LABELS = {"count": "width and label, how often", "median_h": "width, how often; label, median time until"}


@drawn
def map_picture(shown: ProcessMap, label: str = "count", title: str = "") -> Picture:
    """The process map drawn from top to bottom: a line's width says how often, its label `label` ("count" or "median_h").

    Moves that go back are dashed and orange. title: the finding; by default how many of the moves go back. For 2 to about 25 steps.
    """
    layout = lay_out(shown, label)
    figure, axes = _sheet(layout, label)
    _draw_moves(axes, layout.moves)
    _draw_labels(axes, layout.moves)
    _draw_boxes(axes, layout.boxes)
    return Picture(figure, title or _headline(layout), _alt(layout), _numbers(layout))


def map_table(shown: ProcessMap, most: int = 15) -> Table:
    """The map's `most` frequent moves in words: from, to, how often, median time until, direction. It says what the picture shows."""
    moves = lay_out(shown).moves
    hours = shown.edges["median_h"] if "median_h" in shown.edges else [np.nan] * len(moves)
    ranked = sorted(zip(moves, hours), key=lambda pair: -pair[0].count)[:most]
    rows = [(_name(move.source), _name(move.target), f"{move.count:,}", duration(hour), _direction(move)) for move, hour in ranked]
    frame = pd.DataFrame(rows, columns=["From", "To", "Times", "Median time until", "Direction"])
    return Table(frame, f"The {len(rows)} most frequent of {len(moves)} kinds of moves")


def _sheet(layout: MapLayout, label: str) -> tuple[Figure, Axes]:
    """A figure in which one unit of the axes is a hundredth of an inch, y downwards, with the legend at its foot."""
    legend = (f"Box: how often · median work, where known. Line: {LABELS[label]}.", "Dashed and orange: back to the same or an earlier step.")
    widths = [lettered(line, FONT).width for line in legend]
    left, top, right, bottom = layout.bounds
    spare = max(0.0, max(widths) - (right - left)) / 2
    left, right, top, bottom = left - MARGIN - spare, right + MARGIN + spare, top - MARGIN, bottom + MARGIN + FOOT
    figure = Figure(figsize=((right - left) / 100, (bottom - top) / 100))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(left, right), ylim=(bottom, top))
    axes.set_axis_off()
    _add(axes, written([(line, left + MARGIN + width / 2, bottom - FOOT + 9 + LINE * row, INK) for row, (line, width) in enumerate(zip(legend, widths))], FONT))
    return figure, axes


def _draw_moves(axes: Axes, moves: list[Move]) -> None:
    colours = [BACK if move.goes_back else FORWARD for move in moves]
    dashes = [(0, (4 / move.stroke**0.5, 2 / move.stroke**0.5)) if move.goes_back else "solid" for move in moves]
    lines = [_rounded(_shortened(move)) for move in moves]
    strokes = [move.stroke for move in moves]
    _add(axes, PathCollection(lines, facecolors="none", edgecolors=colours, linewidths=strokes, linestyles=dashes, zorder=1))
    _add(axes, PolyCollection([_head(move) for move in moves], facecolors=colours, edgecolors="none", zorder=2))


def _draw_labels(axes: Axes, moves: list[Move]) -> None:
    labelled = [move for move in moves if move.label.lines[0]]
    _add(axes, PolyCollection([_corners(move.label) for move in labelled], facecolors="white", edgecolors="none", alpha=0.85, zorder=3))
    _add(axes, written([(move.label.lines[0], move.label.x, move.label.y, BACK_INK if move.goes_back else INK) for move in labelled], FONT, zorder=4))


def _draw_boxes(axes: Axes, boxes: list[Box]) -> None:
    outlines = [_outline(box) for box in boxes]
    faces = [FACES.get(box.step, BOX) for box in boxes]
    edges = [INK if box.step in FACES else BLUE for box in boxes]
    _add(axes, PathCollection(outlines, facecolors=faces, edgecolors=edges, linewidths=1, zorder=5))
    _add(axes, written([line for box in boxes for line in _lines(box)], FONT, zorder=6))


def _lines(box: Box) -> list[tuple[str, float, float, str]]:
    """The lines in a box, each with its middle and colour."""
    top = box.y - LINE * (len(box.lines) - 1) / 2
    return [(line, box.x, top + LINE * number, "white" if box.step == END else INK) for number, line in enumerate(box.lines)]


def _add(axes: Axes, collection: PathCollection | PolyCollection) -> None:
    axes.add_collection(collection, autolim=False)


def _outline(box: Box) -> Path:
    left, top, _, _ = box.sides
    rounding = box.height / 2 if box.step in FACES else 5
    return BoxStyle("Round", pad=0, rounding_size=rounding)(left, top, box.width, box.height, 1)


def _corners(box: Box) -> list[tuple[float, float]]:
    left, top, right, bottom = box.sides
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _shortened(move: Move) -> np.ndarray:
    """The line's corners, its end drawn back to where the arrow's head begins."""
    points = move.points.copy()
    points[-1] -= _heading(move) * (_head_length(move) - 1)
    return points


def _heading(move: Move) -> np.ndarray:
    step = move.points[-1] - move.points[-2]
    return step / max(np.hypot(*step), 1e-9)


def _head_length(move: Move) -> float:
    return min(6 + 1.4 * move.stroke, 0.9 * np.hypot(*(move.points[-1] - move.points[-2])))


def _head(move: Move) -> np.ndarray:
    """The triangle at the line's end."""
    tip, along = move.points[-1], _heading(move)
    across = np.array([-along[1], along[0]]) * (3 + move.stroke)
    base = tip - along * _head_length(move)
    return np.array([tip, base + across, base - across])


def _rounded(points: np.ndarray) -> Path:
    """The line through `points` with its corners rounded."""
    corners, codes = [points[0]], [Path.MOVETO]
    for before, corner, after in zip(points[:-2], points[1:-1], points[2:]):
        corners += [_towards(corner, before), corner, _towards(corner, after)]
        codes += [Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path([*corners, points[-1]], [*codes, Path.LINETO])


def _towards(corner: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The point on the way from a corner to the next one at which its rounding begins."""
    way = other - corner
    length = np.hypot(*way)
    return corner + way * min(CORNER, length / 2) / max(length, 1e-9)


def _headline(layout: MapLayout) -> str:
    inner = [move for move in layout.moves if move.between_steps]
    back, all_ = sum(move.count for move in inner if move.goes_back), sum(move.count for move in inner)
    share = words.number(back / max(all_, 1), "share")
    return f"{back:,} of {all_:,} moves between steps ({share}) go back to the same or an earlier step"


def _numbers(layout: MapLayout) -> dict[str, str]:
    inner = [move for move in layout.moves if move.between_steps]
    told = {"steps shown": str(sum(box.step not in FACES for box in layout.boxes)), "kinds of moves shown": str(len(layout.moves))}
    busiest = max(inner, key=lambda move: move.count, default=None)
    return told | ({"busiest move": f"{busiest.source} → {busiest.target}, {busiest.count:,} times"} if busiest else {})


def _alt(layout: MapLayout, most: int = 8) -> str:
    moves = sorted(layout.moves, key=lambda move: -move.count)[:most]
    told = "; ".join(f"{_name(move.source)} to {_name(move.target)} {move.count:,} times{' (goes back)' if move.goes_back else ''}" for move in moves)
    return f"Process map, from start at the top to end at the bottom. Most frequent moves: {told}."


def _name(step: str) -> str:
    return step.strip("()") if step in FACES else step


def _direction(move: Move) -> str:
    if move.source == move.target:
        return "same step again"
    return "back" if move.goes_back else "forward"
