"""The decision: options side by side, how sure, what knowing more is worth, and what would flip it."""

import numpy as np
import pandas as pd
from IPython.display import Markdown

from helpers.decision.marketing.case import MarketingCase
from helpers.decision.marketing.verdict import BUILD, CONTENT, NOTHING, PILOT
from helpers.decision.sensitivity import DecisionMap
from helpers.decision.wording import percent
from helpers.lesson import choices, conclusion, words
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.learner.take_away import TakeAway
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREEN, GREY, INK, ORANGE, SKY, canvas, percent_axis
from helpers.lesson.table import Table

COLOURS = {BUILD: ORANGE, CONTENT: GREEN, PILOT: BLUE, NOTHING: GREY}


def assumptions(case: MarketingCase) -> Table:
    """Every unknown behind the options: name, meaning, range and what it rests on."""
    return choices.assumptions(case.verdict)


def net_value(case: MarketingCase) -> Explorer:
    """Net value of the options as distributions; one of the unknowns that matter most may be taken as known."""
    return choices.net_value(case.verdict, COLOURS, case.values["horizon_months"])


def option_table(case: MarketingCase) -> Table:
    """The options side by side with chance of being best and regret."""
    return choices.option_table(case.verdict)


def choice_in_words(case: MarketingCase) -> Said:
    """The choice and how sure it is."""
    return say(
        "The choice: {recommendation}. It is worth {lead_over_next:bare} more than the next best option and {lead_over_request:bare} more than building as asked. "
        f"Its closest rival is {case.verdict.doubt}: it does better in {percent(case.verdict.confidence)} of the futures drawn, and loses money in {percent(case.verdict.loses)}.",
        case.findings,
    )


def knowing(case: MarketingCase) -> Picture:
    """What knowing each unknown exactly would be worth before choosing."""
    return choices.knowing(case.verdict)


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


def drivers(case: MarketingCase) -> Picture:
    """What the choice depends on: one unknown at a time (tornado), and its share of the variance (Sobol)."""
    return choices.drivers(case.verdict)


def flips(case: MarketingCase) -> Table | Said:
    """Where one unknown alone changes the choice, and where two together lead to the request."""
    rows = choices.flip_rows(case.verdict)
    times = case.verdict.together
    if 1 < times < np.inf:
        rows.append(("lift and margin of a lead, both at once", "1 times", f"above {words.number(times)} times", BUILD, "no"))
    if not rows:
        return Said("No single unknown changes the choice, even well outside the range that is believed.")
    return Table(pd.DataFrame(rows, columns=choices.FLIP_HEADS), f"What flips {case.verdict.winner}")


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
    choices.regions(axes, over, COLOURS)
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


def memo(case: MarketingCase) -> Markdown:
    """The memo of one page."""
    return conclusion.show_memo(case.memo, case.verdict.rows, case.claims)


def take_away(case: MarketingCase) -> TakeAway:
    """The memo as files, and the learner's record."""
    return TakeAway(case.memo, "memo_marketing_module", case.verdict.rows, case.claims)


def claims(case: MarketingCase) -> Table:
    """The claims ledger."""
    return conclusion.claims_table(case.claims)


def all_findings(case: MarketingCase) -> Table:
    """Every finding of this run."""
    return conclusion.findings_table(case.findings)
