"""Step ii, the pain: the longest step in several readings, and the fewest steps that would do."""

import pandas as pd

from helpers.decision.paperwork.case import PaperworkCase
from helpers.lesson import words
from helpers.lesson.controls import choice
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import named
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said
from helpers.lesson.style import BLUE, GREY, INK, canvas
from helpers.lesson.table import Table

MOST = 12  # rows of one picture
VISIBLE = 0.003  # of the longest bar


def longest_step(case: PaperworkCase) -> Explorer | Said:
    """The steps by the time they take, in several readings; where work and waiting can't be told apart, by sojourn time."""
    if case.sojourn.empty:
        return Said("In this log no step follows another, so nothing can be said about how long steps take.")
    if not case.can("touch_time"):
        readings = [("all stays together", "total_h"), ("the middle stay", "median_h")]
        return Explorer("longest-step", [choice("reading", "Longest by", readings, "total_h")], lambda reading: _sojourn(case, reading))
    readings = [("all work and waiting together", "total"), ("the median handling", "median"), ("clerks' work only", "clerks")]
    return Explorer("longest-step", [choice("reading", "Longest by", readings, "total")], lambda reading: _longest(case, reading))


@drawn
def _longest(case: PaperworkCase, reading: str) -> Picture:
    table = case.longest.table
    table = table[table["party"] != "client"] if reading == "clerks" else table
    touch, wait = ("median_touch_h", "median_wait_h") if reading == "median" else ("touch_h", "wait_h")
    table = table.assign(wait=0.0 if reading == "clerks" else table[wait].fillna(0.0), touch=table[touch].fillna(0.0))
    table = table.assign(both=table["touch"] + table["wait"]).sort_values("both", ascending=False, kind="stable")
    table = table[table["both"] > VISIBLE * table["both"].iloc[0]].head(MOST)
    figure, axes = canvas(height=1.2 + 0.3 * len(table))
    axes.barh(range(len(table)), table["touch"], color=BLUE, edgecolor="white", label="work")
    if reading != "clerks":
        axes.barh(range(len(table)), table["wait"], left=table["touch"], color=GREY, hatch="...", edgecolor="white", label="wait before it")
        axes.legend(loc="lower right")
    named(axes, [f"{row.step} ({row.party})" if row.party != "everyone" else row.step for row in table.itertuples()])
    axes.set(xlabel="business hours of one handling, median" if reading == "median" else "business hours, all clients together")
    axes.xaxis.set_major_formatter(lambda hours, _: f"{hours:,.10g}")
    first, share = table.iloc[0], table["both"] / table["both"].sum()
    said = {"total": "work and waiting together", "median": "at the median handling", "clerks": "in clerks' work alone"}[reading]
    title = f"Longest step, {said}: {first['step']}"
    numbers = {row.step: f"{words.number(row.both, 'h')} ({words.number(part, 'share')})" for row, part in zip(table.head(3).itertuples(), share)}
    return Picture(figure, title, f"Bars per step, longest on top, work and the wait before it. {title}.", numbers)


@drawn
def _sojourn(case: PaperworkCase, reading: str) -> Picture:
    table = case.sojourn.sort_values(reading, ascending=False, kind="stable").head(MOST)
    figure, axes = canvas(height=1.2 + 0.3 * len(table))
    axes.barh(range(len(table)), table[reading], color=GREY, edgecolor="white")
    if reading == "median_h":
        axes.errorbar(table["median_h"], range(len(table)), xerr=[table["median_h"] - table["low"], table["high"] - table["median_h"]], fmt="none", ecolor=INK, capsize=3)
    named(axes, list(table["step"]))
    axes.set(xlabel="sojourn time since the row before, business hours" + (", median (lines: 95 % interval)" if reading == "median_h" else ", all together"))
    axes.xaxis.set_major_formatter(lambda hours, _: f"{hours:,.10g}")
    title = f"Longest sojourn {'in all' if reading == 'total_h' else 'at the median'}: {table['step'].iloc[0]}; how much of it is work, one time a row can't tell"
    numbers = {row["step"]: words.number(row[reading], "h") for row in table.head(4).to_dict("records")}
    return Picture(figure, title, f"Bars per step, longest on top: time since the row before. {title}.", numbers)


def fewest_steps(case: PaperworkCase) -> Table:
    """The typical way against the fewest steps with which anything came through, and the shortest way that the usual moves allow."""
    found = case.paths
    rows = [
        ("the most frequent way", len(found.typical), " → ".join(found.typical)),
        ("the shortest way that was really taken", len(found.fewest), f"{' → '.join(found.fewest)} ({found.fewest_items:,} of {found.items:,})"),
        ("the shortest that the usual moves allow", len(found.shortest), " → ".join(found.shortest)),
    ]
    caption = f"Fewest steps; on average it takes {words.number(found.mean_steps.value)}, {words.number(found.superfluous)} more than the fewest"
    return Table(pd.DataFrame(rows, columns=["Way", "Steps", "Which"]), caption)
