"""The memo of case 1: claims ledger and page composed from the findings, with what this log can't tell and what is to be noted."""

from collections.abc import Iterable, Sequence

import numpy as np

from helpers.decision.ledger import Judged, ledger, read_claims
from helpers.decision.marketing.plan import Known
from helpers.decision.marketing.verdict import Verdict
from helpers.decision.memo import Memo, compose, read_brief
from helpers.decision.wording import digits, money
from helpers.evidence.findings import Findings
from helpers.intake.places import DATA
from helpers.marketing.trial.reading import TrialReading
from helpers.marketing.trial.rule import FrozenRule
from helpers.marketing.upkeep import Question

CLAIMS, BRIEF = DATA / "requests" / "marketing_claims.yaml", DATA / "requests" / "marketing_memo.yaml"
LACKS = {  # what a log may lack -> what can't be answered without it
    "people": "who reads is new and who is known, and so how many new people there are",
    "registrations": "how many of the new readers register, and so what a test of the module would take",
    "share_links": "which reads came by a forward, how deep forwards go, and which are never opened",
    "three_whole_months": "what a change of topics has to do with a change of the new share",
    "topics": "whether a change of topics is behind a change of the new share",
    "salespeople": "how alike the readers of one salesperson are, and any test with lots drawn by salesperson",
    "forwards": "how many forwards a read brings",
    "customer_dates": "who of the readers was a customer already",
    "trial": "what the module did where it was tried: no test was run",
}
INPUTS = {"new_readers_per_month": "how many of the readers are new", "reads_per_read": "the share of reads that come by a forward", "registration_rate": "the share of new readers who register today"}


def lacks(capabilities: frozenset[str]) -> dict[str, str]:
    """What log and files don't hold (in words) -> what therefore can't be answered."""
    return {name.replace("_", " "): words for name, words in LACKS.items() if name not in capabilities}


def assumed_inputs(known: Known) -> list[str]:
    """What the options take from the log, but had to be assumed because the log is silent, in words."""
    return [words for name, words in INPUTS.items() if getattr(known, name).basis == "assumed"]


def judged(findings: Findings) -> tuple[Judged, ...]:
    """The request's claims, each with its status computed from the findings."""
    return ledger(read_claims(CLAIMS), findings)


def both_at_once(verdict: Verdict) -> list[str]:
    """What leads to the request where no single unknown does: a larger lift and a larger margin together."""
    times = verdict.together
    if not 1 < times < np.inf:
        return []
    lift, value = (next(each.centre for each in verdict.believed if each.name == name) for name in ("module_lift", "value_per_lead"))
    return [f"Building as asked would be best if lift and margin were both {digits(times, 2)} times as taken: {digits(100 * times * lift, 2)} points and {money(times * value)} a lead."]


def notes(known: Known, verdict: Verdict, gaps: Sequence[Question], trial: TrialReading | None, rule: FrozenRule) -> list[str]:
    """What has to stand below the decision: inputs assumed, how the test kept to its rule, questions of governance that are open."""
    silent = assumed_inputs(known)
    said = [f"Not measured but assumed, since the log is silent: {' and '.join(silent)}."] if silent else []
    said += both_at_once(verdict)
    if trial is not None:
        kept = "; ".join(trial.deviations) or "no deviation from it"
        said.append(f"By the rule frozen on {rule.rule.frozen_on} the test that was run says: {trial.verdict}. On record: {kept}.")
    if gaps:
        said.append(f"{len(gaps)} questions of governance are open: {', '.join(gap.key.replace('_', ' ') for gap in gaps)}.")
    return said


def memo_of(findings: Findings, verdict: Verdict, claims: Sequence[Judged], missing: Iterable[str], noted: Iterable[str]) -> Memo:
    """The memo: assumptions in the order of what they move, worth of knowing from EVPPI."""
    order = [swing.name for swing in verdict.swings]
    return compose(
        read_brief(BRIEF), findings, claims, verdict.worth, f"{verdict.values['horizon_months']} months",
        flips=verdict.flips, assumptions=sorted(verdict.unknowns, key=lambda each: order.index(each.name)),
        worth_knowing=verdict.worth_knowing, cannot_answer=missing, notes=noted,
    )  # fmt: skip
