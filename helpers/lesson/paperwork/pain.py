"""Step ii, the pain: where a document's time goes, and how long clients wait."""

from math import ceil

import numpy as np

from helpers.decision.paperwork.case import PaperworkCase
from helpers.decision.wording import short
from helpers.evidence.estimate import Estimate
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import named
from helpers.lesson.paperwork.quiet import beside
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import AMBER, BLUE, GREY, ORANGE, PINK, SKY, canvas, legend_above, percent_axis
from helpers.paperwork.pain.waiting import CLIENT, HELD, QUEUE, batches

MOST = 12  # rows of one picture
TOO_EARLY = "So early nobody can tell within how many days nine in ten clients are served"
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
    named(axes, list(parts.index))
    axes.set(xlabel="business hours on the way, mean per client who needs it" if measure == "hours" else "share of the way")
    if measure == "share":
        percent_axis(axes.xaxis)
    legend_above(axes, 3)
    waits = float(parts[[name for name in (CLIENT, QUEUE, HELD) if name in parts]].sum().sum() / parts.sum().sum())
    title = f"{words.number(waits, 'share')} of the way of these documents is waiting; the rest is work"
    longest = parts.sum(axis=1).idxmax()
    unit = "h" if measure == "hours" else "share"
    numbers = {"longest way": f"{longest}, {words.number(float(parts.sum(axis=1).max()), 'h')}"}
    numbers |= {part: words.number(float(shown.loc[longest, part]), unit) for part in shown}
    return Picture(figure, title, f"Stacked bars per document: {', '.join(shown.columns)}. {title}.", numbers)


@beside("waiting_held_share")
def waiting_in_words(case: PaperworkCase) -> Said:
    """The causes of waiting in words, and where work is saved up for one weekday."""
    causes = say(
        "Of a document's way through office hours, {working_share} is work by anyone; counted by the clock, with nights and weekends, only {touch_share_clock:bare}. "
        "Waiting for the client takes {waiting_client_share:bare}, the queue for a clerk {waiting_queue_share:bare}, "
        "and during {waiting_held_share:bare} it is held back while later work is taken up.",
        case.findings,
    )
    return Said(f"{causes.text} {_saved_up(case)}")


def _saved_up(case: PaperworkCase) -> str:
    certain = batches(case.times, case.waits).certain()
    if certain.empty:
        return "No step is visibly saved up for one weekday."
    what = certain["step"] + (" of " + certain["document"] if "document" in certain else "")
    told = [f"{name} ({words.number(share, 'share')} on {day}s)" for name, share, day in zip(what.head(4), certain["on_weekday"], certain["weekday"])]
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
    enough = 2.6 * np.nanmax([closed_p90, curve.quantiles[0.5].value])
    axes.set(xlabel="days since opening, by the clock", ylabel="share of clients not yet served", xlim=(0, min(1.3 * last, enough)), ylim=(0, 1.02))
    percent_axis(axes.yaxis)
    axes.legend(loc="upper right")
    title = f"Nine in ten clients are served within {_days(p90.value)}" if np.isfinite(p90.value) else TOO_EARLY
    title += f"; the closed cases alone would promise {_days(closed_p90)}" if len(naive) else "; no case is closed yet"
    numbers = {"median": _quantile(curve.quantiles[0.5]), "nine in ten": _quantile(p90), "closed cases only, nine in ten": _days(closed_p90)}
    numbers["still open"] = f"{found.open:,} of {curve.cases:,}"
    return Picture(figure, title, f"Curves of the share not yet served by days since opening, falling. {title}.", numbers)


def _days(days: float) -> str:
    return words.number(days, "days") if np.isfinite(days) else "not known yet"


def _quantile(found: Estimate) -> str:
    return short(found) if np.isfinite(found.value) else "not reached yet"
