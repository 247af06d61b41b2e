"""The start page: which notebook answers which question, and what a learner leaves with."""

import pandas as pd

from helpers.lesson.table import Table

ROUTES = [
    ("1_marketing_module", "Operations wants a marketing section in the article tool. Build it?", "60", "a memo with what would flip it"),
    ("2_paperwork_standardisation", "Clerks drown in paperwork. Hire, put the sheets online, or standardise?", "60", "a process map, a priced plan, a memo"),
]


def routes() -> Table:
    """The notebooks of the book: each with its question, the minutes it takes, and what one leaves with."""
    frame = pd.DataFrame(ROUTES, columns=["Notebook", "The question", "Minutes", "You leave with"])
    return Table(frame, "The book, in the order to read it")
