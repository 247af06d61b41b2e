"""The data and its flaws: what was read, what was set aside and why, and what this log can't answer."""

from helpers.decision.paperwork.case import PaperworkCase
from helpers.decision.wording import capital
from helpers.lesson.ground import check_table, gaps_table
from helpers.lesson.say import Said
from helpers.lesson.table import Table

UNKNOWN = {  # what a log may lack -> what can't be answered without it
    "touch_time": "how long anybody works on anything, waiting and its causes, what rework costs, what the options would do",
    "document": "how many documents a client prepares, time and rework of each, readiness and the order of work",
    "party": "clerks' and clients' time apart, communication's share, what is waited for, what the options would do",
    "kind": "communication's share, what is right the first time, exceptions, what the options would do",
    "resource": "how many clerks there are; the parameter clerks can say it",
    "closing": "the lead time of clients, and how many are still open",
    "kinds_of_communication": "whether communication takes two thirds of clerks' time",
    "reviews": "what is right the first time, and what the options would do to it",
    "client_work": "how long clients work themselves, and so what they would be spared",
    "enough_clients": "what the options would do",
    "number_of_clerks": "how busy the clerks are, and what the options would do",
}


def check_report(case: PaperworkCase) -> Table:
    """What was read, kept and set aside, and the flaws that were counted."""
    paired = "pairs of start and complete rows, each one handling; " if "paired" in " ".join(case.log.check.notes) else ""
    holds = [("Handlings", f"{len(case.log.handlings):,}", f"{paired}of {case.log.handlings['case'].nunique():,} clients")]
    return check_table(case.log.source, case.log.check, holds)


def cannot_answer(case: PaperworkCase) -> Table | Said:
    """What this log lacks, in words, and the questions that therefore stay open."""
    lacks = case.lacks
    if not lacks:
        return Said("This log holds what every question below needs: documents, parties, kinds of work, who did it, start and end, and which cases were closed.")
    return gaps_table([(name, f"{capital(words_)}.", UNKNOWN[name]) for name, words_ in lacks.items()], case.findings)
