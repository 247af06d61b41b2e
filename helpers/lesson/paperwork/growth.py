"""Growth: what each way of working costs at one, two, five and ten times today's clients."""

import numpy as np

from helpers.decision.paperwork.case import PaperworkCase
from helpers.decision.paperwork.options import Growth, growth
from helpers.decision.paperwork.steps.plan import MULTIPLES
from helpers.decision.uncertainty import fix
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.paperwork.marks import WAYS
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.style import canvas

ROOM = 1.38  # of the axis, so that the labels beside the last points have room


@answers("cost_at_10_hire")
def growth_of_cost(case: PaperworkCase) -> Explorer:
    """The key figure: cost of a month as the clients multiply, for each way of working."""
    middle = {each.name: each.centre for each in case.money.unknowns}
    controls = [
        slider("adoption", "Clients who use the standards", round(100 * middle["standard_adoption"]), 0, 100, 5, "%"),
        slider("explaining", "Explaining that a standard saves", round(100 * middle["standard_explain_cut"]), -20, 100, 5, "%"),
    ]
    return Explorer("key-figure", controls, lambda adoption, explaining: _growth(_moved(case, controls, adoption, explaining)))


def _moved(case: PaperworkCase, controls: list, adoption: float, explaining: float) -> tuple[Growth, ...]:
    """Growth under the parameters, or with what a control was moved to taken as known."""
    draws = case.money.draws
    for name, control, value in (("standard_adoption", controls[0], adoption), ("standard_explain_cut", controls[1], explaining)):
        draws = draws if value == control.value else fix(draws, name, value / 100)
    return case.growth if draws is case.money.draws else growth(draws, case.plan, MULTIPLES)


@drawn
def _growth(ways: tuple[Growth, ...]) -> Picture:
    figure, axes = canvas(height=4.2)
    for way, place in zip(ways, _label_places(ways)):
        colour, marker = WAYS[way.way]
        cost = np.array([each.value for each in way.cost]) / 1e3
        low, high = (np.array([getattr(each, end) for each in way.cost]) / 1e3 for end in ("low", "high"))
        if way.way != "Excel online":
            axes.fill_between(way.multiples, low, high, color=colour, alpha=0.12)
        axes.plot(way.multiples, cost, color=colour, marker=marker, linestyle="--" if way.way == "Excel online" else "-")
        axes.annotate(f"{way.way}: {way.clerks[-1].value:.0f} clerks", (way.multiples[-1], place), (10, 0), textcoords="offset points", va="center", color=colour)
    axes.set(xlabel="clients, times today's (bands: 80 % range)", ylabel="cost of a month, CNY thousand")
    axes.set(xticks=MULTIPLES, xlim=(0.5, MULTIPLES[-1] * ROOM), ylim=(0, None))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    return Picture(figure, _title(ways), f"Lines of monthly cost against clients, one per way of working. {_title(ways)}.", _numbers(ways))


def _label_places(ways: tuple[Growth, ...]) -> list[float]:
    """Where the labels beside the last points stand: at their points, kept apart."""
    ends = np.array([way.cost[-1].value for way in ways]) / 1e3
    apart, order = ends.max() * 0.055, np.argsort(-ends)
    places = ends.copy()
    for upper, lower in zip(order[:-1], order[1:]):
        places[lower] = min(places[lower], places[upper] - apart)
    return places.tolist()


def _title(ways: tuple[Growth, ...]) -> str:
    cost = {way.way: way.cost[-1].value for way in ways}
    gap = cost["hire"] - cost["standardise"]
    if gap <= 0:
        return f"At ten times the clients standardising costs {words.number(-gap, 'CNY')} a month more than hiring"
    return f"At ten times the clients hiring alone costs {words.number(gap, 'CNY')} a month more than standardising"


def _numbers(ways: tuple[Growth, ...]) -> dict[str, str]:
    def told(way: Growth) -> str:
        first, last = (words.number(cost.value, "CNY") for cost in (way.cost[0], way.cost[-1]))
        return f"{first} and {last}, {way.clerks[0].value:.1f} and {way.clerks[-1].value:.0f} clerks"

    return {f"{way.way}, at 1 and 10 times": told(way) for way in ways}
