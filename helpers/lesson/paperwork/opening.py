"""The opening: parameters checked, log read, guesses asked for before anything is shown."""

from dataclasses import dataclass

import pandas as pd
from IPython.display import display

from helpers.decision.paperwork.case import PaperworkCase, open_case
from helpers.decision.paperwork.parameters import PARAMETERS
from helpers.lesson.chapter import parameters_of, received, settled
from helpers.lesson.guess_of_one import GuessOfOne
from helpers.lesson.prediction import Prediction, Reveal
from helpers.lesson.table import Table

__all__ = ["guesses", "open_notebook", "received", "reveal"]
NOT_HERE = "This log can't tell."


def open_notebook(namespace: dict) -> PaperworkCase:
    """The case of the notebook whose `globals()` are given. Raises Refusal in words for parameters or a log that can't be used."""
    return settled(open_case(parameters_of(namespace, PARAMETERS)))


@dataclass
class Guesses:
    """The three guesses of this case; displaying them asks for them."""

    communication: Prediction
    right_first: Prediction
    longest_step: GuessOfOne

    def _ipython_display_(self) -> None:
        display(self.communication, self.right_first, self.longest_step)


def guesses(case: PaperworkCase) -> Guesses:
    """Asks for three guesses, before anything is shown; each may stay blank."""
    talk = "Of all the time a clerk spends on a client, how much is explaining, sending, managing and giving feedback?"
    right = "How many of the documents that clients hand in are right at their first review?"
    longest = "On which step do clerks spend most time, all clients together?"
    values = case.values
    return Guesses(
        Prediction(talk, "share", values["guess_communication_low"], values["guess_communication_high"]),
        Prediction(right, "share", values["guess_right_first_low"], values["guess_right_first_high"]),
        GuessOfOne(longest, case.clerk_steps, values["guess_longest_step"]),
    )


def reveal(case: PaperworkCase, guessed: Guesses) -> Table:
    """Each guess beside its outcome; where the log can't tell, it says so."""
    found = case.findings
    rows = [
        ("communication's share of clerk time", _held(case, guessed.communication, "communication_share")),
        ("right at the first review", _held(case, guessed.right_first, "first_time_right")),
        ("clerks' longest step", guessed.longest_step.held_against(found["longest_step_clerks"]).text if not found.lacks("longest_step_clerks") else NOT_HERE),
    ]
    return Table(pd.DataFrame(rows, columns=["Guess", "What became of it"]), "Your guesses and the outcomes")


def _held(case: PaperworkCase, guess: Prediction, name: str) -> str:
    return NOT_HERE if case.findings.lacks(name) else Reveal(guess, case.findings[name]).sentence()
