"""Findings of one's own request beyond the log's: the claims counted, what the options are worth, and what would flip the choice."""

from collections.abc import Sequence

from helpers.decision.ledger import Judged
from helpers.decision.memo import flip_sentences
from helpers.decision.options import over_draws
from helpers.decision.own.priced import Priced
from helpers.evidence.estimate import exactly
from helpers.evidence.findings import Value

STATUSES = {"claims_measured": "measured", "claims_contradicted": "contradicted", "claims_assumed": "assumed", "claims_unknown": "nobody knows"}


def claim_findings(claims: Sequence[Judged]) -> dict[str, Value]:
    """How many claims have which status."""
    return {name: exactly(sum(each.status == status for each in claims), "claims") for name, status in STATUSES.items()}


def choice_findings(priced: Priced) -> dict[str, Value]:
    """Everything that the memo's decision quotes."""
    rows = {row.name: row for row in priced.rows}
    best, (name, worth) = rows[priced.winner], next(iter(priced.worth_knowing.items()), ("", 0.0))
    driver, _, total = next(iter(priced.sobol.ranked()), ("", 0.0, 0.0)) if priced.unknowns else ("", 0.0, 0.0)
    return {
        "recommendation": priced.winner, "runner_up": priced.rows[1].name, "value_best": best.estimate(), "value_asked": rows[priced.asked].estimate(),
        "lead_over_next": priced.lead, "lead_over_request": priced.over_request, "confidence": over_draws(priced.confidence, "share"), "closest_rival": priced.doubt,
        "loses_money": over_draws(priced.loses, "share"), "regret": over_draws(best.expected_regret, "CNY"), "payback_probability": over_draws(priced.pays_back, "share"),
        "perfect_information": over_draws(priced.perfect_information, "CNY"), "measure_next": priced.meaning(name) if worth > 0 else "nothing alone",
        "measure_next_worth": over_draws(worth, "CNY"), "main_driver": priced.meaning(driver) if driver else "nothing", "main_driver_share": over_draws(total, "share"),
        "flips": " ".join(flip_sentences(priced.flips, priced.winner, priced.asked)),
    }  # fmt: skip
