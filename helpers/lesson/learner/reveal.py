"""The reveal: every prediction of a sheet against its outcome, on one picture and in words."""

from collections.abc import Mapping
from html import escape

import ipywidgets as widgets
from IPython.display import HTML, display
from matplotlib.axes import Axes

from helpers.evidence.estimate import Estimate
from helpers.evidence.findings import Findings, Value
from helpers.lesson import words
from helpers.lesson.controls import display_living
from helpers.lesson.learner.held import Held
from helpers.lesson.learner.journal import journal
from helpers.lesson.learner.sheet import Sheet
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.style import BLUE, GREEN, GREY, INK, ORANGE, canvas

Outcome = Estimate | bool | str | None  # None: the log can't tell
CANT_TELL = "This log can't tell."


def outcome(findings: Findings, name: str) -> Value | None:
    """A finding as an outcome; None where the log can't tell."""
    return None if findings.lacks(name) else findings[name]


class Reveal:
    """A sheet's predictions held against outcomes, by the guesses' names; shown again once the sheet is committed."""

    def __init__(self, sheet: Sheet, outcomes: Mapping[str, Outcome]):
        self.sheet, self.outcomes = sheet, dict(outcomes)
        self._keep()

    @property
    def held(self) -> list[Held]:
        """Every guess that there is an outcome for, in order."""
        pairs = [(guess, self.outcomes[name]) for name, guess in self.sheet.guesses.items() if name in self.outcomes]
        return [Held(guess.short, CANT_TELL) if came is None else guess.held_against(came) for guess, came in pairs]

    def html(self, identifier: str = "") -> str:
        """The picture, where there is something to draw, and a sentence for each guess."""
        held = self.held
        rows = [each for each in held if each.was is not None]
        picture = _picture(rows).html() if rows else ""
        lines = "".join(f"<li><b>{escape(each.short)}.</b> {escape(each.sentence)}</li>" for each in held)
        return f'<div id="{escape(identifier)}">{picture}<ul>{lines}</ul></div>'

    def __repr__(self) -> str:
        return "\n".join(f"{each.short}: {each.sentence}" for each in self.held)

    def _keep(self) -> None:
        kept = journal()
        if kept:
            for name, each in zip((name for name in self.sheet.guesses if name in self.outcomes), self.held):
                if each.outcome:
                    kept.reveal(self.sheet.question(name), each.outcome)

    def _ipython_display_(self) -> None:
        identifier = "-".join([*self.sheet.name.split("/"), *self.outcomes])
        display({"text/html": self.html(identifier), "text/plain": repr(self)}, raw=True)
        if journal():
            return  # in the app nothing changes any more: the cell ran after the commit
        living = widgets.HTML()

        def again() -> None:
            living.value = f"<style>#{escape(identifier)} {{display: none}}</style>{self.html()}"

        self.sheet.when_committed(again)
        display_living(living, "Run the notebook, commit your predictions above, and they are shown here.")


@drawn
def _picture(rows: list[Held]) -> Picture:
    figure, axes = canvas(height=0.35 + 1.2 * len(rows), rows=len(rows), squeeze=False)
    for ax, row in zip(axes[:, 0], rows):
        _row(ax, row)
    judged = [row.hit for row in rows if row.hit is not None]
    title = f"{sum(judged)} of {len(judged)} predictions {'holds' if sum(judged) == 1 else 'hold'}" if judged else "What came out; you left your predictions blank"
    return Picture(figure, title, "; ".join(f"{row.short}: {row.sentence}" for row in rows))


def _row(ax: Axes, row: Held) -> None:
    """A line for one guess: what was said as a bar (a dot for a chance), what came out as a diamond."""
    ax.set_title(row.short, fontsize=10, loc="left", fontweight="bold", pad=8)
    colour = GREY if row.hit is None else GREEN if row.hit else ORANGE
    if row.said:
        ax.plot(row.said, (0, 0), color=BLUE, linewidth=9, alpha=0.45, solid_capstyle="butt")
        ax.plot(row.said, (0, 0), "|" if row.said[0] < row.said[1] else "o", color=BLUE, markersize=13 if row.said[0] < row.said[1] else 10)
        ax.annotate("you", (sum(row.said) / 2, 0), (0, 9), textcoords="offset points", ha="center", color=BLUE)
    if row.ends:
        ax.plot(row.ends, (0, 0), color=INK, linewidth=1.5)
    ax.plot(row.was, 0, "D", color=colour, markersize=10, markeredgecolor=INK)
    told = {100.0: "yes", 0.0: "no"}[row.was] if row.yes_or_no else words.number(row.was / 100, "share") if row.axis == "%" else words.number(row.was)
    mark = "" if row.hit is None else " (hit)" if row.hit else " (miss)"
    ax.annotate(f"{told}{mark}", (row.was, 0), (0, -19), textcoords="offset points", ha="center", color=INK)
    ax.set(yticks=[], ylim=(-2.4, 1.6), xlim=_reach(row), xlabel="chance of yes, %" if row.yes_or_no else row.axis)
    ax.spines["left"].set_visible(False)
    ax.grid(False)


def _reach(row: Held) -> tuple[float, float]:
    """Where the axis begins and ends: a chance from 0 to 100, a share too, everything else from nothing to beyond what is drawn."""
    if row.axis == "%":
        return -4, 104
    return 0, 1.15 * max(row.was, *(row.said or ()), *(row.ends or ()), 1e-9)
