"""Step i, the map: how many documents, how long each takes, how much of it is talk, and the ways through the office."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.decision.paperwork.case import PaperworkCase
from helpers.decision.wording import capital
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import named
from helpers.lesson.paperwork.bars import party_bars
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.process_map_figure import map_picture, map_table
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREY, INK, ORANGE, canvas, percent_axis
from helpers.lesson.table import Table
from helpers.paperwork.office_log import COMMUNICATION
from helpers.paperwork.process.documents import documents_of_clients
from helpers.paperwork.process.visible import visible

MOST_DOCUMENTS = 15
MOST_IN_A_WAY = 14
MEASURES = {  # column -> (label of the axis, what it is per)
    "hours": ("mean hours per client who needs the document", "per client who needs it"),
    "median_h": ("median hours per client who needs the document", "at the median client"),
    "total_h": ("hours of all clients together", "in all"),
}
READABLE = 25  # kinds of moves that one picture bears
KINDS = {"explain": "explaining the standard", "send": "sending it", "manage": "managing what comes in", "feedback": "feedback after review"}


@answers("documents_per_client")
@drawn
def documents_per_client(case: PaperworkCase) -> Picture:
    """How many documents clients prepare."""
    counts = documents_of_clients(case.log).value_counts().sort_index()
    found = case.findings["documents_per_client"]
    figure, axes = canvas(height=2.8)
    axes.bar(counts.index, counts / counts.sum(), width=0.85, color=BLUE)
    axes.axvline(found.value, color=ORANGE, linewidth=2)
    axes.annotate(f"mean {words.number(found.value)}", (found.value, 1), (0, 2), xycoords=("data", "axes fraction"), textcoords="offset points", ha="center", color=ORANGE)
    axes.set(xlabel="documents of one client", ylabel="share of clients")
    percent_axis(axes.yaxis)
    title = f"A client prepares {words.number(found.value)} documents on average, from {counts.index.min()} to {counts.index.max()}"
    numbers = {"mean": words.estimate(found), "most common number": f"{counts.idxmax()} documents"}
    return Picture(figure, title, f"Bars: share of clients by number of documents. {title}.", numbers)


@answers("heaviest_document")
def hours_by_document(case: PaperworkCase) -> Explorer:
    """Hours per document, clerk and client apart, by a measure that can be changed."""
    options = [(label, measure) for measure, (label, _) in MEASURES.items()]
    return Explorer("hours-by-document", [choice("measure", "Show", options, "hours")], lambda measure: _by_document(case, measure))


@drawn
def _by_document(case: PaperworkCase, measure: str) -> Picture:
    by = {party: rows.set_index("document")[measure] for party, rows in case.per_document.groupby("party")}
    lead = next(iter(by.values()))
    names = list(lead.sort_values(ascending=False, kind="stable").index[:MOST_DOCUMENTS])
    figure, axes = canvas(height=1.1 + 0.36 * len(names))
    party_bars(axes, names, {who: hours[names] for who, hours in by.items()}, _ranges(case, names) if measure == "hours" else None)
    label, said = MEASURES[measure]
    axes.xaxis.set_major_formatter(lambda hours, _: f"{hours:,.10g}")
    axes.set(xlabel=f"{label} (lines: 95 % interval)" if measure == "hours" else label)
    title = f"{capital(names[0])}: {words.number(float(lead[names[0]]), 'h')} of clerk time {said}, more than any other document"
    numbers = {f"{name}, {who}": words.number(float(hours[name]), "h") for name in names[:3] for who, hours in by.items()}
    return Picture(figure, title, f"Bars per document, clerk and client apart, longest on top. {title}.", numbers)


def _ranges(case: PaperworkCase, names: list[str]) -> dict[str, tuple]:
    tables = {who: rows.set_index("document").loc[names] for who, rows in case.per_document.groupby("party")}
    return {who: (rows["low"], rows["high"]) for who, rows in tables.items()}


def hours_per_client(case: PaperworkCase) -> Said:
    """How long a client takes: clerk and client apart, or in all where the log doesn't say whose time it was."""
    if not case.can("touch_time"):
        return Said("This log has one time a row: how long anybody worked on a client can't be told from it.")
    if case.can("party"):
        return say("On one client a clerk works {clerk_hours_per_client}. The client works {client_hours_per_client}. "
                   "The two are never added: only one of them is on the payroll.", case.findings)  # fmt: skip
    return say("One client takes {hours_per_client} of work; whose work, this log doesn't say.", case.findings)


@answers("communication_share")
@drawn
def communication(case: PaperworkCase) -> Picture:
    """What clerk time is made of, and the claim of two thirds beside it."""
    talk, claim = case.talk, case.findings["communication_claim"]
    figure, (left, right) = canvas(columns=2, width_ratios=(3, 2))
    _kinds(left, case)
    for place, found in enumerate((talk.ratio_of_means, talk.mean_of_ratios)):
        right.errorbar(found.value, place, xerr=[[found.value - found.low], [found.high - found.value]], fmt="o", color=INK, capsize=4)
    right.axvline(talk.claimed, color=ORANGE, linestyle="--")
    right.annotate("claimed:\ntwo thirds", (talk.claimed, 0.5), (-4, 0), textcoords="offset points", ha="right", va="center", color=ORANGE)
    named(right, ["of all\nclerk hours", "of a client's\nhours, averaged"])
    right.set(xlabel="communication's share", xlim=(min(talk.claimed, talk.mean_of_ratios.low) - 0.08, max(talk.claimed, talk.ratio_of_means.high) + 0.04))
    percent_axis(right.xaxis)
    title = f"Communication is {words.number(talk.ratio_of_means.value, 'share')} of clerk time: the claim of two thirds is {claim}"
    numbers = {
        "of all clerk hours": words.estimate(talk.ratio_of_means),
        "of a client's hours, averaged": words.estimate(talk.mean_of_ratios),
        "more than two thirds by chance alone": _chance(max(talk.above_ratio, talk.above_mean)),
        "clients": f"{talk.clients:,}",
    }
    alt = f"Left: clerk hours per client by kind of work. Right: the share with its interval in two readings, against two thirds. {title}."
    return Picture(figure, title, alt, numbers)


def _chance(p: float) -> str:
    """A one-sided p-value in words."""
    return "p under 0.001" if p < 0.001 else f"p = {p:.3f}"


def _kinds(axes: Axes, case: PaperworkCase) -> None:
    """Clerk hours per client by kind of work, communication in colour."""
    frame = case.times.frame
    frame = frame[frame["party"] == "clerk"]
    hours = (frame.groupby("kind")["touch_h"].sum() / frame["case"].nunique()).sort_values(ascending=False)
    talks = [kind in COMMUNICATION for kind in hours.index]
    bars = axes.barh(range(len(hours)), hours, color=[BLUE if talk else GREY for talk in talks], edgecolor="white")
    for bar, talk in zip(bars, talks):
        bar.set_hatch("" if talk else "...")
    named(axes, [KINDS.get(kind, kind) for kind in hours.index])
    axes.set(xlabel="clerk hours per client (dotted: not communication)")


def process_map(case: PaperworkCase) -> Explorer:
    """The process map, with how much of it to show and what its lines tell."""
    controls = [
        slider("shown", "Steps and moves shown", _readable(case), 0, 100, 10, "%"),
        choice("label", "Lines tell", [("how often", "count"), ("median time until the next step", "median_h")], "count"),
    ]
    return Explorer("process-map", controls, lambda shown, label: map_picture(visible(case.process, shown / 100), label, _map_title(case, shown)))


def _readable(case: PaperworkCase) -> int:
    """How much of the map one picture bears, in percent."""
    return next((shown for shown in range(100, 0, -10) if len(visible(case.process, shown / 100).edges) <= READABLE), 0)


def _map_title(case: PaperworkCase, shown: int) -> str:
    again = words.number(case.findings["moves_back_share"].value, "share")
    return f"{again} of the moves lead to a step that was there before" + (f"; drawn are the most frequent {shown} % of steps and moves" if shown < 100 else "")


def moves(case: PaperworkCase) -> Table:
    """The map's most frequent moves as a table."""
    return map_table(case.process, 10)


def ways(case: PaperworkCase, most: int = 8) -> Table:
    """The most frequent ways through the office with their coverage."""
    rows = case.ways.table.head(most)
    cells = [
        (f"{row.items:,}", words.number(row.share, "share"), words.number(row.coverage, "share"), str(row.length), _way(row.steps))
        for row in rows.itertuples(index=False)
    ]
    caption = f"{len(rows)} of {len(case.ways.table):,} ways through the office, most frequent first"
    return Table(pd.DataFrame(cells, columns=["Items", "Share", "Covered so far", "Steps", "Way"]), caption)


def _way(steps: tuple[str, ...]) -> str:
    """A way in words; a loop taken several times in a row is told once, with how often."""
    told, place = [], 0
    while place < len(steps):
        size, times = _loop(steps, place)
        names = " → ".join(steps[place : place + size])
        told.append(names if times == 1 else f"({names}) ×{times}" if size > 1 else f"{names} ×{times}")
        place += size * times
    return " → ".join(told[:MOST_IN_A_WAY] + (["…"] if len(told) > MOST_IN_A_WAY else []))


def _loop(steps: tuple[str, ...], place: int) -> tuple[int, int]:
    """The size of the loop that begins here and how often it is taken in a row: (1, 1) where there is none."""
    for size in range(1, (len(steps) - place) // 2 + 1):
        times = 1
        while steps[place + size * times : place + size * (times + 1)] == steps[place : place + size]:
            times += 1
        if times > 1:
            return size, times
    return 1, 1
