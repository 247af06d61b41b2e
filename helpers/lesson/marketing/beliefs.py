"""What many believe about such a request, and what the evidence makes of it."""

from helpers.decision.marketing.case import MarketingCase
from helpers.decision.marketing.verdict import BUILD, CONTENT, NOTHING, PILOT
from helpers.lesson.learner.decide import Decision
from helpers.lesson.learner.quiz import Belief, Quiz


def quiz() -> Quiz:
    """Three sentences to judge."""
    return Quiz("marketing/beliefs", [
        Belief("compare_users", "Salespeople who use the section sell more than those who don't; so the section works.", False,
               "those who take it up differ from the start, by their eagerness and their clients. Only a lot makes the two groups alike."),
        Belief("large_log", "The log holds tens of thousands of reads, so the share of new readers is known almost exactly.", False,
               "readers of one salesperson resemble each other, so many reads count for few. What matters is how many salespeople there are."),
        Belief("ceiling", "One may know that an idea can't pay without ever testing it.", True,
               "traffic times rate bounds what it can bring. If even the most generous case doesn't cover the cost, no test is needed."),
    ])  # fmt: skip


def decide(case: MarketingCase) -> Decision:
    """Asks for the learner's own decision."""
    return Decision("marketing/decision", (BUILD, CONTENT, PILOT, NOTHING), case.verdict.winner)
