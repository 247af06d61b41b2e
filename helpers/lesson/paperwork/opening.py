"""The opening: parameters checked, log read, guesses asked for before anything is shown."""

from helpers.decision.paperwork_case import PaperworkCase, open_case
from helpers.decision.paperwork_parameters import PARAMETERS
from helpers.lesson.chapter import parameters_of
from helpers.lesson.guess_of_one import GuessOfOne
from helpers.lesson.prediction import Prediction


def open_notebook(namespace: dict) -> PaperworkCase:
    """The case of the notebook whose `globals()` are given. Raises Refusal in words for parameters or a log that can't be used."""
    return open_case(parameters_of(namespace, PARAMETERS))


def guess_communication(case: PaperworkCase) -> Prediction:
    """Asks for the share of a clerk's time per client that goes into communication."""
    asked = "Of all the time a clerk spends on a client, how much is explaining, sending, managing and giving feedback?"
    return Prediction(asked, "share", case.values["guess_communication_low"], case.values["guess_communication_high"])


def guess_right_first(case: PaperworkCase) -> Prediction:
    """Asks for the share of documents that are right at their first review."""
    asked = "How many of the documents that clients hand in are right at their first review?"
    return Prediction(asked, "share", case.values["guess_right_first_low"], case.values["guess_right_first_high"])


def guess_longest_step(case: PaperworkCase) -> GuessOfOne:
    """Asks on which step clerks spend most time in all."""
    return GuessOfOne("On which step do clerks spend most time, all clients together?", case.clerk_steps, case.values["guess_longest_step"])
