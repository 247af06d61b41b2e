"""Findings of challenge c, upkeep and plan: what the section costs to own, what nobody has settled, and what readers would bear."""

from collections.abc import Mapping, Sequence

import numpy as np

from helpers.evidence.estimate import Estimate, exactly
from helpers.evidence.findings import Value
from helpers.marketing.fatigue import LEVEL, Response, breaking_point, curve, lead_peak, marketing_share
from helpers.marketing.upkeep import Ownership, Question, Upkeep, slots


def upkeep_findings(ownership: Ownership, gaps: Sequence[Question]) -> dict[str, Value]:
    """Cost of ownership, and how many questions of governance are open."""
    last = ownership.path.iloc[-1]
    return {
        "upkeep_cost": ownership.total,
        "upkeep_last_month": Estimate(*(float(last[name]) for name in ("total", "low", "high")), "CNY", "assumed", "assumed ranges", LEVEL),
        "slots_at_end": Estimate(float(last["slots"]), np.nan, np.nan, "slots", "assumed", "growing at the rate assumed, up to the cap"),
        "governance_gaps": exactly(len(gaps), "questions", "assumed"),
    }


def fatigue_findings(response: Response, upkeep: Upkeep, values: Mapping[str, object], rng: np.random.Generator) -> dict[str, Value]:
    """Reading lost by the horizon's end, and the share of marketing at which the guardrail breaks."""
    shares = marketing_share(slots(upkeep), values["editorial_pieces"])
    end = curve(response, rng, [shares[-1]]).iloc[0]
    breaks = breaking_point(response, values["largest_loss"], rng)
    return {
        "marketing_share_at_end": Estimate(float(shares[-1]), np.nan, np.nan, "share", "assumed", "slots beside editorial pieces"),
        "reading_loss": Estimate(*(float(1 - end[name]) for name in ("reading", "reading_high", "reading_low")), "share", "assumed", "modelled fatigue", LEVEL),
        "breaking_point": breaks,
        "breaking_month": breaking_month(shares, breaks.value),
        "lead_peak": lead_peak(response, rng),
    }


def breaking_month(shares: np.ndarray, breaks: float) -> Value:
    """The month in which the share of marketing passes the breaking point, in words where it does so at once or never."""
    beyond = np.flatnonzero(shares > breaks)
    return f"in month {beyond[0] + 1}" if len(beyond) else "not within the horizon"
