"""The end of the book: what the learner can now show, and how well the predictions held."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.decision.ledger import Judged
from helpers.decision.memo import Memo
from helpers.decision.memo_data import claims_of_data, memo_of_data
from helpers.evidence.estimate import Estimate
from helpers.evidence.proportion import wilson_share
from helpers.intake.places import ROOT
from helpers.lesson import words
from helpers.lesson.controls import slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.learner.journal import journal
from helpers.lesson.learner.record import record
from helpers.lesson.learner.reveal import Reveal
from helpers.lesson.own.desk import Desk
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said
from helpers.lesson.scraps import MEMO_TABLES, scraps_of
from helpers.lesson.style import BLUE, ORANGE, canvas, percent_axis
from helpers.lesson.table import Table
from helpers.room.calibration import BELIEVED

NOTEBOOKS = ROOT / "notebooks"
BEFORE = ("1_marketing_module", "2_paperwork_standardisation")
SKILLS = [  # what product organisations ask for, what one did for it here, and what to put on the table
    ("Discovery", "Took requests apart by asking why, named the metric that would settle each claim, let the status follow from data", "the three ledgers of claims"),
    ("Metrics and experiments", "Defined “new”, gave intervals that respect clusters, told credit from effect, planned a test and its stopping rule before it ran", "the traffic split, the test plan, the frozen rule"),
    ("Process and user insight", "Mapped the work of clerk and client, told touch time from waiting, kept open cases, found what is done twice", "the process map, right-first-time by document"),
    ("Prioritisation", "Compared free lists of options over the same futures, ordered documents by hours saved per day of work", "the order of work, the tables of options"),
    ("Business case", "Priced options with ranges, kept cash apart from freed hours, gave payback, flip points and what knowing more is worth", "the three memos, their tables in Excel"),
    ("Stakeholder communication", "Wrote one page each that answers the request, says how sure it is, what would change the mind, and who does what next", "the three memos in Word"),
]


@dataclass(frozen=True)
class Told:
    """What a case came to: its memo and its claims."""

    memo: Memo
    claims: tuple[Judged, ...]

    def count(self, status: str) -> int:
        """Claims of that status."""
        return sum(each.status == status for each in self.claims)

    @property
    def chosen(self) -> str:
        """The option recommended; nothing where no option could be priced."""
        return self.memo.options[0].name if self.memo.options else "measure first"


def told_in(notebook: Path) -> Told | None:
    """What an executed notebook came to, from what it kept of its memo; None where it wasn't run."""
    scraps = scraps_of(json.loads(notebook.read_text(encoding="utf-8"))) if notebook.exists() else {}
    tables = scraps.get(MEMO_TABLES)
    return Told(memo_of_data(tables["memo"]), claims_of_data(tables["claims"])) if tables else None


def all_told(desk: Desk) -> dict[str, Told]:
    """The two cases as their notebooks stand, and this request, by title of the memo."""
    found = [told for told in (told_in(NOTEBOOKS / f"{stem}.ipynb") for stem in BEFORE) if told]
    return {told.memo.title: told for told in (*found, Told(desk.case.memo, desk.case.claims))}


def memos(desk: Desk) -> Table:
    """The memos to show: request, recommendation, what became of the claims."""
    rows = [(title, told.chosen, _worth(told), f"{len(told.claims)} claims: {_statuses(told)}") for title, told in all_told(desk).items()]
    return Table(pd.DataFrame(rows, columns=["Memo", "Recommends", "Against the request as made", "What became of what was said"]), f"The {len(rows)} memos that you can show")


def _worth(told: Told) -> str:
    """How much the recommendation is worth more than what was asked for: the memo says it in its recommendation."""
    return told.memo.recommendation.split(". ", 1)[-1]


def _statuses(told: Told) -> str:
    counts = [(status, told.count(status)) for status in ("measured", "contradicted", "assumed", "nobody knows")]
    return ", ".join(f"{count} {'borne out' if status == 'measured' else status if status != 'nobody knows' else 'that nobody can tell'}" for status, count in counts if count)


def portfolio(desk: Desk) -> Table:
    """How each part of the book maps to what product organisations ask for."""
    return Table(pd.DataFrame(SKILLS, columns=["They ask for", "What you did", "What you show"]), "What you did, in the words of a job advertisement")


def evidence(desk: Desk) -> Said:
    """What the three requests have in common, counted."""
    told = list(all_told(desk).values())
    claims, borne = sum(len(each.claims) for each in told), sum(each.count("measured") for each in told)
    against, unknown = (sum(each.count(status) for each in told) for status in ("contradicted", "nobody knows"))
    return Said(
        f"In {len(told)} requests people made {claims} claims. The data bore out {borne}, contradicted {against}, and left {unknown} that nobody can tell; the others rest on beliefs. "
        f"What was recommended in the end: {words.listed([each.chosen for each in told])}."
    )


# Predictions


def predictions(desk: Desk, revealed: Reveal) -> Table | Said:
    """Every prediction so far: of all cases where a journal was kept, else those of this notebook."""
    if journal():
        return record()
    rows = [(each.short, "" if each.said is None else f"{each.said[0]:g} to {each.said[1]:g}", each.sentence) for each in revealed.held if each.hit is not None]
    if not rows:
        return Said("You left this notebook's predictions blank. In the app (casebook app) those of all cases are kept and shown here.")
    return Table(pd.DataFrame(rows, columns=["Question", "You said", "What became of it"]), "Your predictions in this notebook")


def calibration(desk: Desk, revealed: Reveal) -> Explorer:
    """Hits among ranges believed with 80 %: where you stand, or, before the first prediction, what a usual beginner's record says."""
    kept = journal()
    ranges = [each.hit for each in revealed.held if each.said and each.hit is not None]
    made, hits = (kept.record().ranges, kept.record().hits) if kept else (len(ranges), sum(ranges))
    own = made > 0
    made, hits = (made, hits) if own else (10, 5)
    most = max(60, made)
    controls = [slider("made", "Ranges given", made, 1, most, 1), slider("hits", "of them held the truth", hits, 0, most, 1)]
    return Explorer("calibration", controls, lambda made, hits: _calibration(made, min(hits, made), own))


@drawn
def _calibration(made: int, hits: int, own: bool) -> Picture:
    share = wilson_share(hits, made)
    figure, axes = canvas(height=2.2)
    axes.plot([share.low, share.high], [0, 0], color=BLUE, linewidth=9, alpha=0.4, solid_capstyle="butt")
    axes.plot(share.value, 0, "D", color=BLUE, markersize=10, markeredgecolor="white")
    axes.axvline(BELIEVED, color=ORANGE, linestyle="--")
    axes.annotate("promised", (BELIEVED, 0.8), (4, 0), textcoords="offset points", color=ORANGE)
    axes.set(xlim=(0, 1), ylim=(-1, 1), yticks=[], xlabel="share of ranges that held the truth (band: 95 % interval)")
    percent_axis(axes.xaxis)
    title = f"{hits} of {made} ranges held the truth: {verdict(share)}"
    numbers = {"held": words.number(share.value, "share"), "could be": f"{words.number(share.low, 'share')} to {words.number(share.high, 'share')}", "promised": words.number(BELIEVED, "share")}
    whose = "" if own else " This is a usual beginner's record, not yours: no prediction has been kept yet."
    return Picture(figure, title, f"A point with its interval beside a line at 80 %. {title}.{whose}", numbers | ({} if own else {"whose": "a usual beginner's, not yours"}))


def verdict(share: Estimate) -> str:
    """What a record of 80 % ranges says."""
    if share.high < BELIEVED:
        return "the ranges are too narrow; give wider ones"
    if share.low > BELIEVED:
        return "the ranges are wider than need be"
    return "that fits the promise, and with so few it would fit much else" if share.high - share.low > 0.3 else "the ranges keep their promise"
