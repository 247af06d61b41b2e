"""Step ii, the pain: what is right the first time, alone and rolled through a client, and what doing it again costs."""

import numpy as np
from matplotlib.axes import Axes

from helpers.decision.paperwork.case import PaperworkCase
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import named
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREEN, INK, ORANGE, canvas, percent_axis
from helpers.paperwork.pain.first_time_right import first_time_right_of, rolled_throughput_yield

MOST = 12  # rows of one picture
AGAIN = "Of all handlings {rework_share} repeat a step that was there before"


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
    named(left, list(table[by]))
    found, worst = case.findings["first_time_right"], table.iloc[0]
    title = f"{words.number(found.value, 'share')} of documents are right the first time; of {worst[by]} it is {words.number(worst['right'], 'share')}"
    numbers = {"all documents": words.estimate(found)}
    numbers |= {name: f"{row[by]}, {words.number(row['right'], 'share')}" for name, row in (("worst", worst), ("best", table.iloc[-1]))}
    return Picture(figure, title, f"Points with intervals per document, worst on top; beside them bars of rework's share of clerk time. {title}.", numbers)


def _rework_bars(axes: Axes, case: PaperworkCase, names: list[str]) -> None:
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
    lines = {f"today, {words.number(share, 'share')} a document": (share, BLUE, "o", "-")}
    lines |= {f"improved, {words.number(improved, 'share')}": (improved, GREEN, "s", "--")} if better else {}
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
    numbers = {"documents right": words.number(improved, "share"), "clients with all right, by multiplying": words.number(through, "share")}
    numbers["measured"] = words.estimate(now)
    return Picture(figure, title, f"Curve of the share of clients with everything right, falling with the number of documents. {title}.", numbers)


def rework_in_words(case: PaperworkCase) -> Said:
    """What rework costs, clerk and client apart."""
    if not case.can("touch_time"):
        most = "; most often {most_repeated_step}" if case.findings["most_repeated_step"] != "none" else ""
        return say(f"{AGAIN}{most}. What that costs this log can't tell: it has no touch time.", case.findings)
    own = ", and works {rework_client_hours:bare} more than once himself." if case.can("party") else "."
    cost = "A client costs {rework_clerk_hours} of clerk time that way, {rework_money:bare} in wages"
    return say(f"{AGAIN}, and rework takes {{rework_clerk_share}} of clerk time. {cost}{own}", case.findings)
