"""Numbers as a memo of one page has room for them: three digits, an interval in brackets."""

from math import floor, isfinite, log10

from helpers.evidence.estimate import Estimate

SHARES = ("share",)


def digits(value: float, significant: int = 3) -> str:
    """A number to three significant digits, thousands apart, without an exponent: 0.01234 -> '0.0123', 123456 -> '123,000'."""
    if not isfinite(value):
        return "not known"
    if value == 0:
        return "0"
    places = significant - 1 - floor(log10(abs(value)))
    return f"{round(value, places):,.{max(0, min(places, 6))}f}"


def amount(value: float, unit: str = "") -> str:
    """A number with its unit: shares in per cent, money as CNY: (0.2897, 'share') -> '29.0 %'."""
    if not isfinite(value):
        return "not known"
    if unit in SHARES:
        return f"{digits(100 * value)} %"
    if unit == "CNY":
        return money(value)
    return f"{digits(value)} {unit}".strip()


def money(value: float) -> str:
    """CNY to three digits: 'CNY 123,000', 'minus CNY 1,200'."""
    text = f"CNY {digits(abs(value))}"
    return f"minus {text}" if value < 0 else text


def short(found: Estimate, bare: bool = False) -> str:
    """An estimate for the memo: '29.0 % (27.1 to 30.8)'; the bracket is left out where there is no interval, the unit's word where `bare`."""
    unit = "" if bare and found.unit not in (*SHARES, "CNY") else found.unit
    text = amount(found.value, unit)
    if found.low == found.high:
        return f"{found.value:,.0f} {unit}".strip() if found.value == round(found.value) and unit not in (*SHARES, "CNY") else text
    if not found.has_interval:
        return text
    scale = 100 if found.unit in SHARES else 1
    return f"{text} ({digits(found.low * scale)} to {digits(found.high * scale)})"


def span(low: float, high: float, unit: str = "") -> str:
    """A range with its unit once: 'CNY 800 to 2,600', '5.00 to 30.0 %', '60.0 to 140 person-days'."""
    if unit == "CNY" and low >= 0:
        return f"{money(low)} to {digits(high)}"
    return f"{digits(100 * low if unit in SHARES else low)} to {amount(high, unit)}" if unit != "CNY" else f"{money(low)} to {money(high)}"


def capital(text: str) -> str:
    """The text with a capital at its beginning, all else as it stands."""
    return text[:1].upper() + text[1:]


def percent(share: float) -> str:
    """A probability in whole per cent, never told as certain: '97 %', 'over 99 %', 'under 1 %'."""
    if share > 0.99:
        return "over 99 %"
    return "under 1 %" if share < 0.01 else f"{100 * share:.0f} %"
