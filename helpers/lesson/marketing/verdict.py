"""The decision: options side by side, how sure, what knowing more is worth, and what would flip it."""

from textwrap import fill

import numpy as np
import pandas as pd
from IPython.display import Markdown
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from helpers.decision.marketing.case import MarketingCase
from helpers.decision.marketing.verdict import BUILD, CONTENT, NOTHING, PILOT
from helpers.decision.memo_text import OPTION_HEADS, option_row
from helpers.decision.options import compare
from helpers.decision.sensitivity import DecisionMap
from helpers.decision.uncertainty import fix
from helpers.decision.wording import percent, span
from helpers.lesson import conclusion, words
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marketing.marks import named
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREEN, GREY, INK, ORANGE, SKY, canvas, percent_axis
from helpers.lesson.table import Table

OPEN = "nothing, leave all open"
COLOURS = {BUILD: ORANGE, CONTENT: GREEN, PILOT: BLUE, NOTHING: GREY}
MOST, FEW = 8, 6  # unknowns in one picture, and in one control
LETTERS = 36  # of a line of a label


def assumptions(case: MarketingCase) -> Table:
    """Every unknown behind the options: name, meaning, range and what it rests on."""
    rows = [(each.name, each.meaning, span(each.low, each.high, each.unit), f"{each.basis}, {100 * each.level:.0f} %") for each in case.verdict.unknowns]
    return Table(pd.DataFrame(rows, columns=["Name", "What it is", "Range", "Rests on"]), "What the options are reckoned from; an assumed one is given another range by its name in 'other_ranges'")


def net_value(case: MarketingCase) -> Explorer:
    """Net value of the options as distributions; one of the unknowns that matter most may be taken as known."""
    unknowns = [(OPEN, OPEN), *((case.verdict.meaning(swing.name), swing.name) for swing in case.verdict.swings[:FEW])]
    controls = [choice("known", "Suppose one knew", unknowns, OPEN), slider("at", "and it were, within what is believed, at", 50, 1, 99, 1, "% from below")]
    return Explorer("net-value", controls, lambda known, at: _net_value(case, known, at / 100))


@drawn
def _net_value(case: MarketingCase, known: str, at: float) -> Picture:
    verdict, fixed = case.verdict, ""
    if known == OPEN:
        worth = verdict.worth
    else:
        unknown = next(each for each in verdict.unknowns if each.name == known)
        value = float(unknown.quantile(at))
        worth, fixed = verdict.model(fix(verdict.fewer, known, value)), f"With {unknown.meaning} at {words.number(value, unknown.unit)}: "
    rows = compare(worth)
    figure, axes = canvas(height=1.4 + 0.55 * len(rows))
    for place, row in enumerate(rows):
        colour = COLOURS.get(row.name, INK)
        axes.plot([row.low95, row.high95], [place, place], color=colour, linewidth=2)
        axes.plot([row.low80, row.high80], [place, place], color=colour, linewidth=9, alpha=0.5, solid_capstyle="butt")
        axes.plot(row.expected, place, "D", color=colour, markeredgecolor="white", markersize=9)
    named(axes, [row.name for row in rows])
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set(xlabel=f"net value over {verdict.values['horizon_months']} months against doing nothing, CNY\n(diamond: expected; thick: 80 % range; thin: 95 %)")
    axes.xaxis.set_major_formatter(lambda money, _: f"{money:,.0f}")
    numbers = {row.name: f"{words.number(row.expected, 'CNY')}, best in {percent(row.probability_best)}" for row in rows}
    title = f"{fixed}{rows[0].name} is expected to be worth most, {words.number(rows[0].expected, 'CNY')}; next is {rows[1].name}"
    title = title[0].upper() + title[1:]
    return Picture(figure, title, f"A row per option with the range of its net value. {title}.", numbers)


def option_table(case: MarketingCase) -> Table:
    """The options side by side with chance of being best and regret."""
    return Table(pd.DataFrame([option_row(row) for row in case.verdict.rows], columns=OPTION_HEADS), "Against doing nothing; regret: what a choice loses on average against the best one in hindsight")


def choice_in_words(case: MarketingCase) -> Said:
    """The choice and how sure it is."""
    return say(
        "The choice: {recommendation}. It is worth {lead_over_next:bare} more than the next best option and {lead_over_request:bare} more than building as asked. "
        f"Its closest rival is {case.verdict.doubt}: it does better in {percent(case.verdict.confidence)} of the futures drawn, and loses money in {percent(case.verdict.loses)}.",
        case.findings,
    )


@drawn
def knowing(case: MarketingCase) -> Picture:
    """What knowing each unknown exactly would be worth before choosing."""
    worth = list(case.verdict.worth_knowing.items())[:MOST]
    worth = [pair for pair in worth if pair[1] > 0] or worth[:3]
    figure, axes = canvas(height=1.3 + 0.42 * len(worth))
    axes.barh(range(len(worth)), [value for _, value in worth], color=BLUE)
    axes.axvline(case.verdict.perfect_information, color=ORANGE, linestyle="--")
    axes.annotate("knowing everything", (case.verdict.perfect_information, len(worth) - 0.6), (-4, 0), textcoords="offset points", ha="right", color=ORANGE)
    named(axes, [fill(case.verdict.meaning(name), LETTERS) for name, _ in worth])
    axes.set(xlabel="worth of knowing it exactly before choosing, CNY", xlim=(0, max(1.1 * case.verdict.perfect_information, 1)))
    axes.xaxis.set_major_formatter(lambda money, _: f"{money:,.0f}")
    top = f"measure next: {case.verdict.meaning(worth[0][0])}" if worth[0][1] > 0 else "no single unknown would change the choice"
    title = f"Knowing everything would be worth {words.number(case.verdict.perfect_information, 'CNY')}; {top}"
    return Picture(figure, title, f"Bars per unknown. {title}.", {case.verdict.meaning(name): words.number(value, "CNY") for name, value in worth[:3]})


def pilots(case: MarketingCase) -> Explorer:
    """Is a pilot worth its price and delay? By its length, for a price that can be moved."""
    middle = float(np.mean(case.verdict.fewer["pilot_cost"]))
    control = slider("price", "Price of the pilot", round(middle), 0, max(200_000, round(3 * middle)), 1000, "CNY")
    return Explorer("pilot-worth", [control], lambda price: _pilots(case, price - middle))


@drawn
def _pilots(case: MarketingCase, dearer: float) -> Picture:
    found = case.verdict.pilots
    net, best = found.net - dearer, found.best
    figure, axes = canvas(height=3.4)
    axes.plot(found.months, found.information, "s--", color=SKY, label="its result for nothing and at once (EVSI)")
    axes.plot(found.months, net, "o-", color=BLUE, label="net of price and delay, against choosing now")
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.plot(found.months[best], net[best], "D", color=ORANGE, markersize=10)
    axes.set(xlabel="months that the pilot runs", ylabel="CNY")
    axes.yaxis.set_major_formatter(lambda money, _: f"{money:,.0f}")
    axes.legend(loc="best")
    told = "worth its price and delay" if net[best] > 0 else "not worth its price and delay"
    title = f"A pilot is {told}: the best one runs {found.months[best]:g} month{'s' if found.months[best] != 1 else ''} and is worth {words.number(net[best], 'CNY')}"
    numbers = {"net": words.number(net[best], "CNY"), "EVSI": words.number(found.information[best], "CNY"), "new readers per arm": words.number(found.per_arm[best]), "Test & Roll would take, free of price and delay": words.number(case.verdict.test_and_roll, "per arm")}
    return Picture(figure, title, f"Two curves by the pilot's length. {title}.", numbers)


@drawn
def drivers(case: MarketingCase) -> Picture:
    """What the choice depends on: one unknown at a time (tornado), and its share of the variance (Sobol)."""
    verdict = case.verdict
    swings, total = verdict.swings[:MOST], dict(zip(verdict.sobol.names, verdict.sobol.total))
    figure, (left, right) = canvas(width=8.4, height=1.4 + 0.42 * len(swings), columns=2, width_ratios=(3, 1.3), sharey=True)
    for place, swing in enumerate(swings):
        left.plot([swing.at_low, swing.at_high], [place, place], color=SKY, linewidth=9, solid_capstyle="butt")
        left.plot(swing.at_low, place, "o", color=BLUE, fillstyle="none")
        left.plot(swing.at_high, place, "o", color=BLUE)
    left.axvline(0, color=ORANGE, linestyle="--")
    left.set(xlabel=f"{verdict.winner} over {verdict.rival}, CNY\n(hollow: unknown at its low end, filled: high end)")
    left.xaxis.set_major_formatter(lambda money, _: f"{money:,.0f}")
    left.tick_params(axis="x", rotation=20)
    right.barh(range(len(swings)), [max(total[swing.name], 0) for swing in swings], color=GREY)
    right.set(xlabel="share of the variance\n(Sobol, total)")
    percent_axis(right.xaxis)
    right.tick_params(axis="y", length=0)
    named(left, [fill(verdict.meaning(swing.name), LETTERS) for swing in swings])
    turns = any(min(swing.at_low, swing.at_high) < 0 for swing in swings)
    title = f"{verdict.winner[0].upper()}{verdict.winner[1:]} or {verdict.rival} depends most on: {verdict.meaning(swings[0].name)}; {'some unknowns alone turn' if turns else 'no unknown alone turns'} the choice within what is believed"
    numbers = {verdict.meaning(swing.name): f"{words.number(swing.at_low, 'CNY')} to {words.number(swing.at_high, 'CNY')}" for swing in swings[:3]}
    return Picture(figure, title, f"A tornado of bars, the widest on top, and beside it shares of the variance. {title}.", numbers)


def flips(case: MarketingCase) -> Table | Said:
    """Where one unknown alone changes the choice, and where two together lead to the request."""
    rows = [(flip.meaning, words.number(flip.now, flip.unit), f"{flip.direction} {words.number(flip.at, flip.unit)}", flip.after, "yes" if flip.within_range else "no") for flip in case.verdict.flips]
    times = case.verdict.together
    if 1 < times < np.inf:
        rows.append(("lift and margin of a lead, both at once", "1 times", f"above {words.number(times)} times", BUILD, "no"))
    if not rows:
        return Said("No single unknown changes the choice, even well outside the range that is believed.")
    return Table(pd.DataFrame(rows, columns=["Unknown", "Taken as", "Flips", "To", "Within what is believed"]), f"What flips {case.verdict.winner}")


def flip_map(case: MarketingCase) -> Explorer:
    """The best option over the module's lift and a lead's margin, for today's traffic and more of it."""
    by_name = {each.name: each for each in case.verdict.believed}
    lift, value = by_name["module_lift"], by_name["value_per_lead"]
    xs, ys = np.linspace(min(lift.low, 0), max(0.1, 1.5 * lift.high), 13), np.geomspace(value.low / 2, max(6 * value.high, 8000), 11)
    new = case.known.new_readers_per_month.value
    maps = {times: case.verdict.map_of("module_lift", xs, "value_per_lead", ys, {"new_readers_per_month": times * new}) for times in (1, 3, 10)}
    controls = [
        slider("lift", "Module adds to the registration rate", round(100 * lift.centre, 1), round(100 * xs[0], 1), round(100 * xs[-1], 1), 0.1, "points"),
        slider("value", "Margin of one lead", round(value.centre), round(ys[0]), round(ys[-1]), 10, "CNY"),
        choice("times", "New readers by forward", [("as many as today", 1), ("three times as many", 3), ("ten times as many", 10)], 1),
    ]
    return Explorer("flip-map", controls, lambda lift, value, times: _flip_map(case, maps[times], lift / 100, value, times))


@drawn
def _flip_map(case: MarketingCase, over: DecisionMap, lift: float, value: float, times: int) -> Picture:
    figure, axes = canvas(height=3.9)
    _regions(axes, over)
    axes.plot(lift, value, "X", color=INK, markersize=12, markeredgecolor="white")
    axes.set(xlabel="what the module adds to the share of new readers who register", ylabel="margin of one lead, CNY", yscale="log")
    percent_axis(axes.xaxis)
    axes.yaxis.set_major_formatter(lambda money, _: f"{money:,.0f}")
    axes.yaxis.set_minor_formatter(lambda money, _: "")
    here = case.verdict.at({"module_lift": lift, "value_per_lead": value, "new_readers_per_month": times * case.known.new_readers_per_month.value})
    first, second = sorted(here, key=here.get, reverse=True)[:2]
    title = f"With {words.number(100 * lift)} points more and CNY {value:,.0f} a lead, {first} is best, {words.number(here[first] - here[second], 'CNY')} ahead of {second}"
    numbers = {name: words.number(worth, "CNY") for name, worth in here.items()}
    return Picture(figure, title, f"A map of the best option over lift and margin, with a cross at the values chosen. {title}.", numbers)


def _regions(axes: Axes, over: DecisionMap) -> None:
    """The best option in each cell, in its colour and named where its cells lie."""
    winner = over.winner
    colours = ListedColormap([COLOURS.get(name, INK) for name in over.options])
    axes.pcolormesh(over.x, over.y, winner, cmap=colours, vmin=-0.5, vmax=len(over.options) - 0.5, shading="nearest", alpha=0.45)
    for number in np.unique(winner):
        rows, columns = np.nonzero(winner == number)
        middle = np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2)
        axes.annotate(over.options[number], (over.x[columns[middle]], over.y[rows[middle]]), ha="center", va="center", fontweight="bold")


def memo(case: MarketingCase) -> Markdown:
    """The memo of one page."""
    return conclusion.show_memo(case.memo)


def claims(case: MarketingCase) -> Table:
    """The claims ledger."""
    return conclusion.claims_table(case.claims)


def all_findings(case: MarketingCase) -> Table:
    """Every finding of this run."""
    return conclusion.findings_table(case.findings)
