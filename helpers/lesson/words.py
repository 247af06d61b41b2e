"""Numbers in words: estimates with their intervals, as a person reads them."""

from math import floor, isfinite, log10

from helpers.evidence.estimate import Estimate

UNITS = {"share": "%", "h": "h", "min": "min", "days": "days", "CNY": "CNY", "": ""}


def number(value: float, unit: str = "") -> str:
    """A number with its unit to three significant digits: 0.2897 share -> '29.0 %', 12345.6 CNY -> '12,300 CNY'."""
    if not isfinite(value):
        return "without bound" if value > 0 else "not known"
    scaled = value * 100 if unit == "share" else value
    word = UNITS.get(unit, unit)
    return f"{_digits(scaled)} {word}".strip()


def estimate(found: Estimate, bare: bool = False) -> str:
    """An estimate in words: '29.0 % (95 % interval 27.1 to 30.8, measured)'; without the bracket where `bare` or there is no interval."""
    text = number(found.value, found.unit)
    if bare or (found.has_interval and found.low == found.high):
        return text if bare else f"{text} ({found.basis})"
    if not found.has_interval:
        return f"{text} ({found.basis}; {found.method or 'no interval can be given'})"
    return f"{text} ({found.level:.0%} interval {_bare(found.low, found.unit)} to {_bare(found.high, found.unit)}, {found.basis})".replace("95%", "95 %").replace("80%", "80 %")


def listed(words: list[str], last: str = "and") -> str:
    """Words as a list in a sentence: 'a, b and c'."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else "nothing"


def _bare(value: float, unit: str) -> str:
    return _digits(value * 100 if unit == "share" else value) if isfinite(value) else number(value)


def _digits(value: float) -> str:
    """Three significant digits, thousands apart, no exponent; whole where the number is large."""
    if value == 0:
        return "0"
    places = max(0, 2 - floor(log10(abs(value))))
    rounded = round(value, 2 - floor(log10(abs(value))))
    return f"{rounded:,.{min(places, 6)}f}"
