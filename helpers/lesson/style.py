"""House style of all figures: colours that colour-blind readers tell apart, quiet axes, one size."""

from contextlib import contextmanager

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine
from matplotlib.rcsetup import cycler
from matplotlib.ticker import PercentFormatter

from helpers.lesson.fonts import chinese

# Okabe & Ito (2008), in the order we use them; yellow is left out because it vanishes on white.
INK, BLUE, ORANGE, GREEN = "#222222", "#0072B2", "#D55E00", "#009E73"
SKY, PINK, AMBER, GREY = "#56B4E9", "#CC79A7", "#E69F00", "#767676"
COLOURS = (BLUE, ORANGE, GREEN, PINK, SKY, AMBER, INK)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")  # never by colour alone

WIDTH, HEIGHT = 7.6, 3.9  # inches
RULES = {
    "font.size": 10,
    "text.hinting": "no_hinting",  # draws text a third faster; no difference to be seen at our size
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": cycler(color=COLOURS),
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.grid": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "axes.titlelocation": "left",
    "legend.frameon": False,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": "white",
    "svg.hashsalt": "casebook",
}


@contextmanager
def house_style():
    """A context in which every figure follows the house style."""
    with rc_context(RULES | {"font.family": families()}):
        yield


def families() -> list[str]:
    """The font families to draw with: the first holds Latin letters, the others fill in for what it lacks."""
    return ["DejaVu Sans", chinese()]


def canvas(width: float = WIDTH, height: float = HEIGHT, rows: int = 1, columns: int = 1, **options) -> tuple[Figure, Axes]:
    """A figure and its axes (an array of axes where there are several), outside pyplot so that nothing is kept alive.

    width, height in inches; options go to `Figure.subplots` (sharex, width_ratios, ...).
    """
    figure = Figure(figsize=(width, height), layout=TightLayoutEngine(pad=0.4))  # measures once; a constrained layout, which measures twice, takes a quarter of the drawing more
    return figure, figure.subplots(rows, columns, **options)


def legend_above(axes: Axes, columns: int) -> None:
    """A legend above the axes, where it covers nothing whatever is drawn."""
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=columns)


def percent_axis(axis) -> None:
    """Make an axis of shares (0 to 1) read in percent."""
    axis.set_major_formatter(PercentFormatter(1, decimals=0))
