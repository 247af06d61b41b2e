"""Challenge b, positioning: which way of reading the module's effect to trust, and what it says of simulated worlds whose truth is known."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.decision.marketing.case import MarketingCase
from helpers.decision.marketing.findings.positioning import HONEST, trusted
from helpers.decision.marketing.inputs import CONFOUNDING
from helpers.lesson.controls import choice
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import named
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said
from helpers.lesson.style import BLUE, GREEN, GREY, INK, ORANGE, canvas, percent_axis
from helpers.marketing.worlds.compare import one_world
from helpers.marketing.worlds.table import GRID, at

READINGS = {
    "before_after": "before against after",
    "viewers": "viewers against non-viewers",
    "first_touch": "first touch",
    "last_touch": "last touch",
    "shapley": "Shapley credit",
    "markov": "Markov credit",
    "difference_in_differences": "difference in differences",
    "holdout_by_reader": "holdout by reader",
    "holdout_by_salesperson": "holdout by salesperson",
    "holdout_adjusted": "adjusted holdout (CUPED)",
    "factorial": "2×2 content × module",
}
UNIT = "leads per 1,000 reads"


@drawn
def one_live_world(case: MarketingCase) -> Picture:
    """One simulated world, grown now: what each reading says of the module, against the truth."""
    world = one_world(case.tool, case.values["seed"])
    truth = float(world["truth"].iloc[0])
    figure, axes = canvas(height=4.2)
    for place, row in enumerate(world.itertuples()):
        covers = row.low <= truth <= row.high
        colour, marker = (BLUE, "o") if covers else (ORANGE, "s")
        if np.isfinite(row.low):
            axes.plot([row.low, row.high], [place, place], color=colour, linewidth=2)
        axes.plot(row.value, place, marker if np.isfinite(row.low) else "D", color=colour if np.isfinite(row.low) else GREY)
    axes.axvline(truth, color=GREEN)
    axes.annotate("the truth", (truth, 1), (3, -10), xycoords=("data", "axes fraction"), textcoords="offset points", color=GREEN)
    named(axes, [READINGS[name] for name in world["reading"]])
    axes.set(xlabel=f"effect of the module as it reads it, {UNIT}\n(lines: 95 % interval, orange if it misses the truth; diamonds: none given)")
    missed = int((~world["low"].le(truth) | ~world["high"].ge(truth)).sum() - world["low"].isna().sum())
    title = f"In this world the module's true effect is {_one(truth)} {UNIT}; the readings say {_one(world['value'].min())} to {_one(world['value'].max())}"
    numbers = {READINGS[row.reading]: _one(row.value) for row in world.itertuples()} | {"intervals that miss the truth": f"{missed}"}
    return Picture(figure, title, f"A row per reading: a point and its interval, beside a line at the truth. {title}.", numbers)


def record(case: MarketingCase) -> Explorer:
    """Whom to trust: the record of every reading over hundreds of simulated worlds, by setting."""
    controls = [
        choice("confounding", "The module stands where articles are good anyway", [("by chance", "none"), ("somewhat", "some"), ("mostly", "strong")], case.values["confounding"]),
        choice("two_way", "Forwards carry the module along", [("never", 0.0), ("mostly", 0.8)], 0.8),
        choice("works", "The module", [("has no effect", False), ("works", True)], case.values["module_works"]),
    ]
    return Explorer("key-figure", controls, lambda confounding, two_way, works: _record(case, CONFOUNDING[confounding], two_way, works))


@drawn
def _record(case: MarketingCase, confounding: float, two_way: float, works: bool) -> Picture:
    both = [at(case.all_worlds, confounding, two_way, effect) for effect in GRID["module_effect"]]
    table, best = both[works], trusted(pd.concat(both))
    honest = np.minimum(*(each["coverage"].fillna(0.0).to_numpy() for each in both)) >= HONEST
    figure, (left, right, cost) = canvas(width=8.6, height=4.6, columns=3, width_ratios=(5, 3, 3), sharey=True)
    _errors(left, table, honest)
    _coverages(right, table, honest)
    _costs(cost, table)
    named(left, [READINGS[name] for name in table["reading"]])
    for reading, label in zip(table["reading"], left.get_yticklabels()):
        label.set_fontweight("bold" if reading == best else "normal")
    figure.set_layout_engine(None)  # a third of the drawing time, which a slider's answer has to spare
    figure.subplots_adjust(left=0.25, right=0.98, top=0.93, bottom=0.14, wspace=0.06)
    figure.text(0.25, 0.955, "blue dots: the interval keeps its promise whether the module works or not; orange squares: it doesn't", fontsize=8.5)
    worst = table.loc[table["bias"].abs().idxmax()]
    truth = _one(table["truth"].iloc[0])
    told = f"trust the {READINGS[best]}" if best in READINGS else "none keeps its promise"
    title = f"True effect {truth} {UNIT}: {READINGS[worst['reading']]} is off by {_one(worst['bias'])}; {told}"
    rows = table.set_index("reading")
    numbers = {READINGS[name]: f"off by {_one(rows.loc[name, 'bias'])}, typical error {rows.loc[name, 'rmse']:.1f}{_covers(rows.loc[name])}" for name in ("before_after", "viewers", "last_touch", "holdout_by_reader", "holdout_by_salesperson", "holdout_adjusted")}
    alt = f"A row per reading; left its bias with its typical spread, in the middle how often its 95 % interval holds the truth, right what it costs. {title}."
    return Picture(figure, title, alt, numbers | {"worlds": f"{int(table['worlds'].iloc[0])}"})


def _one(value: float) -> str:
    """A number to one decimal place; nothing is never minus nothing."""
    return f"{round(value, 1) + 0.0:.1f}"


def _covers(row: pd.Series) -> str:
    return f", interval right in {100 * row['coverage']:.0f} %" if np.isfinite(row["coverage"]) else ", gives no interval"


def _errors(axes: Axes, table: pd.DataFrame, honest: np.ndarray) -> None:
    """Bias as a point, the spread of single worlds about it as a line."""
    spread = np.sqrt(np.maximum(table["rmse"] ** 2 - table["bias"] ** 2, 0))
    _points(axes, table["bias"], table["bias"] - spread, table["bias"] + spread, honest)
    axes.axvline(0, color=GREEN)
    axes.set_xlabel(f"error: read less true\n({UNIT}; line: two in three worlds)")


def _coverages(axes: Axes, table: pd.DataFrame, honest: np.ndarray) -> None:
    """How often the interval holds the truth, where there is one."""
    _points(axes, table["coverage"], table["coverage_low"], table["coverage_high"], honest)
    for place in np.flatnonzero(table["coverage"].isna()):
        axes.annotate("gives no interval", (0.5, place), ha="center", va="center", color=GREY, fontsize=8)
    axes.axvline(0.95, color=GREEN)
    axes.set(xlim=(-0.03, 1.03), xlabel="its 95 % interval\nholds the truth")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    percent_axis(axes.xaxis)


def _points(axes: Axes, value: pd.Series, low: pd.Series, high: pd.Series, honest: np.ndarray) -> None:
    """A row each: blue dots where the reading keeps its promise, orange squares where it doesn't."""
    rows = np.arange(len(value))
    for which, colour, marker in ((honest, BLUE, "o"), (~honest, ORANGE, "s")):
        axes.hlines(rows[which], low[which], high[which], color=colour, linewidth=2)
        axes.plot(value[which], rows[which], marker, color=colour, markersize=7)


def _costs(axes: Axes, table: pd.DataFrame) -> None:
    """What a reading costs, in words: traffic without the module, weeks of records, whether lots are drawn."""
    for place, row in enumerate(table.itertuples()):
        text = f"{row.weeks} weeks" + (f", {100 * row.withheld:g} % without it" if row.withheld else "")
        axes.annotate(text, (0.05, place), va="center", fontsize=8.5, color=INK)
    axes.set(xlim=(0, 1))
    axes.set_axis_off()
    axes.annotate("weeks of records;\ntraffic left without it", (0.05, 0), (0, -14), xycoords="axes fraction", textcoords="offset points", va="top")


def record_in_words(case: MarketingCase) -> Said:
    """The record at the notebook's setting in words."""
    found, trust = case.findings, READINGS.get(case.findings["reading_to_trust"], "none")
    off = {name: _one(found[f"bias_{name}"].value) for name in ("before_after", "viewers", "last_touch", "holdout")}
    return Said(
        f"With a true effect of {_one(found['true_effect'].value)} {UNIT}, before against after is off by {off['before_after']} and its 95 % interval holds the truth in "
        f"{100 * found['coverage_before_after'].value:.0f} % of the worlds; viewers against non-viewers is off by {off['viewers']}, last touch by {off['last_touch']}. The holdout by salesperson, "
        f"adjusted by the weeks before, is off by {off['holdout']}. Nobody knows beforehand whether the module works; the reading that keeps its promise either way with the smallest error is: {trust}."
    )
