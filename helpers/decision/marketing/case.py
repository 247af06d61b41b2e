"""Case 1 from checked parameters to findings: every step worked out once, when it is first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.decision.chapter_findings import ChapterFindings
from helpers.decision.ledger import Judged
from helpers.decision.marketing.findings.positioning import contamination_finding, plan_findings, trial_findings, worlds_findings
from helpers.decision.marketing.findings.traffic import ceiling_findings, mix_findings, share_findings, spread_findings
from helpers.decision.marketing.findings.upkeep import fatigue_findings, upkeep_findings
from helpers.decision.marketing.findings.verdict import verdict_findings
from helpers.decision.marketing.inputs import CONFOUNDING, RULE, beliefs, check_texts, definition_of, log_of, newcomers_by_salesperson, response_of, settled, trial_units, upkeep_of
from helpers.decision.marketing.memo import judged, lacks, memo_of, notes
from helpers.decision.marketing.parameters import PARAMETERS
from helpers.decision.marketing.plan import Known, contamination_of, guardrails_of, plan_of, plannable
from helpers.decision.marketing.verdict import Verdict
from helpers.decision.memo import Memo
from helpers.evidence.findings import read_entries
from helpers.intake.parameters import check
from helpers.intake.places import DATA
from helpers.marketing.fatigue import Response
from helpers.marketing.log import ShareLog
from helpers.marketing.traffic.arrivals import Arrivals, arrivals
from helpers.marketing.traffic.cascades import Spread, forwards_per_read, spread
from helpers.marketing.traffic.ceiling import Traffic, traffic
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.mix import Mix, mix_shift
from helpers.marketing.traffic.split import Split, censoring, new_share, new_share_by
from helpers.marketing.trial.contamination import Contamination
from helpers.marketing.trial.guardrails import GuardrailSize
from helpers.marketing.trial.plan import Plan
from helpers.marketing.trial.reading import TrialReading, read
from helpers.marketing.trial.rule import FrozenRule, thaw
from helpers.marketing.upkeep import Ownership, Question, Upkeep, cost, gaps
from helpers.marketing.worlds import table as worlds_table
from helpers.marketing.worlds.tool import Tool

FOLDER = DATA / "marketing"


def open_case(given: Mapping[str, object]) -> "MarketingCase":
    """The case under these parameters (those not given: their defaults). Raises Refusal for a parameter or log that can't be used."""
    values = check(given, PARAMETERS)
    check_texts(values)
    return MarketingCase(values, log_of(values))


@dataclass(frozen=True, eq=False)
class MarketingCase:
    """The case: parameter values, the log, and everything that follows from them. What the log can't bear is None."""

    values: Mapping[str, object]
    log: ShareLog

    @cached_property
    def findings(self) -> ChapterFindings:
        """Every finding under its documented name, chapter by chapter."""
        chapters = (self._traffic, self._positioning, self._upkeep, lambda: verdict_findings(self.verdict))
        return ChapterFindings(read_entries(FOLDER / "findings.csv"), self.capabilities, chapters)

    @property
    def capabilities(self) -> frozenset[str]:
        """What log and files hold that a finding may need."""
        return self.log.capabilities | ({"trial"} if self.units is not None else frozenset())

    def rng(self, step: int) -> np.random.Generator:
        """The randomness of one step: from the notebook's seed, whatever other steps drew."""
        return np.random.default_rng([self.values["seed"], step])

    # Challenge a, traffic

    @cached_property
    def definition(self) -> Definition:
        """Who counts as new."""
        return definition_of(self.values)

    @cached_property
    def arrivals(self) -> Arrivals:
        """The log's reads and forwards."""
        return arrivals(self.log)

    @cached_property
    def split(self) -> Split:
        """New and known."""
        return new_share(self.arrivals, self.definition, self.rng(1))

    def shares_by(self, by: str) -> pd.DataFrame:
        """The new share by month, depth, topic, channel or salesperson."""
        return new_share_by(self.arrivals, by, self.definition)

    @cached_property
    def censoring(self) -> pd.DataFrame:
        """The new share by time since the log began."""
        return self.censoring_by(self.definition.known_by)

    def censoring_by(self, known_by: str) -> pd.DataFrame:
        """The same with another definition of known."""
        return censoring(self.arrivals, replace(self.definition, known_by=known_by))

    @cached_property
    def spread(self) -> Spread | None:
        """How forwards spread."""
        return spread(self.arrivals) if "share_links" in self.log.capabilities else None

    @cached_property
    def traffic(self) -> Traffic:
        """New people a month."""
        return traffic(self.arrivals, self.definition)

    @cached_property
    def mix(self) -> Mix | None:
        """What a change of the mix of topics has to do with the change of the new share."""
        return mix_shift(self.arrivals, "topic", self.definition, self.rng(2)) if "topics" in self.log.capabilities else None

    @cached_property
    def known(self) -> Known:
        """What the verdict takes from the log, and what it has to assume instead."""
        return Known.of(self.arrivals, self.definition, self.traffic, beliefs(self.values))

    def _traffic(self) -> dict:
        forwards = forwards_per_read(self.arrivals) if "forwards" in self.log.capabilities else None
        found = share_findings(self.split, self.values["second_device"], forwards)
        found |= spread_findings(self.spread) if self.spread else {}
        found |= mix_findings(self.mix) if self.mix else {}
        return found | ceiling_findings(self.known, self.verdict.unknowns, self.verdict.monthly_cost)

    # Challenge b, positioning

    @cached_property
    def tool(self) -> Tool:
        """The simulated tool under the notebook's parameters."""
        return Tool(confounding=CONFOUNDING[self.values["confounding"]], module_effect=0.6 if self.values["module_works"] else 0.0)

    @cached_property
    def all_worlds(self) -> pd.DataFrame:
        """The record of every reading over the simulated worlds, computed beforehand."""
        return worlds_table.read(FOLDER)

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """The same for the notebook's setting."""
        return worlds_table.at(self.all_worlds, self.tool.confounding, self.tool.two_way, self.tool.module_effect)

    @property
    def worlds_either_way(self) -> pd.DataFrame:
        """The same whether the module has an effect or not: nobody knows that beforehand."""
        table = self.all_worlds
        return table[(table["confounding"] == self.tool.confounding) & (table["two_way"] == self.tool.two_way)]

    @cached_property
    def newcomers(self) -> pd.DataFrame | None:
        """New people and registrations by salesperson."""
        if not {"registrations", "salespeople"} <= self.log.capabilities:
            return None
        return newcomers_by_salesperson(self.arrivals, self.definition)

    @cached_property
    def exposed(self) -> dict[str, Contamination]:
        """Exposure of both arms when lots are drawn by reader or by salesperson."""
        return {unit: contamination_of(self.known, self.values, unit) for unit in ("reader", "salesperson")}

    @cached_property
    def guardrails(self) -> tuple[GuardrailSize, ...]:
        """What the test's guardrails take."""
        return guardrails_of(self.arrivals, self.values) if "salespeople" in self.capabilities else ()

    @cached_property
    def plan(self) -> Plan | None:
        """The test that today's traffic would allow; None where the log has too little to plan one from."""
        if self.newcomers is None or not plannable(self.newcomers):
            return None
        return plan_of(self.newcomers, self.arrivals, self.definition, self.exposed["salesperson"], self.values)

    @cached_property
    def units(self) -> pd.DataFrame | None:
        """The units of a test that was run."""
        return trial_units(self.values)

    @cached_property
    def rule(self) -> FrozenRule:
        """The rule that was frozen before that test."""
        return thaw(RULE.read_text(encoding="utf-8"))

    @cached_property
    def trial(self) -> TrialReading | None:
        """That test as read by its rule."""
        return read(self.units, self.rule) if self.units is not None else None

    def _positioning(self) -> dict:
        found = worlds_findings(self.worlds, self.worlds_either_way) | contamination_finding(self.exposed["salesperson"], self.trial)
        found |= plan_findings(self.plan, self.exposed["salesperson"], self.values) if self.plan else {}
        return found | (trial_findings(self.trial) if self.trial else {})

    # Challenge c, upkeep

    @cached_property
    def upkeep(self) -> Upkeep:
        """What ownership is reckoned from."""
        return upkeep_of(self.values)

    @cached_property
    def ownership(self) -> Ownership:
        """Cost of ownership month by month."""
        return cost(self.upkeep, self.rng(3))

    @cached_property
    def gaps(self) -> list[Question]:
        """Questions of governance that nobody has answered."""
        return gaps(settled(self.values))

    @cached_property
    def response(self) -> Response:
        """How readers respond to marketing."""
        lift = next(each for each in self.verdict.believed if each.name == "module_lift")
        return response_of(self.known.registration_rate, lift, self.known.reads_per_read.value)

    def _upkeep(self) -> dict:
        found = upkeep_findings(self.ownership, self.gaps)
        return found | fatigue_findings(self.response, self.upkeep, self.values, self.rng(4))

    # Decision

    @cached_property
    def verdict(self) -> Verdict:
        """Options, their value, and what would flip the choice."""
        return Verdict(self.values, self.known, self.upkeep, self.plan)

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
        missing = [f"{words[0].upper()}{words[1:]} (no {what})." for what, words in self.lacks.items()]
        noted = notes(self.known, self.verdict, self.gaps, self.trial, self.rule)
        return memo_of(self.findings, self.verdict, self.claims, missing, noted)
