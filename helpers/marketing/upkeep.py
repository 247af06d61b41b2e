"""What a marketing section costs to own: slots that multiply, the work on each, an owner; and what nobody has settled yet."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from helpers.evidence.estimate import Estimate, assumed
from helpers.intake.refusal import Refusal
from helpers.marketing.assumed import DRAWS, draws, interval

PARTS = ("editing", "review", "compliance", "owner")
LEVEL = 0.8


@dataclass(frozen=True)
class Upkeep:
    """What ownership is reckoned from: value and believed range (80 %) of each, as Estimates.

    Slots grow by slot_growth a month from slots_at_start to slot_cap: once one is let in, others ask. Each slot is refreshed
    refreshes_per_slot times a month; editing, review and compliance are hours per refresh. The owner's share is of a full post.
    """

    months: int = 24
    slots_at_start: float = 2.0
    slot_cap: float = 12.0
    slot_growth: Estimate = assumed(0.06, 0.02, 0.12, "per month")
    refreshes_per_slot: Estimate = assumed(2.0, 1.0, 4.0, "per month")
    editing: Estimate = assumed(3.0, 2.0, 5.0, "h")
    review: Estimate = assumed(1.0, 0.5, 2.0, "h")
    compliance: Estimate = assumed(1.0, 0.5, 3.0, "h")
    owner_share: Estimate = assumed(0.2, 0.1, 0.35, "share")
    hourly_wage: Estimate = assumed(110.0, 85.0, 140.0, "CNY")
    owner_month: Estimate = assumed(22_000.0, 17_000.0, 30_000.0, "CNY")

    def __post_init__(self):
        if not (self.months >= 1 and 0 <= self.slots_at_start <= self.slot_cap):
            raise Refusal("needs at least a month, and no more slots at the start than the cap", "cost of ownership")
        for field in fields(self):
            believed = getattr(self, field.name)
            if isinstance(believed, Estimate) and not believed.low <= believed.value <= believed.high:
                raise Refusal(f"'{field.name}' {believed.value:g} lies outside its own range", "cost of ownership", "low ≤ value ≤ high")


@dataclass(frozen=True)
class Ownership:
    """Cost by month (month, slots, hours, CNY of editing, review, compliance, owner, total, low, high) and over the whole time."""

    path: pd.DataFrame
    total: Estimate


def cost(upkeep: Upkeep, rng: np.random.Generator, count: int = DRAWS) -> Ownership:
    """Cost of ownership month by month and in total, in CNY, not discounted; intervals (80 %) from the ranges believed."""
    at_value = {name: np.array([believed.value]) for name, believed in _believed(upkeep).items()}
    drawn = {name: draws(believed, rng, count) for name, believed in _believed(upkeep).items()}
    central, ranged = _by_part(upkeep, at_value), _by_part(upkeep, drawn).sum(0)
    low, high = np.quantile(ranged, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    path = pd.DataFrame({
        "month": np.arange(1, upkeep.months + 1),
        "slots": slots(upkeep),
        "hours": central[:3].sum(0)[0] / upkeep.hourly_wage.value,
        **dict(zip(PARTS, central[:, 0], strict=True)),
        "total": central.sum(0)[0],
        "low": low,
        "high": high,
    })  # fmt: skip
    total = interval(central.sum(), ranged.sum(1), "CNY", f"sum over {upkeep.months} months; interval from assumed ranges", LEVEL)
    return Ownership(path, total)


def slots(upkeep: Upkeep, growth: np.ndarray | None = None) -> np.ndarray:
    """Slots in each month: growing by a rate from the start to the cap. growth: rates (default: the value), one row of months each."""
    rate = np.asarray(upkeep.slot_growth.value if growth is None else growth)[..., None]
    return np.minimum(upkeep.slot_cap, upkeep.slots_at_start * (1 + rate) ** np.arange(upkeep.months))


def _believed(upkeep: Upkeep) -> dict[str, Estimate]:
    return {field.name: getattr(upkeep, field.name) for field in fields(upkeep) if isinstance(getattr(upkeep, field.name), Estimate)}


def _by_part(upkeep: Upkeep, x: Mapping[str, np.ndarray]) -> np.ndarray:
    """CNY: parts × draws × months."""
    refreshes = slots(upkeep, x["slot_growth"]) * x["refreshes_per_slot"][:, None]
    work = [refreshes * (x[part] * x["hourly_wage"])[:, None] for part in PARTS[:3]]
    owner = np.repeat((x["owner_share"] * x["owner_month"])[:, None], upkeep.months, axis=1)
    return np.stack([*work, owner])


@dataclass(frozen=True)
class Question:
    """A question that a marketing section raises and somebody has to answer before it is built."""

    key: str
    words: str


QUESTIONS = (
    Question("owner", "Who owns the section, by name, and with how much of his time?"),
    Question("calendar", "By what plan is it filled: how many pieces a month, decided by whom, how far ahead?"),
    Question("entry", "Who may ask for a slot, and by what rule is a request turned down?"),
    Question("cap", "How many slots are there at most, and what share of the tool may be marketing?"),
    Question("compliance", "Who checks a piece before it is shown, and within what time?"),
    Question("consent", "Have readers agreed to be contacted, and can they take it back?"),
    Question("follow_up", "Who follows up a lead, how soon, and who sees that it happens?"),
    Question("removal", "When is a piece taken down, and who notices that it is out of date?"),
    Question("measure", "By which number is the section judged, and who reads it when?"),
    Question("exit", "At what result is the section closed, and who decides that?"),
    Question("channel", "Is it to become a promotion channel, and what will be let in after this?"),
)


def gaps(answers: Mapping[str, str | bool | None]) -> list[Question]:
    """The questions without an answer (missing, False, None or blank). Raises Refusal for an answer to no question."""
    known = {question.key for question in QUESTIONS}
    strange = sorted(set(answers) - known)
    if strange:
        raise Refusal(f"there is no question '{strange[0]}'", "governance checklist", "the questions are " + ", ".join(q.key for q in QUESTIONS))
    return [question for question in QUESTIONS if not str(answers.get(question.key) or "").strip()]
