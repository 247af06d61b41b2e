"""One's own request from checked parameters to findings: every step worked out once, when it is first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from helpers.decision.chapter_findings import ChapterFindings
from helpers.decision.ledger import Claim, Judged, ledger, read_claims
from helpers.decision.log_parameters import log_path, source_of
from helpers.decision.memo import Memo, compose
from helpers.decision.own.facts import fact_findings
from helpers.decision.own.findings import choice_findings, claim_findings
from helpers.decision.own.log import OwnLog, load_log, share_asked
from helpers.decision.own.options import Terms
from helpers.decision.own.parameters import PARAMETERS
from helpers.decision.own.plan import LogAsked, OwnPlan, read_plan
from helpers.decision.own.priced import Priced, unknowns
from helpers.decision.wording import capital
from helpers.evidence.findings import Value, read_entries
from helpers.intake.parameters import check
from helpers.intake.places import DATA, located
from helpers.intake.privacy.keys import own_key
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.refusal import Refusal

ENTRIES = DATA / "own" / "findings.csv"
TIME_ZONE = next(each.default for each in PARAMETERS if each.name == "time_zone")  # what the options file may say otherwise
LACKS = {  # what there may not be -> what therefore nobody can tell
    "log": "anything by counting: there is no log, so that every number is believed",
    "column": "what share of the rows is meant: no column and values were asked for",
    "amount": "how much there is of it: no column is mapped to amount",
    "cluster": "how alike rows of one cluster are, so that intervals may be too narrow: no column is mapped to cluster",
    "ends": "how long a case takes: no column is mapped to end",
}


@dataclass(frozen=True)
class Files:
    """The three files of a request, and the folder in which the log is looked for first."""

    request: Path
    claims: Path
    options: Path

    @classmethod
    def of(cls, folder: str) -> "Files":
        """Those of a learner's folder; blank: the shipped example. Raises Refusal where one is missing."""
        if not folder:
            return cls(*(DATA / "requests" / f"own_{name}" for name in ("request.md", "claims.yaml", "options.yaml")))
        files = cls(*(located(folder) / name for name in ("request.md", "claims.yaml", "options.yaml")))
        missing = [file.name for file in (files.request, files.claims, files.options) if not file.is_file()]
        if missing:
            raise Refusal(f"there is no {missing[0]}", f"folder '{folder}'", "make a folder with all three by: casebook own FOLDER")
        return files


def open_case(given: Mapping[str, object]) -> "OwnCase":
    """The request under these parameters (those not given: their defaults). Raises Refusal for a parameter, file, range or log that can't be used."""
    values = check(given, PARAMETERS)
    refuse(values)
    return OwnCase(values, files_of(values), plan_of(values), claims_of(values), text_of(values), log_of(values))


def refuse(values: Mapping[str, object]) -> None:
    """Raise Refusal for what can't be believed, before a long log is read."""
    unknowns(plan_of(values), {}, values["other_ranges"])


def files_of(values: Mapping[str, object]) -> Files:
    """The files that the parameters name. Raises Refusal where one is missing."""
    return Files.of(values["folder"])


def plan_of(values: Mapping[str, object]) -> OwnPlan:
    """What the options file says. Raises Refusal where it can't be read."""
    return read_plan(files_of(values).options)


def claims_of(values: Mapping[str, object]) -> tuple[Claim, ...]:
    """The claims as stated. Raises Refusal where they can't be read."""
    return read_claims(files_of(values).claims)


def text_of(values: Mapping[str, object]) -> str:
    """The request as received: the text given, else the file."""
    return values["request"] or files_of(values).request.read_text(encoding="utf-8", errors="replace")


def log_of(values: Mapping[str, object]) -> OwnLog | None:
    """The log that the parameters name, else the one of the options file; None where there is none, or it isn't to be looked at."""
    files, asked = files_of(values), plan_of(values).log
    if not values["with_log"] or not (values["log_file"] or asked):
        return None
    own, source = asked if asked and not values["log_file"] else LogAsked(""), source_of(values)
    zone = own.time_zone if own.time_zone and source.time_zone == TIME_ZONE else source.time_zone
    source = replace(source, column_map=source.column_map or own.columns, time_zone=zone)
    shipped = files == Files.of("") and not values["log_file"]
    ids = None if shipped or values["keep_ids"] else Pseudonyms(own_key())
    return load_log(log_path(values) or files.options.parent / own.file, source, share_asked(values["share_of"]) or own.share_of, ids)


@dataclass(frozen=True, eq=False)
class OwnCase:
    """The request: parameter values, its files and what they say, the log (None where there is none), and everything that follows."""

    values: Mapping[str, object]
    files: Files
    plan: OwnPlan
    stated: tuple[Claim, ...]
    request: str
    log: OwnLog | None

    @cached_property
    def findings(self) -> ChapterFindings:
        """Every finding under its documented name: the log's facts, the claims counted, the choice."""
        chapters = (lambda: self.facts, lambda: claim_findings(self.claims), lambda: self.choice)
        return ChapterFindings(read_entries(ENTRIES), self.capabilities, chapters)

    @property
    def capabilities(self) -> frozenset[str]:
        """What the log holds that a finding may need."""
        return self.log.capabilities if self.log else frozenset()

    @property
    def lacks(self) -> dict[str, str]:
        """What there isn't, out of what a finding may need -> what therefore nobody can tell."""
        missing = {name: words for name, words in LACKS.items() if name not in self.capabilities}
        return missing if self.log else {"log": missing["log"]}

    @cached_property
    def facts(self) -> dict[str, Value]:
        """What the log tells."""
        return fact_findings(self.log) if self.log else {}

    @cached_property
    def priced(self) -> Priced:
        """The options priced."""
        values = self.values
        terms = Terms(values["horizon_months"], values["annual_rate"], values["npv_convention"])
        return Priced(self.plan.options, unknowns(self.plan, self.facts, values["other_ranges"]), self.plan.brief.asked, terms, values["draws"], values["seed"])

    @cached_property
    def choice(self) -> dict[str, Value]:
        """What follows for the choice."""
        return choice_findings(self.priced)

    @property
    def evidence(self) -> dict[str, Value]:
        """What a claim's rule or a sentence of the memo may name: unknowns as taken, the log's facts, the choice."""
        return {each.name: each.estimate() for each in self.priced.unknowns} | self.facts | self.choice

    @cached_property
    def claims(self) -> tuple[Judged, ...]:
        """The claims, each with its status computed."""
        return ledger(self.stated, self.evidence)

    @cached_property
    def memo(self) -> Memo:
        """The memo of one page."""
        priced, brief = self.priced, self.plan.brief
        return compose(
            brief, self.evidence, self.claims, priced.worth, f"{self.values['horizon_months']} months", flips=priced.flips,
            assumptions=priced.weightiest_first, worth_knowing=priced.worth_knowing, cannot_answer=[f"{capital(words)}." for words in self.lacks.values()], notes=self._notes)  # fmt: skip

    @property
    def _notes(self) -> list[str]:
        """What the reader of the memo has to know of how it came about."""
        believed = sum(each.basis == "assumed" for each in self.priced.unknowns)
        return [f"{believed} of {len(self.priced.unknowns)} unknowns are believed, not measured. Gains are what is no longer paid or newly comes in; hours freed aren't counted."]

    def reread(self, files: Files) -> "OwnCase":
        """The same request, its claims and options read anew from these files; the log stays as it was read."""
        return replace(self, files=files, plan=read_plan(files.options), stated=read_claims(files.claims))
