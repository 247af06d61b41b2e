"""Findings of step iv, the plan: what each option does to the office, what it is worth, and what it costs as clients multiply."""

from collections.abc import Sequence

import numpy as np

from helpers.decision.paperwork.money import Money
from helpers.decision.paperwork.options import Flows, Growth
from helpers.decision.paperwork.trial import NOTHING, Trial
from helpers.evidence.estimate import Estimate, exactly
from helpers.evidence.findings import Value
from helpers.intake.refusal import Refusal
from helpers.paperwork.office.backtest import BackTest

SHORT = {NOTHING: "today", "hire two clerks": "hire", "Excel online": "excel", "standardise": "standard"}  # option -> its name in findings
RARE = 0.95  # level of the range of what is nothing in most futures
METRICS = {  # name in findings -> metric of the trial
    "lead_time": "lead_time_p50", "lead_time_90": "lead_time_p90", "clients_per_week": "clients_per_week", "utilisation": "utilisation",
    "wait": "wait", "right_first": "first_time_right",
}  # fmt: skip


def trial_findings(trial: Trial, test: BackTest | Refusal) -> dict[str, Value]:
    """The back-test's verdict, and each option's measures: lead_time_today, utilisation_standard, ..."""
    measures = {
        f"{name}_{short}": trial.outcomes[option].estimate(metric)
        for name, metric in METRICS.items() for option, short in SHORT.items() if option in trial.outcomes
    }  # fmt: skip
    needed = {f"clerks_needed_{short}": exactly(trial.clerks_needed[option], "clerks", "simulated") for option, short in SHORT.items() if option in trial.clerks_needed}
    used = measures["utilisation_today"] if isinstance(test, Refusal) else next(each.log for each in test.compared if each.metric == "utilisation")
    return {"back_test": verdict(test), "utilisation": used, **measures, **needed, "refused_options": ", ".join(trial.refused) or "none"}


def verdict(test: BackTest | Refusal) -> str:
    """Whether the simulation may be trusted, in a word or two."""
    if isinstance(test, Refusal):
        return "not tested"
    return "reproduces the log" if test.passed else "does not reproduce the log in everything"


def money_findings(money: Money) -> dict[str, Value]:
    """Values of the options, and what drives the one in focus."""
    values = {f"net_value_{short}": row.estimate() for row in money.rows for short in [SHORT.get(row.name)] if short and short != "today"}
    weightiest, worth = next(iter(money.worth_knowing.items()))
    flow = money.flows[money.focus]
    return {
        "best_option": money.winner,
        "runner_up": money.rows[1].name,
        "advantage_over_next": money.lead,
        "closest_rival": money.doubt,
        "confidence": _share(money.confidence),
        **values,
        "option_in_focus": money.focus,
        "loses_money": _share((money.worth[money.focus] < 0).mean()),
        "payback_probability": _share(money.payback.probability),
        "payback_months": money.payback.months,
        "clerks_released": _spread(flow.office.released[:, -1], "clerks", RARE),
        "cash_saved": _spread(flow.wages_saved[:, -1], "CNY", RARE),
        "freed_hours": _spread(_at_the_end(flow), "h"),
        "measure_next": money.meaning(weightiest) if worth > 0 else "no single unknown",
        "measure_next_worth": Estimate(worth, np.nan, np.nan, "CNY", "assumed", "expected value of perfect information about it"),
        "weightiest_unknown": money.meaning(money.sobol.ranked()[0][0]),
    }


def _at_the_end(flow: Flows) -> np.ndarray:
    """Clerk hours per month free beside today's, in the last month of the horizon."""
    hours = flow.freed.hours
    return hours[:, -1]


def growth_findings(growth: Sequence[Growth]) -> dict[str, Value]:
    """Cost and clerks at the largest multiple, by way."""
    names = {"hire": "hire", "Excel online": "excel", "standardise": "standard"}
    cost = {f"cost_at_10_{names[each.way]}": each.cost[-1] for each in growth}
    return cost | {f"clerks_at_10_{names[each.way]}": each.clerks[-1] for each in growth}


def _share(value: float) -> Estimate:
    return Estimate(float(value), np.nan, np.nan, "share", "assumed", "share of the futures drawn")


def _spread(values: np.ndarray, unit: str, level: float = 0.8) -> Estimate:
    low, high = np.quantile(values, [0.5 - level / 2, 0.5 + level / 2])
    return Estimate(float(np.mean(values)), float(low), float(high), unit, "assumed", "draws over measured and assumed ranges, last month", level)
