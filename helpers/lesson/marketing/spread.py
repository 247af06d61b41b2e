"""Challenge a goes on: how far forwards spread, and the most leads that the module could bring."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.decision.marketing.case import MarketingCase
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import band
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREEN, ORANGE, canvas, percent_axis
from helpers.marketing.traffic.ceiling import leads, leads_by_rate, traffic_needed


@answers("cascade_size")
def cascades(case: MarketingCase) -> Explorer:
    """How large and deep cascades grow, beside a branching process, and what each generation leads to."""
    kinds = [("size of cascades", "sizes"), ("depth of cascades", "depths"), ("forwards per forward, by generation", "generations")]
    return Explorer("cascades", [choice("what", "Show", kinds, "sizes")], lambda what: _cascades(case, what))


@drawn
def _cascades(case: MarketingCase, what: str) -> Picture:
    figure, axes = canvas(height=3.4)
    spread = case.spread
    if what == "generations":
        table = spread.generations
        axes.errorbar(table["generation"], table["reproduction"], yerr=[table["reproduction"] - table["low"], table["high"] - table["reproduction"]], fmt="o", color=BLUE, capsize=3)
        axes.axhline(1, color=ORANGE, linestyle="--")
        axes.annotate("above this line forwards would grow by themselves", (1, 1), (0, -12), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", color=ORANGE)
        axes.set(xlabel="generation of the forward (1: by a direct reader)", ylabel="forwards that one forward leads to", ylim=(0, 1.15))
        axes.set_xticks(table["generation"])
    else:
        _beside_branching(axes, getattr(spread, what), what)
    title = f"One forward leads to {words.number(spread.reproduction.value)} more; a cascade holds {words.number(spread.mean_size.value)} forwards on average"
    numbers = {"forwards per forward": words.estimate(spread.reproduction), "mean size": words.estimate(spread.mean_size), "a branching process would have": words.estimate(spread.expected_size), "never opened": words.estimate(spread.unread)}
    return Picture(figure, title, f"{what.capitalize()} as counted and as a branching process would have them. {title}.", numbers)


def _beside_branching(axes: Axes, table: pd.DataFrame, what: str) -> None:
    """Shares of cascades by size or depth as counted, with the branching process beside them."""
    column = "size" if what == "sizes" else "depth"
    axes.bar(table[column], table["share"], width=0.7, color=BLUE, label="counted")
    axes.plot(table[column], table["branching"], "D", color=ORANGE, label="branching process of the same reproduction")
    label = "forwards in a cascade (the last: that many or more)" if what == "sizes" else "generations below the first forward (at least)"
    axes.set(xlabel=label, ylabel="share of cascades")
    axes.set_xticks(table[column])
    percent_axis(axes.yaxis)
    axes.legend(loc="upper right")


@answers("forwards_per_read")
def spread_in_words(case: MarketingCase) -> Said:
    """How far forwards carry, in words."""
    said = "There are {forwards_per_read}; {forwards_by_new} of the forwards are made by people who are new themselves, their first event at most a day old"
    if "share_links" in case.log.capabilities:
        said += ". There are {reads_per_forward}; {unread_forwards:bare} of the forwards are never opened by anyone. By being passed on, one read brings {k_factor} (the k-factor; from 1 on the tool would grow by itself)"
    return say(said + ".", case.findings)


@answers("lead_ceiling")
def ceiling(case: MarketingCase) -> Explorer:
    """The most leads a month at any lift of the registration rate, against what it takes to pay."""
    by_name = {each.name: each for each in case.verdict.believed}
    lift, worth = by_name["module_lift"], by_name["value_per_lead"]
    controls = [
        slider("lift", "Module adds to the registration rate", round(100 * max(lift.high, 0), 2), 0, max(10, round(200 * lift.high)), 0.1, "points"),
        slider("value", "Margin of one lead", round(worth.centre), 0, max(5000, round(4 * worth.centre, -2)), 50, "CNY"),
        slider("cost", "Building and owning it", round(case.verdict.monthly_cost, -2), 0, max(50_000, round(3 * case.verdict.monthly_cost, -3)), 500, "CNY a month"),
    ]
    return Explorer("lead-ceiling", controls, lambda lift, value, cost: _ceiling(case, lift / 100, value, cost))


@drawn
def _ceiling(case: MarketingCase, lift: float, value: float, cost: float) -> Picture:
    new, rates = case.known.new_readers_per_month, np.linspace(0, max(0.1, 2 * lift), 50)
    table, most = leads_by_rate(new, rates), leads(new, lift)
    pays = cost / value if value else np.inf
    needed = float(traffic_needed(cost, value, lift))
    figure, axes = canvas()
    band(axes, table["rate"], table["leads"], table["low"], table["high"], BLUE)
    axes.plot(lift, most.value, "o", color=ORANGE, markersize=9)
    axes.annotate(f"{words.number(most.value)} a month", (lift, most.value), (8, -10), textcoords="offset points", color=ORANGE)
    top = max(table["high"].max(), most.value) * 1.1
    if pays <= top * 1.6:
        top = max(top, 1.15 * pays)
        axes.axhline(pays, color=GREEN, linestyle="--")
        axes.annotate(f"{words.number(pays)} leads a month would pay for it", (1, pays), (0, 3), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", color=GREEN)
    axes.set(xlabel="what the module adds to the share of new readers who register", ylabel="leads a month that it adds", ylim=(0, top))
    percent_axis(axes.xaxis)
    axes.xaxis.get_major_formatter().decimals = 1
    enough = "today's traffic would do" if needed <= new.value else f"to pay it takes {words.number(needed / new.value)} times today's traffic"
    title = f"At {words.number(100 * lift)} points more the module adds at most {words.number(most.value)} leads a month; {enough}"
    numbers = {"leads a month": words.estimate(most), "new readers a month today": words.estimate(new), "needed to pay": words.number(needed, "people a month"), "leads needed": words.number(pays, "leads a month")}
    return Picture(figure, title, f"A rising line with a band: leads a month by lift. {title}.", numbers)
