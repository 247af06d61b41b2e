"""The log and its flaws: what was read, what was set aside and why, and what it can't answer."""

from helpers.lesson.ground import check_table, gaps_table
from helpers.lesson.own.desk import Desk
from helpers.lesson.say import Said
from helpers.lesson.table import Table

NO_LOG = Said("There is no log, so that every number below is believed, not measured. Claims that only a count could settle stay open, and the memo says so.")


def check_report(desk: Desk) -> Table | Said:
    """What was read, kept and set aside, and the flaws that were counted."""
    log = desk.case.log
    if log is None:
        return NO_LOG
    held = [(f"Column: {role}", log.roles.get(role, role), f"{log.rows[role].nunique():,} different") for role in ("start", "end", "case", "cluster", "amount") if role in log.rows]
    return check_table(log.source, log.report, held)


def cannot_answer(desk: Desk) -> Table | Said:
    """What the log lacks, in words, and the questions that therefore stay open."""
    if not desk.case.lacks:
        return Said("This log holds what every question below needs: begin and end, cases, clusters, an amount, and a column whose values are told apart.")
    return gaps_table([(name, name, words) for name, words in desk.case.lacks.items()], desk.case.findings)
