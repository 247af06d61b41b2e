"""Beliefs as parameters of a notebook: the two ends of each range that people argue about, and the rest by name."""

from collections.abc import Iterable, Mapping

from helpers.decision.uncertainty import Assumption, with_ranges
from helpers.intake.parameters import Parameter
from helpers.intake.refusal import Refusal

SHARE = "share of 1"


def belief(assumptions: Iterable[Assumption], name: str, least: float, most: float) -> list[Parameter]:
    """The parameters `name_low` and `name_high`, with unit, meaning and defaults from the assumption itself."""
    known = next(each for each in assumptions if each.name == name)
    unit = SHARE if known.unit == "share" else known.unit
    low = Parameter(f"{name}_low", float(known.low), unit, f"{known.meaning}; low end of the range believed with 80 %", least, most)
    return [low, Parameter(f"{name}_high", float(known.high), unit, f"{known.meaning}; high end", least, most)]


def guess(name: str, unit: str, meaning: str, most: float) -> list[Parameter]:
    """The two ends of a prediction; -1 leaves it blank."""
    return [Parameter(f"guess_{name}_{end}", -1.0, unit, f"your guess: {meaning}; {end} end, -1 leaves it blank", -1, most) for end in ("low", "high")]


def believed(assumptions: tuple[Assumption, ...], values: Mapping[str, object]) -> tuple[Assumption, ...]:
    """The assumptions with the ranges that the parameters give: by two ends each, and by name in `other_ranges`."""
    ends = {a.name: (values[f"{a.name}_low"], values[f"{a.name}_high"]) for a in assumptions if f"{a.name}_low" in values}
    return with_ranges(assumptions, ends | other_ranges(values["other_ranges"]))


def other_ranges(text: str) -> dict[str, tuple[float, ...]]:
    """Ranges by name from 'day_rate: 1100 1700, excel_days: 5 10'. Raises Refusal where a part isn't a name and two or three numbers."""
    parts = [part.partition(":") for part in text.split(",") if part.strip()]
    return {name.strip(): _numbers(name.strip(), ends) for name, _, ends in parts}


def _numbers(name: str, ends: str) -> tuple[float, ...]:
    try:
        return tuple(float(word) for word in ends.split())
    except ValueError:
        raise Refusal(f"'{ends.strip()}' is not a range", f"other_ranges, '{name}'", "write it as 'name: low high'") from None
