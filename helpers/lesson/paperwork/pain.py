"""Step ii, the pain: where a document's time goes, how long clients wait, what comes again, and the fewest steps that would do."""

from math import ceil

import numpy as np
import pandas as pd

from helpers.decision.paperwork_case import PaperworkCase
from helpers.evidence.estimate import Estimate
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.paperwork.bars import named_rows
from helpers.lesson.paperwork.quiet import beside
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import AMBER, BLUE, GREEN, GREY, INK, ORANGE, PINK, SKY, canvas, percent_axis
from helpers.lesson.table import Table
from helpers.paperwork.pain.first_time_right import first_time_right_of, rolled_throughput_yield
from helpers.paperwork.pain.waiting import CLIENT, HELD, QUEUE, batches

MOST = 12  # rows of one picture
VISIBLE = 0.003  # of the longest bar
PARTS = {  # what a document's time is made of -> colour and hatch
    "clerk at work": (BLUE, ""),
    "client at work": (AMBER, "///"),
    CLIENT: (SKY, "..."),
    QUEUE: (ORANGE, "xx"),
    HELD: (PINK, "--"),
}


@answers("waiting_client_share")
def time_of_documents(case: PaperworkCase) -> Explorer:
    """What a document's time on its way is made of, in hours or as shares."""
    control = choice("measure", "Show", [("business hours per document", "hours"), ("share of the way", "share")], "hours")
    return Explorer("time-of-documents", [control], lambda measure: _time_of_documents(case, measure))


@drawn
def _time_of_documents(case: PaperworkCase, measure: str) -> Picture:
    parts = case.parts_of_way.head(MOST)
    shown = parts if measure == "hours" else parts.div(parts.sum(axis=1), axis=0)
    figure, axes = canvas(height=1.5 + 0.33 * len(parts))
    left = np.zeros(len(parts))
    for part in shown.columns:
        colour, hatch = PARTS[part]
        axes.barh(range(len(parts)), shown[part], left=left, color=colour, hatch=hatch, edgecolor="white", label=part)
        left += shown[part]
    named_rows(axes, list(parts.index))
    axes.set(xlabel="business hours on the way, mean per client who needs it" if measure == "hours" else "share of the way")
    if measure == "share":
        percent_axis(axes.xaxis)
    figure.legend(loc="outside upper center", ncols=3)
    waits = float(parts[[name for name in (CLIENT, QUEUE, HELD) if name in parts]].sum().sum() / parts.sum().sum())
    title = f"{words.number(waits, 'share')} of the way of these documents is waiting; the rest is work"
    longest = parts.sum(axis=1).idxmax()
    numbers = {"longest way": f"{longest}, {words.number(float(parts.sum(axis=1).max()), 'h')}", **{part: words.number(float(shown.loc[longest, part]), "h" if measure == "hours" else "share") for part in shown}}
    return Picture(figure, title, f"Stacked bars per document: {', '.join(shown.columns)}. {title}.", numbers)


@beside("waiting_held_share")
def waiting_in_words(case: PaperworkCase) -> Said:
    """The causes of waiting in words, and where work is saved up for one weekday."""
    causes = say(
        "Of a document's way through office hours, {working_share} is work by anyone; counted by the clock, with nights and weekends, only {touch_share_clock:bare}. "
        "Waiting for the client takes {waiting_client_share:bare}, the queue for a clerk {waiting_queue_share:bare}, and during {waiting_held_share:bare} it is held back while later work is taken up.",
        case.findings,
    )
    return Said(f"{causes.text} {_saved_up(case)}")


def _saved_up(case: PaperworkCase) -> str:
    certain = batches(case.times, case.waits).certain()
    if certain.empty:
        return "No step is visibly saved up for one weekday."
    told = [f"{row.step}{f' of {row.document}' if hasattr(row, 'document') else ''} ({words.number(row.on_weekday, 'share')} on {row.weekday}s)" for row in certain.head(4).itertuples()]
    return f"Work is saved up here, and hardly anybody decided that in a meeting: {words.listed(told)}."


@answers("lead_time_p50")
def lead_time(case: PaperworkCase) -> Explorer:
    """How long clients wait: open cases censored, beside the closed ones alone, for a log that ends sooner or later."""
    weeks = max(ceil((case.log.last - case.times.cases["opened"].min()).days / 7 + 1e-9), 2)
    controls = [slider("weeks", "The log ends after", weeks, max(min(4, weeks - 1), 1), weeks, 1, "weeks")]
    return Explorer("lead-time", controls, lambda weeks: _lead_time(case, weeks))


@drawn
def _lead_time(case: PaperworkCase, weeks: int) -> Picture:
    found = case.lead_time_after(weeks)
    curve, naive, last = found.curve, np.sort(found.closed_days), float(found.curve.time.max(initial=1.0))
    figure, axes = canvas()
    axes.step([0, *curve.time], [1, *curve.open_share], where="post", color=BLUE, label="open cases kept as open")
    axes.fill_between(curve.time, curve.low, curve.high, step="post", color=BLUE, alpha=0.15)
    axes.step([0, *naive], 1 - np.arange(len(naive) + 1) / max(len(naive), 1), where="post", color=ORANGE, linestyle="--", label="closed cases only")
    for share, label in ((0.5, "half are served"), (0.1, "nine in ten are served")):
        axes.axhline(share, color=GREY, linewidth=0.8, linestyle=":")
        axes.annotate(label, (1, share), (0, 2), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", color=GREY, fontsize=9)
    p90, closed_p90 = curve.quantiles[0.9], found.closed_p90
    axes.set(xlabel="days since opening, by the clock", ylabel="share of clients not yet served", xlim=(0, 1.3 * min(last, max(closed_p90, curve.quantiles[0.5].value) * 2)), ylim=(0, 1.02))
    percent_axis(axes.yaxis)
    axes.legend(loc="upper right")
    title = f"Nine in ten clients are served within {_days(p90.value)}" if np.isfinite(p90.value) else "So early nobody can tell within how many days nine in ten clients are served"
    title += f"; the closed cases alone would promise {_days(closed_p90)}" if len(naive) else "; no case is closed yet"
    numbers = {"median": _quantile(curve.quantiles[0.5]), "nine in ten": _quantile(p90), "closed cases only, nine in ten": _days(closed_p90), "still open": f"{found.open:,} of {curve.cases:,}"}
    return Picture(figure, title, f"Curves of the share not yet served by days since opening, falling. {title}.", numbers)


def _days(days: float) -> str:
    return words.number(days, "days") if np.isfinite(days) else "not known yet"


def _quantile(found: Estimate) -> str:
    return words.estimate(found) if np.isfinite(found.value) else "not reached yet"


@answers("first_time_right")
@drawn
def first_time_right(case: PaperworkCase) -> Picture:
    """First-time-right per document, and the share of its clerk time that rework takes."""
    by = "document" if case.can("document") else "step"
    table = first_time_right_of(case.outcomes, by, case.review_step).head(MOST)
    figure, (left, right) = canvas(columns=2, height=1.1 + 0.3 * len(table), width_ratios=(3, 2), sharey=True)
    left.errorbar(table["right"], range(len(table)), xerr=[table["right"] - table["low"], table["high"] - table["right"]], fmt="o", color=BLUE, ecolor=INK, capsize=3)
    left.set(xlabel="right at the first review (lines: 95 % interval)", xlim=(0, 1))
    percent_axis(left.xaxis)
    _rework_bars(right, case, list(table[by]))
    named_rows(left, list(table[by]))
    found, worst = case.findings["first_time_right"], table.iloc[0]
    title = f"{words.number(found.value, 'share')} of documents are right the first time; of {worst[by]} it is {words.number(worst['right'], 'share')}"
    numbers = {"all documents": words.estimate(found), "worst": f"{worst[by]}, {words.number(worst['right'], 'share')}", "best": f"{table.iloc[-1][by]}, {words.number(table.iloc[-1]['right'], 'share')}"}
    return Picture(figure, title, f"Points with intervals per document, worst on top; beside them bars of rework's share of clerk time. {title}.", numbers)


def _rework_bars(axes, case: PaperworkCase, names: list[str]) -> None:
    cost = case.rework_cost
    if cost is None or cost.by_document.empty:
        axes.set_axis_off()
        return
    shares = cost.by_document.set_index("document")["share"].reindex(names)
    axes.barh(range(len(names)), shares, color=ORANGE, hatch="xx", edgecolor="white")
    axes.grid(axis="y", visible=False)
    axes.set(xlabel="rework's share of clerk time")
    percent_axis(axes.xaxis)


@answers("clients_first_time_right")
def rolled(case: PaperworkCase) -> Explorer:
    """First-time-right rolled through all documents of a client, and what better documents would do for it."""
    control = slider("better", "Each document's first-time-right improves by", 0, 0, 40, 5, "points")
    return Explorer("rolled-yield", [control], lambda better: _rolled(case, better))


@drawn
def _rolled(case: PaperworkCase, better: int) -> Picture:
    share, per_client = case.findings["first_time_right"].value, case.findings["documents_per_client"].value
    improved, counts = min(share + better / 100, 1.0), np.arange(1, 11)
    lines = {f"today, {words.number(share, 'share')} a document": (share, BLUE, "o", "-")} | ({f"improved, {words.number(improved, 'share')}": (improved, GREEN, "s", "--")} if better else {})
    figure, axes = canvas(height=3.3)
    for label, (each, colour, marker, line) in lines.items():
        axes.plot(counts, [rolled_throughput_yield([each] * n) for n in counts], color=colour, marker=marker, linestyle=line, label=label)
    axes.plot(per_client, case.findings["clients_first_time_right"].value, marker="*", markersize=14, color=ORANGE, linestyle="none", label="clients really so, measured")
    axes.set(xlabel="documents that a client prepares", ylabel="clients with all right", ylim=(0, 1))
    percent_axis(axes.yaxis)
    axes.legend()
    through, now = improved**per_client, case.findings["clients_first_time_right"]
    title = f"{words.number(share, 'share')} of documents right makes {words.number(now.value, 'share')} of clients right at once"
    title += f"; with {words.number(improved, 'share')} it would be about {words.number(through, 'share')}" if better else ""
    numbers = {"documents right": words.number(improved, "share"), "clients with all right, by multiplying": words.number(through, "share"), "measured": words.estimate(now)}
    return Picture(figure, title, f"Curve of the share of clients with everything right, falling with the number of documents. {title}.", numbers)


def rework_in_words(case: PaperworkCase) -> Said:
    """What rework costs, clerk and client apart."""
    if not case.can("touch_time"):
        return say("Of all handlings {rework_share} repeat a step that was there before; most often {most_repeated_step}. What that costs this log can't tell: it has no touch time.", case.findings)
    whose = "A client costs {rework_clerk_hours} of clerk time that way, {rework_money:bare} in wages" + (", and works {rework_client_hours:bare} more than once himself." if case.can("party") else ".")
    return say("Of all handlings {rework_share} repeat a step that was there before, and rework takes {rework_clerk_share} of clerk time. " + whose, case.findings)


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
    named_rows(axes, [f"{row.step} ({row.party})" if row.party != "everyone" else row.step for row in table.itertuples()])
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
    named_rows(axes, list(table["step"]))
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
    return Table(pd.DataFrame(rows, columns=["Way", "Steps", "Which"]), f"Fewest steps; on average it takes {words.number(found.mean_steps.value)}, {words.number(found.superfluous)} more than the fewest")
