"""The start page: which notebook answers which question, and what a learner leaves with."""

import pandas as pd

from helpers.lesson.shelf import CASES
from helpers.lesson.table import Table

FOR_OTHERS = ("workshop/teaching_note", "You lead others through a case, in ninety minutes. How?", "15", "a plan by the minute, role cards, replies")


def routes() -> Table:
    """The notebooks of the book: each with its question, the minutes it takes, and what one leaves with."""
    rows = [(stem, case.question, f"{case.minutes}", case.leaves) for stem, case in CASES.items()] + [FOR_OTHERS]
    return Table(pd.DataFrame(rows, columns=["Notebook", "The question", "Minutes", "You leave with"]), "The book, in the order to read it")
