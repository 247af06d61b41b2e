"""Step iii, the preconditions: how ready each document is for a standard, what must be there first, and in which order to work."""

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.decision.paperwork.case import PaperworkCase
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import named
from helpers.lesson.paperwork.quiet import beside
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREY, INK, ORANGE, canvas
from helpers.lesson.table import Table
from helpers.paperwork.readiness.measures import MEASURES
from helpers.paperwork.readiness.scores import Readiness

MOST = 15
EMPHASIS = 3.0  # by which a measure counts more when it is chosen
HEADS = {"volume": "needed\nby many", "variability": "times\nsteady", "exceptions": "excep-\ntions few", "rework": "often\nsent back", "explaining": "much\nexplained"}
WEEKS = 8


@answers("readiest_document")
def readiness(case: PaperworkCase) -> Explorer:
    """How ready each document is, with a measure that can be given more weight and a waterline that can be moved."""
    emphases = [("as the parameters say", ""), *((f"{name}, {EMPHASIS:g} times", name) for name in MEASURES)]
    controls = [choice("emphasis", "What counts more", emphases, ""), slider("waterline", "Waterline", case.values["waterline"], 0, 1, 0.05)]
    return Explorer("readiness", controls, lambda emphasis, waterline: _readiness(_weighted(case, emphasis), waterline))


def _weighted(case: PaperworkCase, emphasis: str) -> Readiness:
    weights = replace(case.weights, **{emphasis: max(getattr(case.weights, emphasis), 0.05) * EMPHASIS}) if emphasis else case.weights
    return case.readiness_by(weights)


@drawn
def _readiness(ready: Readiness, waterline: float) -> Picture:
    table = ready.table.head(MOST)
    figure, (scores, axes) = canvas(height=1.4 + 0.33 * len(table), columns=2, width_ratios=(1.3, 1), sharey=True)
    _fixed(figure, int(table["document"].str.len().max()))
    _scores(scores, table)
    above = (table["readiness"] >= waterline).to_numpy()
    for these, colour, fill in ((above, BLUE, BLUE), (~above, GREY, "white")):
        some, places = table[these], np.flatnonzero(these)
        reach = [some["readiness"] - some["low"], some["high"] - some["readiness"]]
        axes.errorbar(some["readiness"], places, xerr=reach, fmt="o", color=colour, mfc=fill, ecolor=INK, capsize=3)
    axes.axvline(waterline, color=ORANGE, linestyle="--")
    axes.annotate("waterline", (waterline, 0), (3, 4), xycoords=("data", "axes fraction"), textcoords="offset points", color=ORANGE)
    named(axes, list(table["document"]))
    axes.tick_params(axis="y", labelleft=False)
    axes.set(xlabel="readiness (lines: 95 % interval)", xlim=(0, 1))
    every = ready.table  # also those for which the picture has no room
    first, last, below = every.iloc[0], every.iloc[-1], list(every.loc[~(every["readiness"] >= waterline), "document"])
    title = f"{len(every) - len(below)} of {len(every)} documents are ready for a standard" + (f"; not yet: {words.listed(below[:3])}" if below else "")
    numbers = {"readiest": f"{first['document']}, {first['readiness']:.2f}", "least ready": f"{last['document']}, {last['readiness']:.2f}"}
    numbers["above the waterline"] = str(len(every) - len(below))
    return Picture(figure, title, f"Per document: five scores, and readiness with its interval against a waterline. {title}.", numbers)


def _fixed(figure: Figure, longest: int) -> None:
    """Margins of so many letters and lines: working them out afresh would cost half of the answer's time."""
    figure.set_layout_engine(None)
    height = figure.get_figheight()
    figure.subplots_adjust(left=min(0.02 + 0.0095 * longest, 0.45), right=0.98, top=1 - 0.42 / height, bottom=0.55 / height, wspace=0.06)


def _scores(axes: Axes, table: pd.DataFrame) -> None:
    """The five scores as a shaded grid with their numbers in it."""
    grid = table[[f"score_{name}" for name in MEASURES]].to_numpy(float)
    axes.imshow(np.nan_to_num(grid), cmap="Blues", vmin=0, vmax=1.6, aspect="auto")
    for (row, column), score in np.ndenumerate(grid):
        axes.text(column, row, "–" if np.isnan(score) else f"{score:.1f}", ha="center", va="center", fontsize=9, in_layout=False)
    axes.set_xticks(range(len(MEASURES)), [HEADS[name] for name in MEASURES], fontsize=8)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    named(axes, list(table["document"]))


@answers("order_of_work")
def order_of_work(case: PaperworkCase) -> Explorer:
    """Which documents to standardise first under a budget of person-days."""
    most = float(np.ceil(case.work["person_days"].sum() / 10) * 10)
    budget = min(case.values["budget_days"], most)
    controls = [slider("budget", "Budget", budget, 0, max(most, budget), 5, "person-days"), slider("waterline", "Waterline", case.values["waterline"], 0, 1, 0.05)]
    return Explorer("order-of-work", controls, lambda budget, waterline: _order(case, budget, waterline))


@drawn
def _order(case: PaperworkCase, budget: float, waterline: float) -> Picture:
    table = case.order_under(budget, waterline)
    chosen = table["chosen"]
    figure, axes = canvas(height=1.2 + 0.33 * len(table))
    fills, edges = [BLUE if each else "white" for each in chosen], [BLUE if each else GREY for each in chosen]
    axes.barh(range(len(table)), table["person_days"], color=fills, edgecolor=edges, linewidth=1)
    for place, row in enumerate(table.itertuples()):
        margin = f" ± {case.hours_margin[row.document]:,.0f}" if case.log.sampled and row.document in case.hours_margin else ""
        said = f"{row.hours_a_year:,.0f}{margin} h a year saved" + (f"; {row.cumulative_days:g} days so far" if row.chosen else f"; {row.why}")
        axes.text(row.person_days + 0.3, place, said, va="center", fontsize=9, color=INK if row.chosen else GREY)
    named(axes, list(table["document"]))
    axes.set(xlabel="person-days to prepare (assumed)", xlim=(0, table["person_days"].max() * 1.9))
    days, hours = table.loc[chosen, "person_days"].sum(), table.loc[chosen, "hours_a_year"].sum()
    title = f"{words.number(float(days))} person-days prepare {chosen.sum()} of {len(table)} documents and save about {hours:,.0f} clerk hours a year"
    numbers = {"documents": str(chosen.sum()), "person-days": f"{days:g}", "clerk hours saved a year (assumed)": f"{hours:,.0f}"}
    return Picture(figure, title, f"Bars of person-days per document in the order of work, chosen ones filled. {title}.", numbers)


@answers("order_of_work")
def prerequisites(case: PaperworkCase) -> Table:
    """What must be there before each chosen document can follow a standard."""
    work = case.work.loc[case.chosen or list(case.work.index)]
    rows = [(name, row.missing or "nothing", f"{row.person_days:g}", f"{row.low:g} to {row.high:g}") for name, row in zip(work.index, work.itertuples())]
    caption = "What the chosen documents need first" if case.chosen else "No document is chosen; what each would need first"
    return Table(pd.DataFrame(rows, columns=["Document", "Still missing", "Person-days", "Range (assumed)"]), caption)


@beside("order_of_work")
def people(case: PaperworkCase) -> Table | Said:
    """Whose work the preparation is."""
    if not case.chosen:
        return Said("Nobody is needed: no document is ready for a standard within this budget.")
    table = case.people(WEEKS)
    rows = [(who, f"{row.person_days:g}", str(row.prerequisites), f"{row.people:.1f}") for who, row in zip(table.index, table.itertuples())]
    return Table(pd.DataFrame(rows, columns=["Who", "Person-days", "Pieces", f"People for {WEEKS} weeks"]), "Whose work it is")


@beside("order_of_work")
def in_words(case: PaperworkCase) -> Said:
    """What the preconditions come to."""
    parts = [f"{{{part}_covered:bare}} of all {said}" for part, said in (("explain", "explaining"), ("rework", "rework")) if np.isfinite(case.covered(part).value)]
    share = f" They make up {' and '.join(parts)}." if parts else ""
    return say("Chosen: {order_of_work}. To prepare them takes {preparation_days}." + share, case.findings)
