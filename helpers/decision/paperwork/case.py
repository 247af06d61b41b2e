"""Case 2 from checked parameters to findings: every step worked out once, when it is first asked for."""

from collections.abc import Mapping
from functools import cached_property

from helpers.decision.beliefs import believed
from helpers.decision.chapter_findings import Chapter, ChapterFindings
from helpers.decision.paperwork.inputs import calendar_of, log_of, weights_of
from helpers.decision.paperwork.parameters import PARAMETERS
from helpers.decision.paperwork.plan import ASSUMPTIONS
from helpers.decision.paperwork.sampled import told
from helpers.decision.paperwork.steps.verdict import VerdictStep
from helpers.decision.reading_findings import reading_findings
from helpers.evidence.findings import read_entries
from helpers.intake.parameters import check
from helpers.intake.places import DATA
from helpers.paperwork.office.engine.warm import warm

ENTRIES = DATA / "paperwork" / "findings.csv"


def open_case(given: Mapping[str, object]) -> "PaperworkCase":
    """The case under these parameters (those not given: their defaults). Raises Refusal for a parameter, belief, calendar or log that can't be used."""
    values = check(given, PARAMETERS)
    calendar = calendar_of(values)
    weights_of(values["weights"]), believed(ASSUMPTIONS, values)  # what can't be believed is refused before anything is worked out
    return PaperworkCase(values, log_of(values), calendar)


class PaperworkCase(VerdictStep):
    """The whole case: parameter values, the log, the calendar, and everything that follows from them."""

    @cached_property
    def findings(self) -> ChapterFindings:
        """Every finding under its documented name, chapter by chapter."""
        chapters = (lambda: reading_findings(self.log.check), self.map_findings, self.pain_findings, self.preconditions_findings, self.plan_findings, self.money_findings)
        return ChapterFindings(read_entries(ENTRIES), self.capabilities, [self._saying_so(chapter) for chapter in chapters])

    def _saying_so(self, chapter: Chapter) -> Chapter:
        return lambda: told(chapter(), self.log)


def prepare() -> None:
    """Read the shipped log and hold what follows from it alone, so that cases opened later in this process, or in one forked from it, find it there; load the compiled simulation."""
    warm()
    case = open_case({})
    for step in ("process", "ways", "per_document", "per_client", "talk", "flow", "longest", "sojourn", "waits", "rework", "rework_cost", "outcomes", "logged_office"):
        getattr(case, step)
