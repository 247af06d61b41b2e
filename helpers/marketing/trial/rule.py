"""The rule by which a test will be read: written down and frozen before the first reader, so that nobody moves the goal afterwards."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date

from helpers.evidence.sequential import Kind
from helpers.intake.refusal import Refusal

WHERE = "the rule of the test"


@dataclass(frozen=True)
class Guardrail:
    """A metric that may not fall by more than the margin (a positive number, in the metric's own unit)."""

    metric: str
    margin: float


@dataclass(frozen=True)
class Rule:
    """How a test is run and read.

    metric: what is compared; minimum_effect: smallest rise worth having, in the metric's unit; horizon_weeks: how long it runs; looks: how
    often it is read, the last time at the horizon, by the limits of `kind`; use_earlier: what the earlier period explains is taken
    out (CUPED); split: designed share of each arm, control first; guardrails: what may not fall; frozen_on: ISO date. Raises Refusal for what no test can be read by.
    """

    metric: str
    minimum_effect: float
    horizon_weeks: int
    looks: int = 1
    kind: Kind = "obrien_fleming"
    use_earlier: bool = True
    split: tuple[tuple[str, float], ...] = (("control", 0.5), ("module", 0.5))
    alpha: float = 0.05
    guardrails: tuple[Guardrail, ...] = ()
    frozen_on: str = ""

    def __post_init__(self):
        _must(self.minimum_effect > 0, f"a minimum effect of {self.minimum_effect:g}", "name the smallest rise worth having, above 0")
        _must(self.horizon_weeks >= 1 and self.looks >= 1, "a test without a week or without a look", "at least 1 of each")
        _must(0 < self.alpha < 0.5, f"alpha {self.alpha:g}", "choose one between 0 and 0.5, 0.05 is usual")
        _must(len(self.split) == 2 and all(share > 0 for _, share in self.split), "a split that isn't two arms above 0", "control first")
        _must(all(guardrail.margin > 0 for guardrail in self.guardrails), "a guardrail without a margin above 0", "say how large a loss would be borne")


@dataclass(frozen=True)
class FrozenRule:
    """A rule with the fingerprint it had when it was frozen (SHA-256 of its canonical JSON, the date within)."""

    rule: Rule
    fingerprint: str

    @property
    def intact(self) -> bool:
        """Whether the rule still is the one that was frozen."""
        return fingerprint(self.rule) == self.fingerprint

    def as_json(self) -> str:
        """The frozen rule as text to keep; see `thaw`."""
        return json.dumps({"rule": asdict(self.rule), "fingerprint": self.fingerprint}, ensure_ascii=False, indent=1, sort_keys=True)


def fingerprint(rule: Rule) -> str:
    """SHA-256 over the rule as JSON with sorted names and no spaces, numbers written one way (1 and 1.0 alike)."""
    text = json.dumps(_plain(asdict(rule)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def freeze(rule: Rule, on: date | str = "") -> FrozenRule:
    """The rule, frozen on the date given (or the one it names). Raises Refusal without a date that can be read."""
    day = str(on or rule.frozen_on)
    try:
        date.fromisoformat(day)
    except ValueError:
        raise Refusal(f"'{day}' is no date", WHERE, "give the day on which it is frozen as 2026-11-22") from None
    dated = replace(rule, frozen_on=day)
    return FrozenRule(dated, fingerprint(dated))


def thaw(text: str) -> FrozenRule:
    """A frozen rule from the text that `as_json` wrote. Raises Refusal where it can't be read or was changed since."""
    try:
        kept = json.loads(text)
        frozen = FrozenRule(_rule(kept["rule"]), kept["fingerprint"])
    except Refusal:
        raise
    except (ValueError, KeyError, TypeError):
        raise Refusal("this isn't a frozen rule", WHERE, "use the text that was kept when it was frozen") from None
    if not frozen.intact:
        raise Refusal("the rule was changed after it was frozen", WHERE, "read the test by the rule as it was, and report the change")
    return frozen


def _rule(given: dict) -> Rule:
    guardrails = tuple(Guardrail(**guardrail) for guardrail in given["guardrails"])
    return Rule(**given | {"guardrails": guardrails, "split": tuple((arm, share) for arm, share in given["split"])})


def deviations(frozen: FrozenRule, as_run: Rule) -> list[str]:
    """What was done otherwise than frozen, one sentence each; empty where all went by the rule.

    as_run: what was really done, in the form of a rule. The first sentence says so if the frozen rule itself was tampered with.
    """
    said = [] if frozen.intact else ["The rule was changed after it was frozen: its fingerprint no longer fits"]
    for name, words in _WORDS.items():
        before, after = getattr(frozen.rule, name), getattr(as_run, name)
        if before != after:
            said.append(words(before, after))
    return said


def _split_words(split: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{arm} {share:g}" for arm, share in split)


def _guardrail_words(before: tuple[Guardrail, ...], after: tuple[Guardrail, ...]) -> str:
    was, now = ({guardrail.metric: guardrail.margin for guardrail in rails} for rails in (before, after))
    dropped = [f"{metric} dropped" for metric in was if metric not in now]
    added = [f"{metric} added" for metric in now if metric not in was]
    moved = [f"{metric} {was[metric]:g} became {now[metric]:g}" for metric in was if metric in now and was[metric] != now[metric]]
    return "Guardrails changed: " + "; ".join(dropped + added + moved or ["their order"])


_WORDS: dict[str, Callable[..., str]] = {
    "metric": lambda was, now: f"Another metric was read: {now} instead of {was}",
    "minimum_effect": lambda was, now: f"The smallest effect worth having was moved from {was:g} to {now:g}",
    "horizon_weeks": lambda was, now: f"The test ran {now} weeks instead of {was}" + (" (stopped early)" if now < was else " (went on)"),
    "looks": lambda was, now: f"The test was read {now} times instead of {was}",
    "use_earlier": lambda was, now: "The earlier period was " + ("used" if now else "not used") + ", otherwise than the rule says",
    "kind": lambda was, now: f"The limits for stopping were {now} instead of {was}",
    "split": lambda was, now: f"The arms were split {_split_words(now)} instead of {_split_words(was)}",
    "alpha": lambda was, now: f"The error allowed was {now:g} instead of {was:g}",
    "guardrails": _guardrail_words,
}


def _plain(value):
    """Numbers as floats throughout, so that 1 and 1.0 leave the same fingerprint."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _must(right: bool, what: str, remedy: str) -> None:
    if not right:
        raise Refusal(what, WHERE, remedy)
