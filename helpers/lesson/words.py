"""Numbers in words, as a notebook has room for them: an estimate with its interval and what it rests on."""

from math import isfinite

from helpers.decision.wording import amount, digits, short
from helpers.evidence.estimate import Estimate


def number(value: float, unit: str = "") -> str:
    """A number with its unit to three significant digits: 0.2897 share -> '29.0 %', 12345.6 CNY -> 'CNY 12,300'."""
    if value == float("inf"):
        return f"endlessly many {unit}" if unit else "without bound"
    return amount(value, unit)


def estimate(found: Estimate, bare: bool = False) -> str:
    """An estimate in words: '29.0 % (95 % interval 27.1 to 30.8, measured)'; without the bracket where `bare`."""
    text = short(found) if found.low == found.high else number(found.value, found.unit)  # what was counted is told in full
    if bare:
        return text
    if found.low == found.high:
        return f"{text} ({found.basis})"
    if not found.has_interval:
        return f"{text} ({found.basis}; {found.method or 'no interval can be given'})"
    return f"{text} ({100 * found.level:.0f} % interval {_end(found.low, found.unit)} to {_end(found.high, found.unit)}, {found.basis})"


def listed(words: list[str], last: str = "and") -> str:
    """Words as a list in a sentence: 'a, b and c'."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words) or "nothing"


def _end(value: float, unit: str) -> str:
    """An end of an interval, without the unit that the value before it has."""
    return digits(value * 100 if unit == "share" else value) if isfinite(value) else number(value)
