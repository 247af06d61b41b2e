"""The claims ledger: each claim of a request, the whys behind it, the metric that would bear it out, and what the findings say.

Nobody types a status: it follows from the claim's rule and the intervals of the findings that the rule names.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from helpers.decision.wording import amount, short
from helpers.evidence.estimate import Estimate, exactly
from helpers.intake.refusal import Refusal

Status = Literal["measured", "assumed", "contradicted", "nobody knows"]
TERM = r"(?:(?P<{0}times>[\d.]+)\s*\*\s*)?(?P<{0}>[a-z_]\w*|-?\d+(?:\.\d+)?)"
RULE = re.compile(rf"\s*{TERM.format('left')}\s*(?P<sign>>=|<=|>|<)\s*{TERM.format('right')}\s*")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
WORDS = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}
MIRRORED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
FIELDS = {"claim", "said_by", "whys", "metric", "rule"}


@dataclass(frozen=True)
class Comparison:
    """One comparison of a rule: left sign right, each a finding's name or a number, times a factor."""

    left: str
    left_times: float
    sign: str
    right: str
    right_times: float

    @property
    def names(self) -> tuple[str, ...]:
        """The findings it needs."""
        return tuple(term for term in (self.left, self.right) if not NUMBER.fullmatch(term))


@dataclass(frozen=True)
class Claim:
    """A claim as it was received. whys: the answers to asking why until an outcome appears; metric: what would bear it out.

    rule: comparisons joined by "and", such as "new_share >= 0.5" or "lead_time > 2 * touch_time"; "" where no metric could be agreed.
    """

    claim: str
    said_by: str
    whys: tuple[str, ...]
    metric: str
    rule: str = ""

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The rule taken apart. Raises Refusal where it can't be read."""
        return tuple(_comparison(part, self.claim) for part in self.rule.split(" and ")) if self.rule else ()

    @property
    def findings(self) -> tuple[str, ...]:
        """The names of the findings that bear on it, each once."""
        return tuple(dict.fromkeys(name for part in self.comparisons for name in part.names))


@dataclass(frozen=True)
class Judged:
    """A claim with its computed status, the reason in words, and the findings it rests on."""

    claim: Claim
    status: Status
    reason: str
    evidence: tuple[str, ...]


def _comparison(text: str, claim: str) -> Comparison:
    found = RULE.fullmatch(text)
    if not found:
        raise Refusal(f"the rule '{text.strip()}' can't be read", f"claim '{claim}'",
                      "write it as: finding_name >= 0.5, or finding_name < 2 * other_name")
    return Comparison(found["left"], float(found["lefttimes"] or 1), found["sign"], found["right"], float(found["righttimes"] or 1))


def read_claims(path: Path) -> tuple[Claim, ...]:
    """The claims in a YAML file: a list of mappings with claim, said_by, whys, metric and rule. Raises Refusal in words."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise Refusal("the claims file is not valid YAML", f"{path.name}: {fault}".replace("\n", " ")) from None
    return claims_of(rows, path.name)


def claims_of(rows: object, where: str) -> tuple[Claim, ...]:
    """The claims in what was read from a file. Raises Refusal in words."""
    if not isinstance(rows, list):
        raise Refusal("it is not a list of claims", where, "start each claim with '- claim: ...'")
    return tuple(_claim(row, where, number) for number, row in enumerate(rows, 1))


def _claim(row: object, file: str, number: int) -> Claim:
    where = f"{file}, claim {number}"
    if not isinstance(row, dict) or not {"claim", "metric"} <= set(row) or set(row) - FIELDS:
        raise Refusal("a claim needs 'claim' and 'metric', and may have: " + ", ".join(sorted(FIELDS)), where, "correct the names")
    whys = row.get("whys") or []
    claim = Claim(str(row["claim"]), str(row.get("said_by") or ""), tuple(map(str, whys)), str(row["metric"]), str(row.get("rule") or ""))
    claim.comparisons  # noqa: B018  refuse a rule that can't be read now, not in the memo
    return claim


def judge(claim: Claim, findings: Mapping[str, object]) -> Judged:
    """The claim's status.

    Every comparison must hold over the whole interval for "measured"; one that fails over the whole interval contradicts it. Nobody knows where
    a finding is missing or an interval lies on both sides. What rests on assumptions, or holds in a simulation only, is "assumed".
    """
    names = claim.findings
    missing = [name for name in names if not isinstance(findings.get(name), Estimate)]
    if not names or missing:
        return Judged(claim, "nobody knows", _missing(missing), names)
    verdicts = [_verdict(part, findings) for part in claim.comparisons]
    status = _status(verdicts, {findings[name].basis for name in names})
    return Judged(claim, status, _reason(claim, findings, verdicts), names)


def ledger(claims: Iterable[Claim], findings: Mapping[str, object]) -> tuple[Judged, ...]:
    """All claims judged, in the order received."""
    return tuple(judge(claim, findings) for claim in claims)


def _status(verdicts: list[bool | None], bases: set[str]) -> Status:
    if "assumed" in bases:
        return "assumed"
    if False in verdicts:
        return "contradicted"
    if None in verdicts:
        return "nobody knows"
    return "assumed" if "simulated" in bases else "measured"


def _verdict(part: Comparison, findings: Mapping[str, Estimate]) -> bool | None:
    """Whether the comparison holds over the whole of both intervals: yes, no, or can't be told (None)."""
    left, right = _side(part.left, part.left_times, findings), _side(part.right, part.right_times, findings)
    low, high = left.low - right.high, left.high - right.low
    if part.sign in ("<", "<="):
        low, high = -high, -low
    strict = part.sign in ("<", ">")
    if low > 0 or (low == 0 and not strict):
        return True
    return False if high < 0 or (high == 0 and strict) else None


def _side(term: str, times: float, findings: Mapping[str, Estimate]) -> Estimate:
    found = exactly(float(term)) if NUMBER.fullmatch(term) else findings[term]
    return found.scaled(times, found.unit)


def _missing(names: list[str]) -> str:
    return f"not measured: {', '.join(name.replace('_', ' ') for name in names)}" if names else "no metric has been agreed"


def _reason(claim: Claim, findings: Mapping[str, Estimate], verdicts: list[bool | None]) -> str:
    """What decides: the comparison that fails or can't be told, else the first; with the findings in numbers."""
    deciding = next((part for part, verdict in zip(claim.comparisons, verdicts) if verdict is not True), claim.comparisons[0])
    told = " against ".join(f"{name.replace('_', ' ')} {short(findings[name])}" for name in deciding.names)
    return told + _wanted(deciding, findings)


def _wanted(part: Comparison, findings: Mapping[str, Estimate]) -> str:
    """What the claim would need: a number, or a multiple of the other finding."""
    if NUMBER.fullmatch(part.left):
        part = Comparison(part.right, part.right_times, MIRRORED[part.sign], part.left, part.left_times)
    word = WORDS[part.sign]
    if NUMBER.fullmatch(part.right):
        return f"; it takes {word} {amount(float(part.right) * part.right_times, findings[part.left].unit)}"
    return f"; it takes {word} {part.right_times:g} times" if part.right_times != 1 else f"; it takes {word} as much"
