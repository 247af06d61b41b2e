"""What many believe about such a request, and what the evidence makes of it."""

from helpers.decision.paperwork.case import PaperworkCase
from helpers.lesson.learner.decide import Decision
from helpers.lesson.learner.quiz import Belief, Quiz


def quiz() -> Quiz:
    """Three sentences to judge."""
    return Quiz("paperwork/beliefs", [
        Belief("more_hands", "If clients wait long, more clerks make them wait less.", False,
               "more hands shorten the queue for a clerk only. Waiting for the client, and doing things twice, stay as they are."),
        Belief("hours_are_cash", "Hours saved times the hourly wage is what we save.", False,
               "wages are paid to whole people. Hours become money when one person fewer is paid or one client more is served."),
        Belief("good_steps", "Ten steps that each go right nine times out of ten still leave most clients with something to correct.", True,
               "shares multiply: 0.9 to the tenth is about 0.35, so about two clients in three have to come back."),
    ])  # fmt: skip


def decide(case: PaperworkCase) -> Decision:
    """Asks for the learner's own decision."""
    options = list(case.trial.outcomes) if case.can_simulate else ["no decision without options"]
    return Decision("paperwork/decision", options, case.money.winner if case.can_simulate else options[0])
