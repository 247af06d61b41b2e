"""The data and its flaws: what was read, what was set aside and why, and what this log can't answer."""

from helpers.decision.marketing.case import MarketingCase
from helpers.lesson.ground import check_table, gaps_table
from helpers.lesson.say import Said
from helpers.lesson.table import Table


def check_report(case: MarketingCase) -> Table:
    """What was read, kept and set aside, and the flaws that were counted."""
    counts, people, salespeople = case.log.counted
    held = [(f"Events: {event}", f"{counts[event]:,}", "") for event in ("publish", "read", "forward", "register") if event in counts]
    held.append(("People told apart", f"{people:,}", "by an id of person or device: one person on two devices counts twice"))
    if "salespeople" in case.log.capabilities:
        held.append(("Salespeople", f"{salespeople:,}", ""))
    return check_table(case.log.source, case.log.report, held)


def cannot_answer(case: MarketingCase) -> Table | Said:
    """What this log lacks, in words, and the questions that therefore stay open."""
    if not case.lacks:
        return Said("This log holds what every question below needs: people, salespeople, topics, links, registrations, customers, and a test that was run.")
    return gaps_table([(what.replace(" ", "_"), what, answers) for what, answers in case.lacks.items()], case.findings)
