"""Findings of a log too large to be loaded: what rests on a sample of its cases says so."""

from collections.abc import Mapping
from dataclasses import replace

from helpers.evidence.estimate import Estimate
from helpers.evidence.findings import Value
from helpers.paperwork.office_log import OfficeLog

OF_ALL_ROWS = (
    "rows_read", "rows_kept", "clients", "handlings", "steps_in_log", "variants", "variants_for_most", "typical_way_share", "moves_back_share", "rework_share", "most_repeated_step",
)  # fmt: skip
COUNTS = ("open_cases", "withdrawn_cases")  # of the sample: told as they would be of all cases


def told(found: Mapping[str, Value], log: OfficeLog) -> dict[str, Value]:
    """The findings, those from a sample of cases with a word on that in their method; counts of cases as many times as there are more cases."""
    if not log.sampled:
        return dict(found)
    return {name: value if name in OF_ALL_ROWS or not isinstance(value, Estimate) or value.basis != "measured" else _sampled(name, value, log.whole.sample) for name, value in found.items()}


def _sampled(name: str, value: Estimate, share: float) -> Estimate:
    said = f"{value.method}; from whole cases drawn at random, {share:.2%} of all".removeprefix("; ")
    if name not in COUNTS:
        return replace(value, method=said)
    times = value.scaled(1 / share, value.unit)
    return replace(times, low=float("nan"), high=float("nan"), method=f"{said}, times {1 / share:.1f}")
