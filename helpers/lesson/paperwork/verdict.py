"""The verdict: the claims of the request judged, the choice in words, what would flip it, the memo, the findings."""

import pandas as pd
from IPython.display import Markdown

from helpers.decision import wording
from helpers.decision.paperwork.case import PaperworkCase
from helpers.decision.sensitivity import Flip
from helpers.lesson.conclusion import claims_table, findings_table, show_memo
from helpers.lesson.learner.take_away import TakeAway
from helpers.lesson.say import Said, say
from helpers.lesson.table import Table


def claims(case: PaperworkCase) -> Table:
    """Each claim of the request, the whys behind it, and what the findings say to it."""
    return claims_table(case.claims)


def choice(case: PaperworkCase) -> Said:
    """What the evidence leads to under these parameters."""
    if not case.can_simulate:
        return Said(case.memo().recommendation)
    return say("The evidence leads to: {best_option}. It is expected to be worth {advantage_over_next} more than the next best, {runner_up}. "
               "In {confidence:bare} of the futures drawn it does better than its closest rival, {closest_rival}.", case.findings)  # fmt: skip


def flips(case: PaperworkCase) -> Table | Said:
    """What would change the choice."""
    if not case.can_simulate:
        return Said("Without options there is nothing that could flip.")
    found = [flip for flip in case.money.flips if flip.before == case.money.winner]
    if not found:
        return Said("No single unknown looked at changes the choice, even well outside the range believed.")
    heads = ["If this", "is not as taken", "but", "the choice becomes", "Within the range believed"]
    return Table(pd.DataFrame([_flip(flip) for flip in found], columns=heads), f"What would flip the choice away from {case.money.winner}")


def _flip(flip: Flip) -> tuple[str, ...]:
    now, at = wording.amount(flip.now, flip.unit), wording.amount(flip.at, flip.unit)
    return flip.meaning, now, f"{flip.direction} {at}", flip.after, "yes" if flip.within_range else "no"


def memo(case: PaperworkCase) -> Markdown:
    """The memo of one page, shown in words and kept as a page for the run's folder."""
    return show_memo(case.memo(), case.money.rows if case.can_simulate else (), case.claims)


def take_away(case: PaperworkCase) -> TakeAway:
    """The memo as files, and the learner's record."""
    return TakeAway(case.memo(), "memo_paperwork", case.money.rows if case.can_simulate else (), case.claims)


def findings(case: PaperworkCase) -> Table:
    """Every finding, shown and kept under its documented name."""
    return findings_table(case.findings)
