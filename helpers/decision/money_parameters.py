"""The parameters by which any case counts money and draws what is believed, declared once."""

from helpers.decision.beliefs import SHARE
from helpers.intake.parameters import Parameter


def money_parameters(months: int, least: int = 6, most: int = 120) -> list[Parameter]:
    """How long money is counted (as a rule so many months; from `least` to `most`), and how later money is discounted."""
    return [
        Parameter("horizon_months", months, "months", "over which money is counted", least, most),
        Parameter("annual_rate", 0.08, SHARE, "at which later money is discounted, per year", 0, 1),
        Parameter("npv_convention", "period 0", "name", "period 0: today's money is not discounted; spreadsheet: the first flow is", choices=("period 0", "spreadsheet")),
    ]


CHANCE = [
    Parameter("draws", 2048, "draws", "of what is believed", 256, 65536),
    Parameter("seed", 20261122, "whole number", "of all randomness: same seed, same numbers", 0, 2**31),
]
