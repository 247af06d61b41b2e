"""The data and its flaws, as every case shows them: what was read, what was set aside and why, and what a log can't answer."""

from collections.abc import Iterable, Mapping

import pandas as pd

from helpers.evidence.findings import Findings
from helpers.intake.checks.report import CheckReport
from helpers.lesson import words
from helpers.lesson.table import Table

SHARE_WORTH_TELLING = 0.5  # a name that holds more rows than that is told
Row = tuple[str, str, str]


def check_table(source: str, check: CheckReport, what_it_holds: Iterable[Row]) -> Table:
    """What was read, kept and set aside, the case's own rows (what, how many, remark), and the flaws that were counted."""
    rows = [
        ("Log", source, ""),
        *(("" if number else "Read as", "", note) for number, note in enumerate(check.notes)),
        ("Rows read", f"{check.rows_read:,}", ""),
        ("Rows kept", f"{check.rows_kept:,}", ""),
        *((f"Set aside: {aside.reason}", f"{aside.count:,}", f"rows {', '.join(map(str, aside.rows[:5]))}{' …' if aside.count > 5 else ''}") for aside in check.set_aside),
        *what_it_holds,
        ("First and last moment", f"{_day(check.first)} to {_day(check.last)}", _partial(check)),
        ("Exact duplicates", _counted(check.duplicates), "kept: the same thing may happen twice in a second"),
        ("Blank cells", _blanks(check.blanks), "a blank cell is left out of what needs it, never filled in"),
        ("Rows earlier than the row above", _counted(check.out_of_order), "put in order of time"),
        *((f"Largest share of one {name}", words.number(share, "share"), "one name holds most rows" if share > SHARE_WORTH_TELLING else "") for name, share in check.dominance.items()),
        *((odd.what, odd.size, odd.remark) for odd in check.oddities),
    ]  # fmt: skip
    return Table(pd.DataFrame(rows, columns=["What", "How many", "Remark"]), "What was read, and its flaws")


def gaps_table(lacks: Iterable[Row], findings: Findings) -> Table:
    """What a log lacks, what therefore can't be answered, and how many findings stay blank for it.

    lacks: the name that findings need, what is missing in words, and what it would answer.
    """
    unanswered = findings.unanswered()
    rows = [(missing, what_for, f"{sum(name in gap.lacks for gap in unanswered)}") for name, missing, what_for in lacks]
    return Table(pd.DataFrame(rows, columns=["What is missing", "What therefore can't be answered", "Findings left blank"]), "What this log can't answer")


def _counted(number: int | None) -> str:
    return "not looked for" if number is None else f"{number:,}"


def _day(moment: pd.Timestamp | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment is not None else "none"


def _partial(check: CheckReport) -> str:
    parts = [name for name, partial in (("first", check.partial_first), ("last", check.partial_last)) if partial]
    return f"the {' and the '.join(parts)} month {'are' if len(parts) > 1 else 'is'} not whole: they don't compare with others" if parts else ""


def _blanks(blanks: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} in {column}" for column, count in blanks.items()) or "none"
