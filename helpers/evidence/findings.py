"""Findings: every number that prose or memo quotes, under a documented name."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path

from helpers.evidence.estimate import Estimate

Value = Estimate | str


@dataclass(frozen=True)
class Entry:
    """One row of a case's dictionary of findings: its name, unit, meaning, and what a log must hold for it."""

    name: str
    unit: str
    needs: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Unanswered:
    """A finding that this log cannot give, and what it lacks for it."""

    name: str
    meaning: str
    lacks: tuple[str, ...]


def read_entries(path: Path) -> dict[str, Entry]:
    """The dictionary of findings in a CSV file (name, unit, needs, meaning), by name; `needs` are words apart by spaces."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["name"]: Entry(row["name"], row["unit"], tuple(row["needs"].split()), row["meaning"]) for row in rows}


class Findings(Mapping[str, Value]):
    """The findings of one run: estimates and short texts by documented name, in the order they were recorded.

    entries: the case's dictionary. capabilities: what the log can bear (names as in the dictionary's `needs`).
    Reading a name that was not recorded raises KeyError.
    """

    def __init__(self, entries: Mapping[str, Entry], capabilities: frozenset[str]):
        self.entries, self.capabilities = entries, capabilities
        self._values: dict[str, Value] = {}

    def record(self, name: str, value: Value) -> None:
        """Keep `value` as the finding `name`. Raises KeyError for a name that the dictionary does not document."""
        if name not in self.entries:
            raise KeyError(f"finding '{name}' is not in the dictionary of findings")
        self._values[name] = value

    def lacks(self, name: str) -> tuple[str, ...]:
        """What this log would have to hold, and doesn't, for the finding `name`."""
        return tuple(need for need in self.entries[name].needs if need not in self.capabilities)

    def unanswered(self) -> list[Unanswered]:
        """All documented findings whose needs this log does not meet."""
        gaps = ((entry, self.lacks(name)) for name, entry in self.entries.items())
        return [Unanswered(entry.name, entry.meaning, lacks) for entry, lacks in gaps if lacks]

    def records(self) -> list[dict]:
        """The findings as plain dictionaries for JSON: name, value, low, high, unit, basis, method, level, meaning."""
        return [{"name": name, **_plain(value), "meaning": self.entries[name].meaning} for name, value in self._values.items()]

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _plain(value: Value) -> dict:
    """JSON has no NaN or infinity: where a number is not finite it becomes None, and the text says why."""
    if isinstance(value, str):
        return {"value": value, "unit": "text"}
    fields = asdict(value)
    return {key: None if isinstance(part, float) and not isfinite(part) else part for key, part in fields.items()}
