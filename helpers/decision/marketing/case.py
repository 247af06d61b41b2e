"""Case 1 from checked parameters to findings: every step worked out once, when it is first asked for."""

from collections.abc import Mapping
from functools import cached_property

from helpers.decision.chapter_findings import ChapterFindings
from helpers.decision.ledger import Judged
from helpers.decision.marketing.challenges.upkeep import UpkeepChallenge
from helpers.decision.marketing.findings.positioning import alike_findings, contamination_finding, last_period_findings, plan_findings, trial_findings, worlds_findings
from helpers.decision.marketing.findings.traffic import ceiling_findings, mix_findings, share_findings, spread_findings
from helpers.decision.marketing.findings.upkeep import fatigue_findings, upkeep_findings
from helpers.decision.marketing.findings.verdict import verdict_findings
from helpers.decision.marketing.inputs import check_texts, log_of, newcomers_by_half, response_of
from helpers.decision.marketing.memo import judged, lacks, memo_of, notes
from helpers.decision.marketing.parameters import PARAMETERS
from helpers.decision.marketing.plan import last_period
from helpers.decision.marketing.verdict import Verdict
from helpers.decision.memo import Memo
from helpers.decision.reading_findings import reading_findings
from helpers.decision.wording import capital
from helpers.evidence.findings import read_entries
from helpers.intake.parameters import check
from helpers.intake.places import DATA
from helpers.marketing.fatigue import Response
from helpers.marketing.traffic.cascades import forwards_per_read, new_people_per_read
from helpers.marketing.traffic.split import forwards_by_newcomers

FOLDER = DATA / "marketing"


def open_case(given: Mapping[str, object]) -> "MarketingCase":
    """The case under these parameters (those not given: their defaults). Raises Refusal for a parameter or log that can't be used."""
    values = check(given, PARAMETERS)
    check_texts(values)
    return MarketingCase(values, log_of(values))


class MarketingCase(UpkeepChallenge):
    """The case: parameter values, the log, and everything that follows from them. What the log can't bear is None."""

    @cached_property
    def findings(self) -> ChapterFindings:
        """Every finding under its documented name, chapter by chapter."""
        chapters = (lambda: reading_findings(self.log.report), self._traffic, self._positioning, self._upkeep, lambda: verdict_findings(self.verdict))
        return ChapterFindings(read_entries(FOLDER / "findings.csv"), self.capabilities, chapters)

    def _traffic(self) -> dict:
        forwards = forwards_per_read(self.arrivals) if "forwards" in self.log.capabilities else None
        people = "people" in self.log.capabilities
        found = share_findings(self.split, self.values["second_device"]) if people else {}
        found |= {"forwards_per_read": forwards} if forwards else {}
        found |= {"forwards_by_new": forwards_by_newcomers(self.arrivals, self.definition)} if forwards and people else {}
        found |= {"k_factor": new_people_per_read(self.arrivals, self.definition.burn_in_days)} if self.spread and people else {}
        found |= spread_findings(self.spread) if self.spread else {}
        found |= mix_findings(self.mix) if self.mix else {}
        return found | ceiling_findings(self.known, self.verdict.unknowns, self.verdict.monthly_cost)

    def _positioning(self) -> dict:
        found = worlds_findings(self.worlds, self.worlds_either_way) | contamination_finding(self.exposed["salesperson"], self.trial)
        if self.plan:
            before = last_period(newcomers_by_half(self.arrivals, self.definition), self.rng(5))
            found |= plan_findings(self.plan, self.exposed["salesperson"], self.values)
            found |= alike_findings(self.plan, self.registration_icc) | last_period_findings(self.plan, before)
        return found | (trial_findings(self.trial) if self.trial else {})

    def _upkeep(self) -> dict:
        found = upkeep_findings(self.ownership, self.gaps)
        return found | fatigue_findings(self.response, self.upkeep, self.values, self.rng(4))

    @cached_property
    def verdict(self) -> Verdict:
        """Options, their value, and what would flip the choice."""
        return Verdict(self.values, self.known, self.upkeep, self.plan)

    @cached_property
    def response(self) -> Response:
        """How readers respond to marketing."""
        lift = next(each for each in self.verdict.believed if each.name == "module_lift")
        return response_of(self.known.registration_rate, lift, self.known.reads_per_read.value)

    @cached_property
    def claims(self) -> tuple[Judged, ...]:
        """The request's claims against the findings."""
        return judged(self.findings)

    @property
    def lacks(self) -> dict[str, str]:
        """What log and files don't hold -> what therefore can't be answered."""
        return lacks(self.capabilities)

    @cached_property
    def memo(self) -> Memo:
        """The memo of one page."""
        missing = [f"{capital(words)} (no {what})." for what, words in self.lacks.items()]
        noted = notes(self.known, self.verdict, self.gaps, self.trial, self.rule)
        return memo_of(self.findings, self.verdict, self.claims, missing, noted)


def prepare() -> None:
    """Read the shipped log and hold what follows from it alone, so that cases opened later in this process, or in one forked from it, find it there."""
    case = open_case({})
    for known_by in ("first_event", "customer_date"):
        case.censoring_by(known_by)
    for by in ("month", "topic"):
        case.shares_by(by)
    for step in ("spread", "traffic", "split", "mix", "registration_icc"):
        getattr(case, step)
