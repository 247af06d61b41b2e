"""Names under which other programs know our columns and events, in English, Chinese, and the event-log standard XES."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from helpers.intake.places import DATA

Names = Mapping[str, tuple[str, ...]]
MOST, LONGEST = 1 << 16, 40  # names that are remembered; words of a name that are looked at


def known_names(case: str, part: str, folder: Path = DATA) -> dict[str, tuple[str, ...]]:
    """Our names -> all names known for each, in their plain form; part: "column" or "event" (in the paperwork case: kinds of work)."""
    with open(folder / case / "names.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] == part]
    return {row["ours"]: tuple(dict.fromkeys(plain(name) for name in (row["ours"], *row["theirs"].split("|")))) for row in rows}


@lru_cache(MOST)
def plain(name: str) -> str:
    """A name as it is compared: half-width, lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).lower())


def ours_of(name: str, known: Names) -> tuple[str, ...]:
    """Those of our names that a name is known to stand for."""
    return tuple(ours for ours, names in known.items() if plain(name) in names)


def ours_within(name: str, known: Names) -> tuple[str, ...]:
    """Those of our names of which a known name is part of this one, the longest part first: '客户转发' holds '转发', 'share_request' holds 'share'."""
    found = {ours: longest_within(name, names) for ours, names in known.items()}
    return tuple(sorted((ours for ours, length in found.items() if length), key=lambda ours: -found[ours]))


def longest_within(name: str, names: Iterable[str]) -> int:
    """The length of the longest of these names that is a word of `name` (English) or a part of it (Chinese), 0 where none is."""
    whole, runs = plain(name), _runs(name)
    return max((len(each) for each in names if (len(each) > 2 and each in runs if each.isascii() else each in whole)), default=0)


@lru_cache(MOST)
def _runs(name: str) -> frozenset[str]:
    """The words of a name, and what neighbouring ones make together."""
    words = [plain(word) for word in re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", name)[:LONGEST] if plain(word)]
    return frozenset("".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
