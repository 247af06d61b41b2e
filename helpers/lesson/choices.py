"""Pictures of a choice, whatever is chosen between: net values, what knowing more is worth, what drives it, where it flips."""

from collections.abc import Mapping
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from helpers.decision.choice import Choice
from helpers.decision.memo_text import OPTION_HEADS, option_row
from helpers.decision.options import compare
from helpers.decision.sensitivity import DecisionMap
from helpers.decision.uncertainty import fix
from helpers.decision.wording import capital, percent, span
from helpers.lesson import words
from helpers.lesson.controls import choice as one_of
from helpers.lesson.controls import Control, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import named
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.style import BLUE, GREY, INK, ORANGE, SKY, canvas, percent_axis
from helpers.lesson.table import Table

OPEN = "nothing, leave all open"
MOST, FEW = 8, 6  # unknowns in one picture, and in one control
LETTERS = 36  # of a line of a label
LABEL = 48  # letters of a line below the wider picture
FLIP_HEADS = ["Unknown", "Taken as", "Flips", "To", "Within what is believed"]
Colours = Mapping[str, str]


def assumptions(choice: Choice) -> Table:
    """Every unknown behind the options: name, meaning, range and what it rests on."""
    rows = [(each.name, each.meaning, span(each.low, each.high, each.unit), f"{each.basis}, {100 * each.level:.0f} %") for each in choice.unknowns]
    return Table(pd.DataFrame(rows, columns=["Name", "What it is", "Range", "Rests on"]), "What the options are reckoned from; an assumed one is given another range by its name in 'other_ranges'")


def net_value(choice: Choice, colours: Colours, months: int) -> Explorer:
    """Net value of the options as distributions; one of the unknowns that matter most may be taken as known."""
    return Explorer("net-value", one_known(choice), lambda known, at: net_values(choice, colours, months, known, at / 100))


def one_known(choice: Choice) -> list[Control]:
    """The controls by which one of the unknowns that matter most is taken as known, at so many per cent from below."""
    unknowns = [(OPEN, OPEN), *((choice.meaning(swing.name), swing.name) for swing in choice.swings[:FEW])]
    return [one_of("known", "Suppose one knew", unknowns, OPEN), slider("at", "and it were, within what is believed, at", 50, 1, 99, 1, "% from below")]


@drawn
def net_values(choice: Choice, colours: Colours, months: int, known: str, at: float) -> Picture:
    """The options' net values over so many months; known: an unknown taken at its `at` quantile, or OPEN."""
    worth, fixed = choice.worth, ""
    if known != OPEN:
        unknown = next(each for each in choice.unknowns if each.name == known)
        value = float(unknown.quantile(at))
        worth, fixed = choice.model(fix(choice.fewer, known, value)), f"With {unknown.meaning} at {words.number(value, unknown.unit)}: "
    rows = compare(worth)
    figure, axes = canvas(height=1.4 + 0.55 * len(rows))
    for place, row in enumerate(rows):
        colour = colours.get(row.name, INK)
        axes.plot([row.low95, row.high95], [place, place], color=colour, linewidth=2)
        axes.plot([row.low80, row.high80], [place, place], color=colour, linewidth=9, alpha=0.5, solid_capstyle="butt")
        axes.plot(row.expected, place, "D", color=colour, markeredgecolor="white", markersize=9)
    named(axes, [fill(row.name, LETTERS) for row in rows])
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set(xlabel=f"net value over {months} months against doing nothing, CNY\n(diamond: expected; thick: 80 % range; thin: 95 %)")
    axes.xaxis.set_major_formatter(_thousands)
    numbers = {row.name: f"{words.number(row.expected, 'CNY')}, best in {percent(row.probability_best)}" for row in rows}
    title = capital(f"{fixed}{rows[0].name} is expected to be worth most, {words.number(rows[0].expected, 'CNY')}; next is {rows[1].name}")
    return Picture(figure, title, f"A row per option with the range of its net value. {title}.", numbers)


def option_table(choice: Choice) -> Table:
    """The options side by side with chance of being best and regret."""
    return Table(pd.DataFrame([option_row(row) for row in choice.rows], columns=OPTION_HEADS), "Against doing nothing; regret: what a choice loses on average against the best one in hindsight")


@drawn
def knowing(choice: Choice) -> Picture:
    """What knowing each unknown exactly would be worth before choosing."""
    worth = list(choice.worth_knowing.items())[:MOST]
    worth = [pair for pair in worth if pair[1] > 0] or worth[:3]
    figure, axes = canvas(height=1.3 + 0.42 * len(worth))
    axes.barh(range(len(worth)), [value for _, value in worth], color=BLUE)
    axes.axvline(choice.perfect_information, color=ORANGE, linestyle="--")
    axes.annotate("knowing everything", (choice.perfect_information, len(worth) - 0.6), (-4, 0), textcoords="offset points", ha="right", color=ORANGE)
    named(axes, [fill(choice.meaning(name), LETTERS) for name, _ in worth])
    axes.set(xlabel="worth of knowing it exactly before choosing, CNY", xlim=(0, max(1.1 * choice.perfect_information, 1)))
    axes.xaxis.set_major_formatter(_thousands)
    top = f"measure next: {choice.meaning(worth[0][0])}" if worth[0][1] > 0 else "no single unknown would change the choice"
    title = f"Knowing everything would be worth {words.number(choice.perfect_information, 'CNY')}; {top}"
    return Picture(figure, title, f"Bars per unknown. {title}.", {choice.meaning(name): words.number(value, "CNY") for name, value in worth[:3]})


@drawn
def drivers(choice: Choice) -> Picture:
    """What the choice depends on: one unknown at a time (tornado), and its share of the variance (Sobol)."""
    swings, total = choice.swings[:MOST], dict(zip(choice.sobol.names, choice.sobol.total))
    figure, (left, right) = canvas(width=8.4, height=1.4 + 0.42 * len(swings), columns=2, width_ratios=(3, 1.3), sharey=True)
    for place, swing in enumerate(swings):
        left.plot([swing.at_low, swing.at_high], [place, place], color=SKY, linewidth=9, solid_capstyle="butt")
        left.plot(swing.at_low, place, "o", color=BLUE, fillstyle="none")
        left.plot(swing.at_high, place, "o", color=BLUE)
    left.axvline(0, color=ORANGE, linestyle="--")
    left.set(xlabel=fill(f"{choice.winner} over {choice.rival}, CNY", LABEL) + "\n(hollow: unknown at its low end, filled: high end)")
    left.xaxis.set_major_formatter(_thousands)
    left.tick_params(axis="x", rotation=20)
    right.barh(range(len(swings)), [max(total[swing.name], 0) for swing in swings], color=GREY)
    right.set(xlabel="share of the variance\n(Sobol, total)")
    percent_axis(right.xaxis)
    right.tick_params(axis="y", length=0)
    named(left, [fill(choice.meaning(swing.name), LETTERS) for swing in swings])
    turns = any(min(swing.at_low, swing.at_high) < 0 for swing in swings)
    title = f"{capital(choice.winner)} or {choice.rival} depends most on: {choice.meaning(swings[0].name)}; {'some unknowns alone turn' if turns else 'no unknown alone turns'} the choice within what is believed"
    numbers = {choice.meaning(swing.name): f"{words.number(swing.at_low, 'CNY')} to {words.number(swing.at_high, 'CNY')}" for swing in swings[:3]}
    return Picture(figure, title, f"A tornado of bars, the widest on top, and beside it shares of the variance. {title}.", numbers)


def flip_rows(choice: Choice) -> list[tuple[str, ...]]:
    """Where one unknown alone changes the choice, a row of FLIP_HEADS each."""
    return [(flip.meaning, words.number(flip.now, flip.unit), f"{flip.direction} {words.number(flip.at, flip.unit)}", flip.after, "yes" if flip.within_range else "no") for flip in choice.flips]


def regions(axes: Axes, over: DecisionMap, colours: Colours) -> None:
    """The best option in each cell, in its colour and named where its cells lie."""
    winner = over.winner
    shades = ListedColormap([colours.get(name, INK) for name in over.options])
    axes.pcolormesh(over.x, over.y, winner, cmap=shades, vmin=-0.5, vmax=len(over.options) - 0.5, shading="nearest", alpha=0.45)
    for number in np.unique(winner):
        rows, columns = np.nonzero(winner == number)
        middle = np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2)
        axes.annotate(over.options[number], (over.x[columns[middle]], over.y[rows[middle]]), ha="center", va="center", fontweight="bold")


def _thousands(money: float, _) -> str:
    return f"{money:,.0f}"
