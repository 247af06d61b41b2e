"""Scenarios a second of a sweep, in one process: steps remembered against every case opened afresh, by what differs between the scenarios."""

import os
from collections.abc import Callable, Mapping, Sequence
from time import process_time

from helpers.batch.sweep.cases import OPENERS, swept
from helpers.decision.marketing.case import open_case as marketing
from helpers.decision.own.case import open_case as own
from helpers.decision.paperwork.case import open_case as paperwork

AFRESH = {"1_marketing_module": marketing, "2_paperwork_standardisation": paperwork, "3_your_own_request": own}
COUNT, FEW = 12, 3
LISTS: dict[str, dict[str, Callable[[int], Mapping[str, object]]]] = {
    "1_marketing_module": {
        "what a lead is worth": lambda n: {"value_per_lead_low": 100.0 + n},
        "questions that are settled": lambda n: {"settled": ", ".join(("owner", "calendar", "entry", "cap", "compliance")[: n % 6])},
        "how the test is planned": lambda n: {"power": 0.6 + n / 1000},
        "the seed": lambda n: {"seed": n},
    },
    "2_paperwork_standardisation": {
        "what a client brings": lambda n: {"margin_per_client_low": 20.0 + n},
        "guesses": lambda n: {"guess_right_first_low": float(n)},
        "how far standards help": lambda n: {"standard_explain_cut_low": 0.2 + n / 2000},
        "the seed": lambda n: {"seed": n},
    },
    "3_your_own_request": {
        "the horizon": lambda n: {"horizon_months": 24 + n},
        "guesses": lambda n: {"guess_share_low": float(n)},
        "the seed": lambda n: {"seed": n},
    },
}


def main() -> None:
    """Print the rates. Processor time, so that other work on the machine tells little."""
    print(f"load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for case in OPENERS:
        AFRESH[case]({}).findings.records()  # compiled and imported
        print(f"\n{case}, scenarios a second of one core")
        for what, given in LISTS[case].items():
            remembered, afresh = _rate(swept(case).findings, [given(n) for n in range(COUNT + 1)]), _rate(lambda values, case=case: AFRESH[case](values).findings.records(), [given(n + 50) for n in range(FEW + 1)])
            print(f"  {what:28} {remembered:8.1f}   afresh {afresh:6.2f}   {remembered / afresh:6.1f} times")


def _rate(findings: Callable[[Mapping], object], scenarios: Sequence[Mapping]) -> float:
    findings(scenarios[0])
    began = process_time()
    for values in scenarios[1:]:
        findings(values)
    return (len(scenarios) - 1) / (process_time() - began)


if __name__ == "__main__":
    main()
