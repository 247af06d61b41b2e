"""Pictures and tables over the runs of a batch."""

import numpy as np
import pandas as pd

from helpers.lesson import words
from helpers.lesson.batch.runs import Runs, open_runs
from helpers.lesson.marks import named
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said
from helpers.lesson.style import BLUE, COLOURS, GREY, MARKERS, ORANGE, canvas, legend_above, percent_axis
from helpers.lesson.table import Table

MOST = 8  # rows of a picture
WORTH_NAMING = 0.05  # share below which a parameter isn't called a driver

__all__ = ["contents", "decision_map", "decisions", "drivers", "drivers_of_decision", "extremes", "open_runs", "spread"]


def contents(runs: Runs) -> Table:
    """What varies between the runs, and how far."""
    rows = [(_plain(name), _from_to(runs.parameters[name]), runs.units[name]) for name in runs.parameters]
    return Table(pd.DataFrame(rows, columns=["What varies", "From and to", "Unit"]), f"{len(runs.parameters)} runs, and what differs between them")


@drawn
def decisions(runs: Runs) -> Picture | Said:
    """How many runs decide for what."""
    if not runs.decision:
        return Said("All runs come to the same decision. Widen the ranges, or look at a number instead.")
    counts = runs.texts[runs.decision].value_counts()
    figure, axes = canvas(height=1.0 + 0.42 * len(counts))
    axes.barh(np.arange(len(counts)), counts.to_numpy(), color=[COLOURS[place % len(COLOURS)] for place in range(len(counts))], height=0.6)
    named(axes, [_short(name) for name in counts.index])
    axes.set_xlabel("runs")
    share = counts.iloc[0] / counts.sum()
    title = f"{counts.index[0]}: {share:.0%} of the runs; {len(counts)} different decisions"
    return Picture(figure, title, f"Bars of how many runs come to each value of {_plain(runs.decision)}", {_short(name): f"{count} runs" for name, count in counts.items()})


def drivers_of_decision(runs: Runs) -> Picture | Said:
    """Which parameter the decision hangs on."""
    return _drivers(runs, runs.decision, runs.texts[runs.decision]) if runs.decision else Said("No decision differs between these runs.")


def drivers(runs: Runs) -> Picture | Said:
    """Which parameter drives the number that is looked at."""
    return _drivers(runs, runs.finding, runs.numbers[runs.finding]) if runs.finding else Said("No number differs between these runs.")


@drawn
def _drivers(runs: Runs, name: str, outcome: pd.Series) -> Picture | Said:
    known = outcome.notna()
    shares = Runs(runs.parameters[known], runs.numbers, runs.texts, runs.units, runs.wanted).accounts_for(outcome[known]).head(MOST)
    if shares.empty:
        return Said("No parameter varies between these runs.")
    figure, axes = canvas(height=1.0 + 0.42 * len(shares))
    axes.barh(np.arange(len(shares)), shares.to_numpy(), color=[BLUE if share >= WORTH_NAMING else GREY for share in shares], height=0.6)
    named(axes, [_plain(parameter) for parameter in shares.index])
    axes.set_xlabel(f"share of the variation of {_plain(name)}")
    percent_axis(axes.xaxis)
    axes.set_xlim(0, max(shares.iloc[0] * 1.1, 0.1))
    strong = [_plain(parameter) for parameter, share in shares.items() if share >= WORTH_NAMING]
    title = f"What drives {_plain(name)}: {words.listed(strong[:3])}" if strong else f"No single parameter drives {_plain(name)}"
    return Picture(figure, title, f"Bars of the share of {_plain(name)} that each parameter accounts for alone", {_plain(parameter): f"{share:.0%}" for parameter, share in shares.items()})


@drawn
def decision_map(runs: Runs) -> Picture | Said:
    """Where the decision flips: every run over the two parameters on which it hangs most."""
    numeric = [name for name in runs.parameters if pd.api.types.is_numeric_dtype(runs.parameters[name])]
    if not runs.decision or len(numeric) < 2:
        return Said("A map needs a decision that differs, and two numbers that vary.")
    answers = runs.texts[runs.decision]
    shares = runs.accounts_for(answers)
    x, y = [name for name in shares.index if name in numeric][:2]
    figure, axes = canvas(height=4.4)
    kinds = answers.value_counts().index
    for place, kind in enumerate(kinds):
        there = runs.parameters[answers == kind]
        axes.plot(there[x], there[y], MARKERS[place % len(MARKERS)], color=COLOURS[place % len(COLOURS)], label=_short(kind), markersize=7)
    axes.set(xlabel=_axis(runs, x), ylabel=_axis(runs, y))
    legend_above(axes, 2)
    middles = {_short(kind): f"{_plain(x)} {_middle(runs, answers == kind, x)}, {_plain(y)} {_middle(runs, answers == kind, y)} in the middle" for kind in kinds}
    return Picture(figure, f"{_plain(runs.decision).capitalize()} over {_plain(x)} and {_plain(y)}", f"A mark for every run at its {_plain(x)} and {_plain(y)}; a shape and colour for each decision", middles)


@drawn
def spread(runs: Runs) -> Picture | Said:
    """How far the number that is looked at lies apart, by decision where that differs."""
    if not runs.finding:
        return Said("No number differs between these runs.")
    values, unit = runs.numbers[runs.finding], runs.units[runs.finding]
    figure, axes = canvas(height=3.0)
    axes.hist(values.dropna(), bins=20, color=BLUE)
    axes.axvline(values.median(), color=ORANGE, linestyle="--", label="middle")
    axes.legend()
    axes.set(xlabel=f"{_plain(runs.finding)} ({unit})", ylabel="runs")
    numbers = {words_: words.number(float(values.quantile(at)), unit) for words_, at in (("lowest", 0), ("a tenth lies below", 0.1), ("middle", 0.5), ("a tenth lies above", 0.9), ("highest", 1))}
    return Picture(figure, f"{_plain(runs.finding).capitalize()}: {numbers['middle']} in the middle run", f"How often each value of {_plain(runs.finding)} came up", numbers)


def extremes(runs: Runs) -> Table | Said:
    """The runs at both ends, with what was given: the ones whose notebooks are worth opening."""
    if not runs.finding:
        return Said("No number differs between these runs.")
    values = runs.numbers[runs.finding].dropna().sort_values()
    ends = list(values.index[:3]) + [name for name in values.index[-3:] if name not in values.index[:3]]
    shown = list(runs.accounts_for(runs.numbers[runs.finding].fillna(values.median())).index[:4])
    rows = [(name, words.number(float(values[name]), runs.units[runs.finding]), *(_value(runs.parameters.loc[name, each]) for each in shown)) for name in ends]
    return Table(pd.DataFrame(rows, columns=["Scenario", _plain(runs.finding), *map(_plain, shown)]), "The lowest and the highest runs")


def _from_to(values: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(values):
        return f"{_value(values.min())} to {_value(values.max())}"
    return words.listed([_short(str(value)) for value in values.unique()[:MOST]])


def _middle(runs: Runs, there: pd.Series, name: str) -> str:
    return _value(runs.parameters.loc[there, name].median())


def _value(value: object) -> str:
    if isinstance(value, str):
        return _short(value)
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _axis(runs: Runs, name: str) -> str:
    return f"{_plain(name)} ({runs.units[name]})"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."
