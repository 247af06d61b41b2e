"""What became of the predictions, chapter by chapter."""

from helpers.decision.marketing.case import MarketingCase
from helpers.decision.marketing.verdict import BUILD
from helpers.lesson.learner.reveal import Reveal, outcome
from helpers.lesson.learner.sheet import Sheet

IN_TIME = "in time"


def traffic(case: MarketingCase, sheet: Sheet) -> Reveal:
    """New readers, the most leads, and whether they pay."""
    needed = outcome(case.findings, "traffic_needed_times")
    return Reveal(sheet, {"new_share": outcome(case.findings, "new_share"), "lead_ceiling": outcome(case.findings, "lead_ceiling"), "pays": needed and needed.value <= 1})


def test(case: MarketingCase, sheet: Sheet) -> Reveal:
    """What last touch credits where there is nothing, and whether a fair test answers in time."""
    answer = outcome(case.findings, "test_answer")
    return Reveal(sheet, {"last_touch": outcome(case.findings, "bias_last_touch").low > 0, "in_time": answer and answer == IN_TIME})


def options(case: MarketingCase, sheet: Sheet) -> Reveal:
    """Whether the request is worth most."""
    return Reveal(sheet, {"as_asked": case.verdict.winner == BUILD})
