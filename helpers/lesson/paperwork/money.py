"""The plan in money: what the options are worth, cash and freed time apart, what drives it, where it breaks even, what to measure next."""

import numpy as np
import pandas as pd

from helpers.decision.money import CONVENTIONS, linear_cash_fallacy
from helpers.decision.paperwork.case import PaperworkCase
from helpers.decision.paperwork.options import Flows
from helpers.decision.sensitivity import DecisionMap, decision_map
from helpers.decision.uncertainty import Assumption, draw, fix
from helpers.decision.wording import capital, percent, span
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import named
from helpers.lesson.paperwork.marks import OPTIONS
from helpers.lesson.paperwork.quiet import beside
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREY, INK, ORANGE, canvas, legend_above, percent_axis
from helpers.lesson.table import Table

MAP_DRAWS, MAP_SIZE = 32, 11
SHOWN = 8  # unknowns in one picture
THOUSANDS = "CNY thousand"
CASH_HEADS = (
    "Option", "Whole clerks released", "Wages saved", "Margin of clients served", "Running and new wages", "Clerk hours idle beside today's",
    "Clerk hours saved", "Hours × wage would claim",
)  # fmt: skip


@answers("best_option")
def beliefs(case: PaperworkCase) -> Table:
    """Every unknown that the money rests on, with its range and what it rests on."""
    rows = [(each.name, each.meaning, span(each.low, each.high, each.unit), f"{each.basis} ({percent(each.level)})") for each in case.money.unknowns]
    caption = "What is measured and what is believed; ranges by name can be changed in other_ranges"
    return Table(pd.DataFrame(rows, columns=["Name", "What it is", "Range", "Rests on"]), caption)


@answers("best_option")
@drawn
def options(case: PaperworkCase) -> Picture:
    """Net values of the options with their ranges."""
    ranked = case.money.rows
    figure, axes = canvas(height=1.2 + 0.42 * len(ranked))
    for place, row in enumerate(ranked):
        colour, marker = OPTIONS[row.name]
        axes.plot([row.low80 / 1e3, row.high80 / 1e3], [place, place], color=colour, linewidth=4, alpha=0.5, solid_capstyle="butt")
        axes.plot(row.expected / 1e3, place, color=colour, marker=marker, markersize=9)
    axes.axvline(0, color=INK, linewidth=1)
    named(axes, [row.name for row in ranked])
    axes.set(xlabel=f"net value against doing nothing, {THOUSANDS} (bar: 80 % range)")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    best, second = ranked[:2]
    title = f"Best in expectation: {best.name}, {words.number(best.expected, 'CNY')}; next: {second.name}, {words.number(second.expected, 'CNY')}"
    numbers = {row.name: f"{words.number(row.expected, 'CNY')}, best in {percent(row.probability_best)}" for row in ranked}
    return Picture(figure, title, f"Points and ranges of net value per option, best on top. {title}.", numbers)


@beside("best_option")
def cash_and_hours(case: PaperworkCase) -> Table:
    """What each option brings by the end of the horizon, cash and freed hours apart, beside what a brochure would claim."""
    money, plan = case.money, case.plan
    wage = float(money.draws["clerk_cost"].mean())
    rows = [_cash_row(name, flow, wage, plan.hours_per_clerk) for name, flow in money.flows.items() if name != money.options[0].name]
    return Table(pd.DataFrame(rows, columns=CASH_HEADS), "Per month at the end of the horizon, expected, against doing nothing; hours are capacity, not money")


def _cash_row(name: str, flow: Flows, wage: float, hours_per_clerk: float) -> tuple[str, ...]:
    def last(by_month) -> float:
        return float(np.mean(np.broadcast_to(by_month, flow.net.shape)[:, -1]))

    saved = max(last(flow.office.served * (flow.today.x["clerk_hours"] - flow.office.hours)), 0.0)
    money = (words.number(last(part), "CNY") for part in (flow.wages_saved, flow.margin, flow.cost))
    claim = float(linear_cash_fallacy(saved, hours_per_clerk, wage))
    return name, f"{last(flow.office.released):.2f}", *money, f"{last(flow.freed.hours):+,.0f} h", f"{saved:,.0f} h", words.number(claim, "CNY")


@beside("payback_probability")
def terms(case: PaperworkCase) -> Said:
    """By which convention money is discounted, and whether and when the option in focus pays back."""
    name, rate = case.values["npv_convention"], words.number(case.values["annual_rate"], "share")
    paid = say("{option_in_focus} pays back within the horizon in {payback_probability:bare} of the futures drawn, and where it does, after {payback_months}. "
               "It loses money in {loses_money:bare}.", case.findings)  # fmt: skip
    text = f"Later money is discounted at {rate} a year over {case.values['horizon_months']} months; convention '{name}': {CONVENTIONS[name]}. "
    return Said(text + capital(paid.text))


@answers("best_option")
@drawn
def drivers(case: PaperworkCase) -> Picture:
    """Which unknowns move the value: one at a time, and their share of all its spread."""
    money = case.money
    swings = money.swings[:SHOWN]
    indices = {name: (first, total) for name, first, total in money.sobol.ranked()}
    figure, (left, right) = canvas(height=1.6 + 0.36 * len(swings), columns=2, width_ratios=(3, 2), sharey=True)
    for place, swing in enumerate(swings):
        low, high = swing.at_low / 1e3, swing.at_high / 1e3
        left.barh(place, high - low, left=low, color=BLUE if high > low else ORANGE, hatch="" if high > low else "///", edgecolor="white", height=0.7)
        first, total = indices[swing.name]
        right.barh(place, max(total, 0), color=GREY, height=0.7)
        right.plot(max(first, 0), place, marker="D", color=INK)
    left.axvline(0, color=INK, linewidth=1)
    named(left, [_wrapped(money.meaning(swing.name)) for swing in swings])
    left.tick_params(axis="y", labelsize=8.5)
    left.set(xlabel=f"net value of {money.focus},\n{THOUSANDS}\n(hatched: more of it is worse)")
    left.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    right.set(xlabel="share of the value's spread\n(mark: alone, bar: with\ninteractions)", xlim=(0, 1))
    percent_axis(right.xaxis)
    top = swings[0]
    title = f"What {money.focus} is worth hangs most on: {money.meaning(top.name)}"
    numbers = {money.meaning(swing.name): f"{words.number(swing.at_low, 'CNY')} to {words.number(swing.at_high, 'CNY')}" for swing in swings[:3]}
    return Picture(figure, title, f"Tornado of net values at both ends of each belief, and bars of its share of the spread. {title}.", numbers)


def _wrapped(text: str, letters: int = 34) -> str:
    """A meaning on two lines at most."""
    if len(text) <= letters:
        return text
    cut = text.rfind(" ", 0, letters)
    rest = text[cut + 1 :]
    return f"{text[:cut]}\n{rest if len(rest) <= letters else rest[: letters - 1] + '…'}"


@answers("best_option")
def break_even(case: PaperworkCase) -> Explorer | Said:
    """Which option is best over clients and adoption, for so much rework and explaining saved."""
    if case.nothing_to_standardise:
        return Said("No document is ready for a standard within the budget, so there is nothing to draw over its adoption.")
    belief = {each.name: each for each in case.money.unknowns}
    controls = [_cut(belief["standard_rework_cut"], "Rework that a standard saves"), _cut(belief["standard_explain_cut"], "Explaining that it saves")]
    return Explorer("break-even", controls, lambda standard_rework_cut, standard_explain_cut: _break_even(case, standard_rework_cut, standard_explain_cut))


def _cut(belief: Assumption, label: str):
    return slider(belief.name, label, round(100 * belief.centre), -20, 100, 5, "%")


@drawn
def _break_even(case: PaperworkCase, rework: float, explaining: float) -> Picture:
    found = _map(case, rework, explaining)
    figure, axes = canvas()
    for index, name in enumerate(found.options):
        rows, columns = np.nonzero(found.winner == index)
        colour, marker = OPTIONS[name]
        if len(rows):
            axes.scatter(found.x[columns], found.y[rows], c=colour, marker=marker, s=85, label=name)
    middle = {each.name: each.centre for each in case.money.unknowns}
    now = middle["clients_per_month"], middle["standard_adoption"]
    axes.plot(*now, marker="o", markersize=20, mfc="none", mec=INK, mew=1.8)
    axes.set(xlabel="clients a month (ring: today)", ylabel="clients who use the standards")
    percent_axis(axes.yaxis)
    legend_above(axes, 3)
    shares = {name: float((found.winner == index).mean()) for index, name in enumerate(found.options)}
    at = found.options[found.winner[np.abs(found.y - now[1]).argmin(), np.abs(found.x - now[0]).argmin()]]
    title = f"Where we stand {at} is best, as in {words.number(shares[at], 'share')} of the map"
    numbers = {name: words.number(share, "share") for name, share in shares.items() if share}
    return Picture(figure, title, f"Map of the best option over clients a month and adoption. {title}.", numbers)


def _map(case: PaperworkCase, rework: float, explaining: float) -> DecisionMap:
    money = case.money
    draws = draw(money.unknowns, MAP_DRAWS, money.seed)
    draws = fix(fix(draws, "standard_rework_cut", rework / 100), "standard_explain_cut", explaining / 100)
    clients = next(each.centre for each in money.unknowns if each.name == "clients_per_month")
    return decision_map(money.means, draws, "clients_per_month", np.linspace(0.4, 1.6, MAP_SIZE) * clients, "standard_adoption", np.linspace(0, 1, MAP_SIZE))


@beside("measure_next")
def measure_next(case: PaperworkCase) -> Said:
    """What is worth measuring before deciding."""
    money = case.money
    if next(iter(money.worth_knowing.values())) <= 0:
        return Said(f"Knowing everything beforehand would be worth {words.number(money.perfect_information, 'CNY')} at most, and no single unknown is worth measuring alone.")
    found = case.findings
    return Said(
        f"Measure this next: {found['measure_next']}. Knowing it exactly before deciding is worth up to {words.number(found['measure_next_worth'].value, 'CNY')}; "
        f"knowing everything, {words.number(money.perfect_information, 'CNY')}. A study that costs more than that isn't worth it."
    )
