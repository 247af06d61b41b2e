"""Findings of the decision: what each option is worth, how sure that is, what knowing more is worth, and what would flip the choice."""

from helpers.decision.marketing.verdict import BUILD, CONTENT, PILOT, Verdict
from helpers.decision.memo import flip_sentences
from helpers.decision.options import over_draws
from helpers.evidence.estimate import exactly
from helpers.evidence.findings import Value

NAMES = {"build": BUILD, "content": CONTENT, "pilot": PILOT}


def verdict_findings(verdict: Verdict) -> dict[str, Value]:
    """Everything that the memo's decision quotes."""
    return {"recommendation": verdict.winner, **option_findings(verdict), **knowing_findings(verdict), **driver_findings(verdict)}


def option_findings(verdict: Verdict) -> dict[str, Value]:
    """Worth, chance of being best and regret of the three options that cost something."""
    rows, found = {row.name: row for row in verdict.rows}, {}
    for short, name in NAMES.items():
        found[f"value_{short}"] = rows[name].estimate()
        found[f"best_{short}"] = over_draws(rows[name].probability_best, "share")
        found[f"regret_{short}"] = over_draws(rows[name].expected_regret, "CNY")
    found |= {"lead_over_next": verdict.lead, "lead_over_request": verdict.over_request}
    return found | {"confidence": over_draws(verdict.confidence, "share"), "loses_money": over_draws(verdict.loses, "share")}


def knowing_findings(verdict: Verdict) -> dict[str, Value]:
    """What knowing more would be worth, and whether a pilot is."""
    pilots, first = verdict.pilots, next(iter(verdict.worth_knowing.items()))
    return {
        "perfect_information": over_draws(verdict.perfect_information, "CNY"),
        "measure_next": verdict.meaning(first[0]) if first[1] > 0 else "nothing alone",
        "measure_next_worth": over_draws(first[1], "CNY"),
        "pilot_best_months": exactly(float(pilots.months[pilots.best]), "months", "assumed"),
        "pilot_information": over_draws(float(pilots.information[pilots.best]), "CNY"),
        "pilot_net": over_draws(float(pilots.net[pilots.best]), "CNY"),
        "test_and_roll": over_draws(verdict.test_and_roll, "readers per arm"),
    }


def driver_findings(verdict: Verdict) -> dict[str, Value]:
    """What the choice depends on most, and where it flips."""
    name, _, total = verdict.sobol.ranked()[0]
    return {
        "main_driver": verdict.meaning(name),
        "main_driver_share": over_draws(total, "share"),
        "flips_together": over_draws(verdict.together, "times"),
        "break_even_traffic": over_draws(verdict.break_even_traffic, "people a month"),
        "flips": " ".join(flip_sentences(verdict.flips, verdict.winner, BUILD)),
    }
