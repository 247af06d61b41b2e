"""The memo of one page: what it says, drawn from findings, claims and options; sentences follow from which option wins.

`memo_text` and `memo_page` write it as Markdown and as HTML.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import numpy as np
import yaml

from helpers.decision.ledger import Judged
from helpers.decision.options import NetValues, OptionSummary, advantage, beats, closest_rival, compare
from helpers.decision.wording import amount, capital, digits, money, percent, short, span
from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal

if TYPE_CHECKING:  # they take a second to load, and who writes down a memo needs only its words
    from helpers.decision.sensitivity import Flip
    from helpers.decision.uncertainty import Assumption

MOST = {"status_quo": 5, "claims": 7, "options": 7, "confidence": 4, "flips": 4, "assumptions": 5, "cannot_answer": 4, "notes": 3, "next_steps": 4}
LONGEST = 180  # characters of one sentence; what is longer is cut, with a sign that it was
LINES = 75  # that one sheet bears, as `lines` counts them
EXPENDABLE = ("notes", "cannot_answer", "assumptions", "status_quo", "flips", "claims", "options")  # in the order in which they give way


@dataclass(frozen=True)
class Step:
    """Who does what until when."""

    who: str
    what: str
    when: str


@dataclass(frozen=True)
class Brief:
    """What a case's memo says beside numbers. asked: the option that the request asked for.

    status_quo: sentences with {finding_name}s, {name:bare} without the unit's word. next_steps: by option; "*" for any other one.
    """

    title: str
    question: str
    asked: str
    status_quo: tuple[str, ...]
    next_steps: Mapping[str, tuple[Step, ...]]


@dataclass(frozen=True)
class Picture:
    """A figure for the memo: PNG bytes, and in words what it shows."""

    png: bytes
    alt: str


@dataclass(frozen=True)
class Memo:
    """The memo, ready to be written: every part a short sentence or row, in order of weight."""

    title: str
    question: str
    recommendation: str
    confidence: tuple[str, ...]
    options: tuple[OptionSummary, ...]
    status_quo: tuple[str, ...]
    claims: tuple[Judged, ...]
    flips: tuple[str, ...]
    assumptions: tuple[str, ...]
    cannot_answer: tuple[str, ...]
    next_steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()
    picture: Picture | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)


def read_brief(path: Path) -> Brief:
    """A case's brief from its YAML file. Raises Refusal where a part is missing."""
    return brief_of(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)


def brief_of(text: Mapping[str, object] | None, where: str) -> Brief:
    """The brief in what was read from a file. Raises Refusal where a part is missing."""
    missing = {"title", "question", "asked", "status_quo", "next_steps"} - set(text or {})
    if missing:
        raise Refusal(f"it lacks {', '.join(sorted(missing))}", where, "add these parts")
    steps = {option: tuple(_step(row, f"{where}, next steps of '{option}'") for row in rows) for option, rows in text["next_steps"].items()}
    return Brief(text["title"], text["question"], text["asked"], tuple(text["status_quo"]), steps)


def _step(row: object, where: str) -> Step:
    if not isinstance(row, list) or len(row) != 3:
        raise Refusal(f"a step has three parts, not {row!r}", where, "write it as [who, does what, until when]; put a part with commas in quotes")
    return Step(*map(str, row))


def compose(
    brief: Brief, findings: Mapping[str, object], claims: Sequence[Judged], values: NetValues, horizon: str, *,
    flips: "Iterable[Flip]" = (), assumptions: "Iterable[Assumption]" = (), worth_knowing: Mapping[str, float] | None = None,
    cannot_answer: Iterable[str] = (), notes: Iterable[str] = (), picture: Picture | None = None,
) -> Memo:  # fmt: skip
    """The memo. horizon: in words ("24 months"). assumptions: the weightiest first. worth_knowing: EVPPI by unknown, in CNY.

    Each part is cut to what one page bears; `left_out` counts what was left out.
    """
    rows, assumptions = compare(values), tuple(assumptions)
    parts = {
        "confidence": confidence(rows, values, worth_knowing or {}, {a.name: a.meaning or a.name for a in assumptions}),
        "options": rows, "status_quo": status_quo(brief, findings), "claims": tuple(claims),
        "flips": flip_sentences(flips, rows[0].name, brief.asked),
        "assumptions": tuple(assumption_sentence(a) for a in assumptions if a.basis == "assumed"),
        "cannot_answer": tuple(cannot_answer), "next_steps": brief.next_steps.get(rows[0].name, brief.next_steps.get("*", ())), "notes": tuple(notes),
    }  # fmt: skip
    left_out = {name: len(part) - MOST[name] for name, part in parts.items() if len(part) > MOST[name]}
    kept = {name: tuple(map(trimmed, part[: MOST[name]])) for name, part in parts.items()}
    return fitted(Memo(brief.title, brief.question, recommendation(rows, values, brief.asked, horizon), **kept, picture=picture, left_out=left_out))


def trimmed(part):
    """A sentence cut to LONGEST characters; anything else as it is."""
    if not isinstance(part, str):
        return part
    text = " ".join(part.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def lines(memo: Memo) -> float:
    """About how many lines of a full page's width the memo takes: lists run in two columns of 52 characters, tables in theirs."""
    def high(text: str, width: int) -> int:
        return -(-len(text) // width)

    lists = (memo.confidence, memo.flips, memo.status_quo, memo.assumptions, memo.cannot_answer, memo.notes)
    columns = sum(1.5 + sum(high(line, 52) for line in part) for part in lists if part) / 2
    claims = sum(max(high(trimmed(each.claim.claim), 42), high(trimmed(each.reason), 48)) + 0.2 for each in memo.claims)
    steps = sum(max(high(step.what, 66), high(step.who, 22), high(step.when, 16)) + 0.2 for step in memo.next_steps)
    options = sum(1.2 * high(row.name, 28) for row in memo.options)
    head = 2 + high(memo.question, 100) + 1.2 * high(memo.recommendation, 92) + 7.5 + (11.5 if memo.picture else 0)
    return head + columns + claims + steps + options


def fitted(memo: Memo) -> Memo:
    """The memo cut until it fits one sheet: the last entry of the longest expendable part goes first, and is counted in `left_out`."""
    while lines(memo) > LINES:
        part = max(EXPENDABLE, key=lambda name: len(getattr(memo, name)))
        if len(getattr(memo, part)) == 1:
            break
        left_out = {**memo.left_out, part: memo.left_out.get(part, 0) + 1}
        memo = replace(memo, **{part: getattr(memo, part)[:-1]}, left_out=left_out)
    return memo


def recommendation(rows: Sequence[OptionSummary], values: NetValues, asked: str, horizon: str) -> str:
    """What to do and what it is worth, against doing nothing, the runner-up, and the request as asked."""
    winner = rows[0]
    text = f"{capital(winner.name)}. Over {horizon} it is expected to bring {_gain(winner)} against doing nothing"
    if not winner.expected and not winner.low80 and not winner.high80:
        text = f"{capital(winner.name)}. No option is expected to pay within {horizon}"
    if len(rows) > 1:
        text += f", and {money(advantage(values, rows[1].name, winner.name).value)} more than the next best, {rows[1].name}"
    return text + "." + _as_asked(rows, asked)


def _as_asked(rows: Sequence[OptionSummary], asked: str) -> str:
    """The request's own option, where it is neither the best nor the runner-up."""
    request = next((row for row in rows[2:] if row.name == asked), None)
    if request is None:
        return ""
    return f" The request as it was made ({asked}) is expected to {'bring' if request.expected > 0 else 'lose'} {money(abs(request.expected))}."


def _gain(row: OptionSummary) -> str:
    return f"{money(row.expected)} (80 % range {digits(row.low80)} to {digits(row.high80)})"


def confidence(rows: Sequence[OptionSummary], values: NetValues, worth_knowing: Mapping[str, float], meanings: Mapping[str, str]) -> tuple[str, ...]:
    """How sure the recommendation is, what being wrong costs, and what to measure next."""
    if len(rows) == 1:
        return ("There was nothing to compare it with.",)
    winner, rival = rows[0], next(row for row in rows if row.name == closest_rival(values, rows[0].name))
    chance, loses = beats(values, winner.name, rival.name), float((np.asarray(values[winner.name]) < 0).mean())
    level = "high" if chance >= 0.9 else "moderate" if chance >= 0.7 else "low"
    against = f"in {percent(chance)} of the futures drawn it does better than its closest rival, {rival.name}"
    told = [f"Confidence is {level}: {against}; in {percent(loses)} it loses money."]
    if chance < 0.5:
        told.append(f"It wins less often but loses less: in its worst tenth it is below {money(winner.low80)}, {rival.name} below {money(rival.low80)}.")
    told.append(f"Should it prove wrong, the loss against the best choice in hindsight averages {money(winner.expected_regret)}.")
    return tuple(told) + _measure_next(worth_knowing, meanings)


def _measure_next(worth_knowing: Mapping[str, float], meanings: Mapping[str, str]) -> tuple[str, ...]:
    name = max(worth_knowing, key=worth_knowing.get, default=None)
    if name is None:
        return ()
    if worth_knowing[name] <= 0:
        return ("No single unknown is worth measuring first: none of them alone would change the choice.",)
    return (f"Measure next: {meanings.get(name, name.replace('_', ' '))}; knowing it exactly is worth up to {money(worth_knowing[name])}.",)


def status_quo(brief: Brief, findings: Mapping[str, object]) -> tuple[str, ...]:
    """The brief's sentences with the findings in numbers; a sentence whose finding is missing is left out."""
    told = (_filled(sentence, findings) for sentence in brief.status_quo)
    return tuple(sentence for sentence in told if sentence)


def _filled(sentence: str, findings: Mapping[str, object]) -> str:
    parts = [(before, name, _told(findings.get(name), form == "bare")) for before, name, form, _ in Formatter().parse(sentence)]
    return "" if any(name and not told for _, name, told in parts) else "".join(before + told for before, _, told in parts)


def _told(value: object, bare: bool) -> str:
    if isinstance(value, Estimate):
        return short(value, bare) if isfinite(value.value) else ""
    return value if isinstance(value, str) else ""


def flip_sentences(flips: "Iterable[Flip]", winner: str, asked: str) -> tuple[str, ...]:
    """What would change our mind, a sentence a flip point: those within the believed range first, and early on one that leads to the request."""
    mine = sorted((flip for flip in flips if flip.before == winner), key=lambda flip: not flip.within_range)
    request = next((i for i, flip in enumerate(mine) if flip.after == asked), None)
    if request is not None and request >= MOST["flips"]:
        mine.insert(MOST["flips"] - 1, mine.pop(request))
    return tuple(map(_flip_sentence, mine)) or ("No single unknown changes the choice, even well outside the range we believe.",)


def _flip_sentence(flip: "Flip") -> str:
    possible = "; within the range believed" if flip.within_range else ""
    now = f"taken as {amount(flip.now, flip.unit)}{possible}"
    return f"{capital(flip.meaning or flip.name)} {flip.direction} {amount(flip.at, flip.unit)} ({now}): {flip.after}."


def assumption_sentence(a: "Assumption") -> str:
    """An assumption with its believed range."""
    return f"{capital(a.meaning or a.name)}: {span(a.low, a.high, a.unit)}" + (f" (believed with {percent(a.level)})." if a.level != 0.8 else ".")
