"""Challenge c, upkeep and plan: what the section costs to own, what nobody has settled, and how much marketing readers bear."""

from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.decision.marketing.case import MarketingCase
from helpers.lesson import words
from helpers.lesson.controls import slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import band
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import AMBER, BLUE, GREEN, GREY, INK, ORANGE, PINK, SKY, canvas, percent_axis
from helpers.lesson.table import Table
from helpers.marketing.fatigue import breaking_point, curve, marketing_share
from helpers.marketing.upkeep import PARTS, QUESTIONS, cost, slots

LOOKS = {"editing": (BLUE, ""), "review": (SKY, "///"), "compliance": (ORANGE, "xx"), "owner": (GREY, "...")}


def ownership(case: MarketingCase) -> Explorer:
    """Cost of ownership month by month, for slots that start, grow and are capped as one thinks."""
    now = case.upkeep
    controls = [
        slider("start", "Slots at the start", now.slots_at_start, 0, max(20, now.slots_at_start), 1, "slots"),
        slider("growth", "Slots grow by", round(100 * now.slot_growth.value, 1), 0, max(30, round(100 * now.slot_growth.value)), 0.5, "% a month"),
        slider("cap", "At most", now.slot_cap, 1, max(60, now.slot_cap), 1, "slots"),
    ]
    return Explorer("ownership", controls, lambda start, growth, cap: _ownership(case, start, growth / 100, cap))


@drawn
def _ownership(case: MarketingCase, start: float, growth: float, cap: float) -> Picture:
    believed = replace(case.upkeep.slot_growth, value=growth, low=growth / 3, high=2 * growth)
    moved = replace(case.upkeep, slots_at_start=start, slot_cap=max(cap, start), slot_growth=believed)
    found = case.ownership if moved == case.upkeep else cost(moved, case.rng(3))
    path, floor = found.path, np.zeros(len(found.path))
    figure, axes = canvas()
    for part in PARTS:
        colour, hatch = LOOKS[part]
        axes.fill_between(path["month"], floor, floor + path[part], step="mid", facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0.3, label=part)
        floor += path[part].to_numpy()
    axes.plot(path["month"], path["low"], ":", path["month"], path["high"], ":", color=INK, linewidth=1.2, zorder=3)
    axes.set(xlabel="month since the section opened (dotted: 80 % range of what is assumed)", ylabel="CNY a month", xlim=(0.5, len(path) + 0.5))
    axes.yaxis.set_major_formatter(lambda money, _: f"{money:,.0f}")
    axes.legend(loc="upper left", ncols=4)
    axes.set_ylim(0, path["high"].max() * 1.15)
    last = path.iloc[-1]
    title = f"Owning the section costs {words.number(found.total.value, 'CNY')} over {len(path)} months; {start:g} slots become {last['slots']:.1f}"
    numbers = {"in all": words.estimate(found.total), "last month": words.number(last["total"], "CNY"), "hours of work in the last month": words.number(last["hours"], "h")}
    return Picture(figure, title, f"Stacked bars by month: {', '.join(PARTS)}. {title}.", numbers)


def governance(case: MarketingCase) -> Table:
    """The questions that somebody has to answer before a section is opened, and which of them are open."""
    still = {question.key for question in case.gaps}
    rows = [(question.words, "open" if question.key in still else "settled", question.key) for question in QUESTIONS]
    return Table(pd.DataFrame(rows, columns=["Question", "State", "Its name for the parameter 'settled'"]), f"{len(still)} of {len(QUESTIONS)} questions of governance are open")


def fatigue(case: MarketingCase) -> Explorer:
    """Reading, forwarding and leads against the share of marketing, with the guardrail's breaking point."""
    controls = [
        slider("loss", "Loss of reading that would be borne", round(100 * case.values["largest_loss"], 1), 0, max(30, round(100 * case.values["largest_loss"])), 0.5, "%"),
        slider("pieces", "Editorial pieces beside the slots", case.values["editorial_pieces"], 1, max(200, case.values["editorial_pieces"]), 1, "pieces"),
    ]
    drawn_once = curve(case.response, case.rng(4), np.linspace(0, 0.6, 61))
    return Explorer("fatigue", controls, lambda loss, pieces: _fatigue(case, drawn_once, loss / 100, pieces))


@drawn
def _fatigue(case: MarketingCase, table: pd.DataFrame, loss: float, pieces: float) -> Picture:
    breaks, path = breaking_point(case.response, loss, case.rng(4)), marketing_share(slots(case.upkeep), pieces)
    figure, (left, right) = canvas(columns=2, width_ratios=(3, 2))
    band(left, table["share"], table["reading"], table["reading_low"], table["reading_high"], BLUE, "reading")
    band(left, table["share"], table["forwarding"], table["forwarding_low"], table["forwarding_high"], PINK, "forwards per read", "--")
    left.axhline(1 - loss, color=GREEN, linestyle=":")
    left.axvline(breaks.value, color=GREEN)
    left.annotate("guardrail", (breaks.value, 0.02), (4, 0), textcoords="offset points", color=GREEN)
    left.axvspan(path[0], path[-1], color=AMBER, alpha=0.25, linewidth=0)
    left.annotate("planned\npath", ((path[0] + path[-1]) / 2, 0.25), ha="center", color=INK, fontsize=9)
    left.set(xlabel="share of marketing", ylabel="against a tool without marketing", ylim=(0, 1.05))
    left.legend(loc="lower left", bbox_to_anchor=(0.35, 0.0))
    band(right, table["share"], table["leads"], table["leads_low"], table["leads_high"], ORANGE)
    right.set(xlabel="share of marketing", ylabel="leads per 1,000 of today's reads", ylim=(0, None))
    percent_axis(left.xaxis), percent_axis(left.yaxis), percent_axis(right.xaxis)
    when = np.flatnonzero(path > breaks.value)
    passes = f"the plan passes it in month {when[0] + 1}" if len(when) else "the plan stays below it"
    title = f"Reading is down by {words.number(loss, 'share')} at {words.number(breaks.value, 'share')} of marketing; {passes}"
    numbers = {"breaking point": words.estimate(breaks), "marketing at the start": words.number(path[0], "share"), "at the end": words.number(path[-1], "share")}
    return Picture(figure, title, f"Left: reading and forwarding fall as marketing's share grows. Right: leads. {title}.", numbers)


def fatigue_in_words(case: MarketingCase) -> Said:
    """What the plan does to reading, in words."""
    return say(
        "On the planned path marketing ends at {marketing_share_at_end:bare} of the pieces, and reading is down by {reading_loss}. The guardrail breaks at {breaking_point:bare}: {breaking_month}. "
        "Beyond {lead_peak:bare} more marketing even brings fewer leads. All of this is assumed until somebody measures it.",
        case.findings,
    )
