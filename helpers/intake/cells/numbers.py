"""Numbers in a text column: thousands separators, decimal point or comma, percent signs, full-width digits."""

import re
import unicodedata

import numpy as np
import pandas as pd

from helpers.intake.cells.conventions import Conventions, Place, Read, counted, quoted, row_of
from helpers.intake.refusal import Refusal

YES_NO = {word: True for word in "1 yes true y t 是 有 真 √ ✓".split()} | {word: False for word in "0 no false n f 否 无 没有 假 × ✗".split()}
CURRENCY = re.compile(r"^(?:cny|rmb|usd|eur|¥|€|\$|£)\s*|\s*(?:cny|rmb|usd|eur|元|¥|€|\$|£)$", re.IGNORECASE)
SPACES = re.compile(r"(?<=\d)[\s']+(?=\d{3}(?!\d))")
SCALES = {"万": 1e4, "亿": 1e8}
COULD_BE_EITHER = re.compile(r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$")
GROUPED = re.compile(r"^[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})+$")
ASK = "say with the parameter decimal_mark what stands before the decimals: point or comma"


def read_numbers(text: pd.Series, kind: str, conventions: Conventions = Conventions(), place: Place = row_of) -> Read:
    """Numbers of a text column, missing where the text is blank or no number, and what was decided.

    kind: "number" (float), "integer" (Int64) or "yes/no" (boolean). Read are 1,234.50 and 1.234,50 (which of the two by the whole column),
    1 234, 12 %, (1,234) for less than nothing, CNY 30, 1.2万. Raises Refusal, which asks, where a column such as "1.234" doesn't tell.
    """
    if kind == "yes/no":
        return Read(text.str.lower().map(YES_NO).astype("boolean"))
    plain = pd.to_numeric(text, errors="coerce")
    if conventions.decimal_mark != "comma" and plain.notna().sum() == text.notna().sum() and not _might_be_grouped(text):
        return Read(_as_kind(plain, kind))
    cells = text.dropna().map(_plain)
    mark, why = _decimal_mark(cells, kind, conventions.decimal_mark, place)
    values = cells.map(lambda cell: _value(cell, mark)).reindex(text.index).astype(float)
    signs = cells.str.endswith("%")
    percent = (f"{counted(signs.sum(), 'cell')} with a percent sign divided by 100",) if signs.any() else ()
    return Read(_as_kind(values, kind), (*((f"decimal {mark}, {why}",) if why else ()), *percent))


def _might_be_grouped(text: pd.Series) -> bool:
    """Whether every cell with a point could as well be a number in thousands ("6.125")."""
    pointed = text[text.str.contains(".", regex=False).fillna(False).astype(bool)]
    return len(pointed) > 0 and bool(pointed.str.fullmatch(COULD_BE_EITHER.pattern[1:-1]).all())


def _as_kind(numbers: pd.Series, kind: str) -> pd.Series:
    numbers = numbers.astype(float)
    numbers = numbers.where(np.isfinite(numbers))
    whole = (numbers == numbers.round()) & (numbers.abs() < 2**53)
    return numbers.where(whole).astype("Int64") if kind == "integer" else numbers


def _plain(cell: str) -> str:
    """A cell in plain letters, without currency and the spaces between thousands; (1,234) is -1,234."""
    cell = unicodedata.normalize("NFKC", cell).strip().replace("−", "-")
    cell = SPACES.sub("", CURRENCY.sub("", cell))
    return f"-{cell[1:-1]}" if cell.startswith("(") and cell.endswith(")") else cell


def _decimal_mark(cells: pd.Series, kind: str, said: str, place: Place) -> tuple[str, str]:
    """"point" or "comma", and why; "" for why where there is nothing to tell."""
    if said != "auto":
        return said, "as the parameter decimal_mark says"
    bare = cells.str.rstrip("%万亿 ")
    shown = {mark: cells[bare.map(shows).astype(bool)] for mark, shows in (("comma", _shows_comma), ("point", _shows_point))}
    if all(len(found) for found in shown.values()):
        comma, point = shown.values()
        raise Refusal(f"{quoted(comma.iloc[0])} has a decimal comma, but {quoted(point.iloc[0])} in row {point.index[0]} a point", place(comma.index[0]), ASK)
    for mark, found in shown.items():
        if len(found):
            return mark, f"as row {found.index[0]} shows: {quoted(found.iloc[0])}"
    unsure = cells[bare.str.fullmatch(COULD_BE_EITHER.pattern[1:-1])]
    if unsure.empty:
        return "point", ""
    if kind == "integer":  # a whole number has no decimals: what looks like them are thousands
        return ("comma" if "." in unsure.iloc[0] else "point"), "since the numbers are whole"
    few, many = _value(unsure.iloc[0].replace(",", "."), "point"), _value(unsure.iloc[0].replace(".", ","), "point")
    raise Refusal(f"{quoted(unsure.iloc[0])} can be {few:g} or {many:,.0f}, and no number in the column tells which", place(unsure.index[0]), ASK)


def _shows_comma(cell: str) -> bool:
    return _is_decimal(cell, ",") or _grouped_by(cell) == "."


def _shows_point(cell: str) -> bool:
    return _is_decimal(cell, ".") or _grouped_by(cell) == ","


def _is_decimal(cell: str, mark: str) -> bool:
    """Whether what follows the mark can only be decimals: it comes once and last, and three digits after 1 to 999 would be thousands."""
    other = {",": ".", ".": ","}[mark]
    last = cell.rfind(mark) > cell.rfind(other)
    return cell.count(mark) == 1 and last and not COULD_BE_EITHER.match(cell)


def _grouped_by(cell: str) -> str:
    found = GROUPED.match(cell)
    return found[1] if found else ""


def _value(cell: str, mark: str) -> float:
    """The number that a cell stands for; NaN where it is none, or its thousands don't come in threes."""
    percent, cell = cell.endswith("%"), cell.rstrip("% ")
    scale = SCALES.get(cell[-1:], 1.0)
    point, group = (".", ",") if mark == "point" else (",", ".")
    whole, _, rest = cell.rstrip("万亿 ").partition(point)
    if group in whole and not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
        return np.nan
    text = whole.replace(group, "") + (f".{rest}" if rest else "")
    if not re.fullmatch(r"[+-]?\d*(?:\.?\d+)?(?:[eE][+-]?\d+)?", text) or not re.search(r"\d", text):
        return np.nan
    return float(text) * scale / (100 if percent else 1)
