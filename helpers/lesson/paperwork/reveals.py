"""What became of the predictions, chapter by chapter."""

from helpers.decision.paperwork.case import PaperworkCase
from helpers.decision.paperwork.trial import NOTHING
from helpers.lesson.learner.reveal import Reveal, outcome
from helpers.lesson.learner.sheet import Sheet

HIRE = "hire two clerks"


def work(case: PaperworkCase, sheet: Sheet) -> Reveal:
    """Where the time goes."""
    names = {"communication": "communication_share", "right_first": "first_time_right", "longest_step": "longest_step_clerks"}
    return Reveal(sheet, {guess: outcome(case.findings, name) for guess, name in names.items()})


def plan(case: PaperworkCase, sheet: Sheet) -> Reveal:
    """What more hands would do."""
    return Reveal(sheet, {"lead_time_hire": outcome(case.findings, "lead_time_hire"), "more_clients": _more_clients(case)})


def _more_clients(case: PaperworkCase) -> bool | None:
    """Whether two more clerks serve more clients in the same simulated years; None where that can't be told."""
    if not case.can_simulate or HIRE not in case.trial.outcomes:
        return None
    return case.trial.outcomes[HIRE].difference(case.trial.outcomes[NOTHING], "clients_per_week").low > 0
