"""Which row of a sheet names its columns: the first, one further down below a title, or none."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from helpers.intake.refusal import Refusal

LOOKED_AT = 50  # rows among which the header is looked for
DATA = (
    r"[-+]?[¥$€£]?[\d.,' ]*\d[\d.,]*\s*%?",  # a number
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*",  # a date, with or without a time
    r"\d{4}年.*|\d{1,2}:\d\d.*|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}.*",
    r"true|false",
)
LOOKS_LIKE_DATA = re.compile("|".join(f"(?:{form})" for form in DATA), re.IGNORECASE)

Row = tuple[int, Sequence[str]]  # its number in the sheet and its cells as text


@dataclass(frozen=True)
class Header:
    """Where a table begins: its first row, whether that row names the columns, and what was passed over above it, in words."""

    row: int
    names: bool
    notes: tuple[str, ...]


def find_header(rows: Sequence[Row], wanted: Collection[str], asked: str, name: str) -> Header:
    """The header among a sheet's first rows that aren't blank.

    wanted: the columns that a mapping names. asked: "auto", "none" or the row's number. Raises Refusal where that is none of them or isn't there.
    """
    if asked not in ("auto", "none"):
        return _asked_for(rows, asked, name)
    begin = _first_full(rows) if asked == "none" else _naming(rows, set(wanted))
    names = asked == "auto" and begin is not None
    row = rows[_first_full(rows) if begin is None else begin][0]
    said = f"row {row} names the columns" if names else "no header: columns go by position"
    passed = [number for number, _ in rows if number < row]
    return Header(row, names, (said.replace("row 1 names", "the first row names"), *_passed_over(passed)))


def _asked_for(rows: Sequence[Row], asked: str, name: str) -> Header:
    if not asked.isdigit() or int(asked) < 1:
        raise Refusal(f"'{asked}' is no row", "header", "give the row that names the columns, such as 3, or none, or auto")
    if int(asked) not in [number for number, _ in rows]:
        raise Refusal(f"row {asked} is blank or isn't there, so it can't name the columns", name, "give the row that names them, or auto")
    return Header(int(asked), True, (f"row {asked} names the columns",))


def _passed_over(rows: list[int]) -> list[str]:
    if not rows:
        return []
    which = f"row {rows[0]}" if len(rows) == 1 else f"rows {rows[0]} to {rows[-1]}"
    return [f"{which} above the table passed over"]


def filled(cells: Sequence[str]) -> int:
    """How many of these cells hold something."""
    return sum(bool(tidy(cell)) for cell in cells)


def looks_like_data(cell: str) -> bool:
    """Whether a cell is a number, a date, a time or a yes/no, which no header is."""
    return bool(LOOKS_LIKE_DATA.fullmatch(cell.strip()))


def _first_full(rows: Sequence[Row]) -> int:
    """The first row that is at least half as full as the fullest: titles above a table are shorter."""
    most = max(filled(cells) for _, cells in rows)
    return next(place for place, (_, cells) in enumerate(rows) if filled(cells) * 2 >= most)


def _naming(rows: Sequence[Row], wanted: set[str]) -> int | None:
    """The row that names the columns: the one that holds all wanted names, else the fullest row of words only above the first row of data."""
    if wanted and not all(column.isdigit() for column in wanted):
        for place, (_, cells) in enumerate(rows):
            if wanted <= {tidy(cell) for cell in cells}:
                return place
    most, usual = max(filled(cells) for _, cells in rows), _usual_width(rows)
    above = []
    for place, (_, cells) in enumerate(rows):
        full = filled(cells) >= 0.6 * most and _width(cells) >= usual
        if any(looks_like_data(cell) for cell in cells):
            if full:
                break
        elif full:
            above.append(place)
    return max(above, key=lambda place: filled(rows[place][1]), default=None)


def _width(cells: Sequence[str]) -> int:
    """How many cells there are up to the last that holds something."""
    return max((place for place, cell in enumerate(cells, 1) if tidy(cell)), default=0)


def _usual_width(rows: Sequence[Row]) -> int:
    counts = Counter(_width(cells) for _, cells in rows)
    return max(counts, key=lambda width: (counts[width], width))


def tidy(cell: str) -> str:
    """A column's name without line breaks, doubled, no-break or outer spaces."""
    return " ".join(cell.replace("\ufeff", "").split())
