"""The data and its flaws: what was read, what was set aside and why, and what this log can't answer."""

import pandas as pd

from helpers.decision.paperwork_case import PaperworkCase
from helpers.intake.dictionary import SetAside
from helpers.lesson import words
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
    "number_of_clerks": "how busy the clerks are, and what the options would do",
}
ONE_HOLDS_MOST = "one name holds most rows"
SHARE_WORTH_TELLING = 0.5  # a resource that holds more rows than that is told


def check_report(case: PaperworkCase) -> Table:
    """What was read, kept and set aside, and the flaws that were counted."""
    check = case.log.check
    rows = [
        ("Log", case.log.source, ""),
        ("Rows read", f"{check.rows_read:,}", "; ".join(check.notes)),
        ("Rows kept", f"{check.rows_kept:,}", "paired rows count as one handling" if "paired" in " ".join(check.notes) else ""),
        *((f"Set aside: {aside.reason}", f"{aside.count:,}", _rows(aside)) for aside in check.set_aside),
        ("Handlings", f"{len(case.log.handlings):,}", f"of {case.log.handlings['case'].nunique():,} clients"),
        ("First and last moment", f"{_day(check.first)} to {_day(check.last)}", _partial(check)),
        ("Exact duplicates", f"{check.duplicates:,}", "kept: the same thing may happen twice in a second"),
        ("Blank cells", _blanks(check.blanks), "a blank cell is left out of what needs it, never filled in"),
        ("Rows earlier than the row above", f"{check.out_of_order:,}", "put in order of time"),
        *((f"Largest share of one {name}", words.number(share, "share"), ONE_HOLDS_MOST * (share > SHARE_WORTH_TELLING)) for name, share in check.dominance.items()),
    ]
    return Table(pd.DataFrame(rows, columns=["What", "How many", "Remark"]), "What was read, and its flaws")


def _rows(aside: SetAside) -> str:
    return f"rows {', '.join(map(str, aside.rows[:5]))}{' ...' if aside.count > 5 else ''}"


def _day(moment: pd.Timestamp | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment is not None else "none"


def _partial(check) -> str:
    parts = [name for name, partial in (("first", check.partial_first), ("last", check.partial_last)) if partial]
    return f"the {' and the '.join(parts)} month {'are' if len(parts) > 1 else 'is'} not whole" if parts else ""


def _blanks(blanks: dict[str, int]) -> str:
    return ", ".join(f"{count:,} in {column}" for column, count in blanks.items()) or "none"


def cannot_answer(case: PaperworkCase) -> Table | Said:
    """What this log lacks, in words, and the questions that therefore stay open."""
    lacks = case.lacks
    if not lacks:
        return Said("This log holds what every question below needs: documents, parties, kinds of work, who did it, start and end, and which cases were closed.")
    unanswered = case.findings.unanswered()
    rows = [(_sentence(words_), UNKNOWN[name], str(sum(name in gap.lacks for gap in unanswered))) for name, words_ in lacks.items()]
    return Table(pd.DataFrame(rows, columns=["What is missing", "What therefore can't be answered", "Findings left open"]), "What this log can't answer")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
