"""Challenge b, positioning: which way of reading the module's effect to trust, and what it says of simulated worlds whose truth is known."""

import numpy as np
import pandas as pd

from helpers.decision.marketing_case import MarketingCase
from helpers.decision.marketing_findings.positioning import HONEST, trusted
from helpers.decision.marketing_inputs import CONFOUNDING
from helpers.lesson import words
from helpers.lesson.controls import choice
from helpers.lesson.explorer import Explorer
from helpers.lesson.marketing.marks import named
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
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
    "holdout_adjusted": "the same, adjusted (CUPED)",
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
    axes.set(xlabel=f"effect of the module that it reads, {UNIT} (lines: 95 % interval; diamonds: none given)")
    missed = int((~world["low"].le(truth) | ~world["high"].ge(truth)).sum() - world["low"].isna().sum())
    title = f"In this world the module's true effect is {words.number(truth)} {UNIT}; the readings say {words.number(world['value'].min())} to {words.number(world['value'].max())}"
    numbers = {READINGS[row.reading]: words.number(row.value) for row in world.itertuples()} | {"intervals that miss the truth": f"{missed}"}
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
    honest = (pd.concat(both).groupby("reading", sort=False)["coverage"].min() >= HONEST).to_dict()
    figure, (left, right, cost) = canvas(width=8.6, height=4.6, columns=3, width_ratios=(5, 3, 3), sharey=True)
    _errors(left, table, honest)
    _coverages(right, table, honest)
    _costs(cost, table)
    named(left, [READINGS[name] for name in table["reading"]])
    for label in left.get_yticklabels():
        label.set_fontweight("bold" if label.get_text() == READINGS.get(best) else "normal")
    worst = table.loc[table["bias"].abs().idxmax()]
    truth = words.number(table["truth"].iloc[0])
    told = f"trust the {READINGS[best].replace('the same', 'holdout by salesperson')}" if best in READINGS else "none keeps its promise"
    title = f"True effect {truth} {UNIT}: {READINGS[worst['reading']]} is off by {words.number(worst['bias'])}; {told}"
    rows = table.set_index("reading")
    numbers = {READINGS[name]: f"off by {words.number(rows.loc[name, 'bias'])}, typical error {words.number(rows.loc[name, 'rmse'])}{_covers(rows.loc[name])}" for name in ("before_after", "viewers", "last_touch", "holdout_by_reader", "holdout_by_salesperson", "holdout_adjusted")}
    alt = f"A row per reading; left its bias with its typical spread, in the middle how often its 95 % interval holds the truth, right what it costs. {title}."
    return Picture(figure, title, alt, numbers | {"worlds": f"{int(table['worlds'].iloc[0])}"})


def _covers(row: pd.Series) -> str:
    return f", interval right in {words.number(row['coverage'], 'share')}" if np.isfinite(row["coverage"]) else ", gives no interval"


def _errors(axes, table: pd.DataFrame, honest: dict[str, bool]) -> None:
    """Bias as a point, the spread of single worlds about it as a line."""
    spread = np.sqrt(np.maximum(table["rmse"] ** 2 - table["bias"] ** 2, 0))
    for place, (row, wide) in enumerate(zip(table.itertuples(), spread)):
        colour = BLUE if honest[row.reading] else ORANGE
        axes.plot([row.bias - wide, row.bias + wide], [place, place], color=colour, linewidth=2)
        axes.plot(row.bias, place, "o" if honest[row.reading] else "s", color=colour, markersize=7)
    axes.axvline(0, color=GREEN)
    axes.set_xlabel(f"error: read less true\n({UNIT}; line: two in three worlds)")


def _coverages(axes, table: pd.DataFrame, honest: dict[str, bool]) -> None:
    for place, row in enumerate(table.itertuples()):
        if np.isfinite(row.coverage):
            colour = BLUE if honest[row.reading] else ORANGE
            axes.plot([row.coverage_low, row.coverage_high], [place, place], color=colour, linewidth=2)
            axes.plot(row.coverage, place, "o" if honest[row.reading] else "s", color=colour)
        else:
            axes.annotate("gives no interval", (0.5, place), ha="center", va="center", color=GREY, fontsize=8)
    axes.axvline(0.95, color=GREEN)
    axes.set(xlim=(-0.03, 1.03), xlabel="its 95 % interval\nholds the truth")
    axes.grid(axis="y", visible=False)
    percent_axis(axes.xaxis)


def _costs(axes, table: pd.DataFrame) -> None:
    """What a reading costs, in words: traffic without the module, weeks of records, whether lots are drawn."""
    for place, row in enumerate(table.itertuples()):
        text = f"{row.weeks} weeks" + (f", {row.withheld:.0%} without it" if row.withheld else "")
        axes.annotate(text, (0, place), va="center", fontsize=8.5, color=INK)
    axes.set(xlim=(0, 1), xlabel="what it takes: records,\ntraffic without the module")
    axes.set_xticks([])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(False)


def record_in_words(case: MarketingCase) -> Said:
    """The record at the notebook's setting in words."""
    trust = READINGS.get(case.findings["reading_to_trust"], "none").replace("the same", "holdout by salesperson")
    said = say(
        "With a true effect of {true_effect:bare}, before against after is off by {bias_before_after:bare} and its interval holds the truth in {coverage_before_after:bare} of the worlds; "
        "viewers against non-viewers is off by {bias_viewers:bare}, last touch by {bias_last_touch:bare}. The holdout by salesperson, adjusted by the weeks before, is off by {bias_holdout:bare}.",
        case.findings,
    )
    return Said(f"{said.text} Nobody knows beforehand whether the module works; the reading that keeps its promise either way with the smallest error is: {trust}.")
