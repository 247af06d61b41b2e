"""Exhibits of a brief: three small tables that tell nothing yet of the outcome, and the words one needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from helpers.lesson import words
from helpers.lesson.table import Table

Row = tuple[str, str]


@dataclass(frozen=True)
class Exhibits:
    """Tables by their captions, each with rows (what, how much), and a glossary."""

    tables: Mapping[str, Sequence[Row]]
    glossary: Mapping[str, str]

    def _repr_html_(self) -> str:
        listed = "".join(f"<dt><b>{escape(word)}</b></dt><dd>{escape(meaning)}</dd>" for word, meaning in self.glossary.items())
        return "".join(table._repr_html_() for table in self._tables()) + f"<details><summary>Words used here</summary><dl>{listed}</dl></details>"

    def __repr__(self) -> str:
        return "\n\n".join([*map(repr, self._tables()), *(f"{word}: {meaning}" for word, meaning in self.glossary.items())])

    def _tables(self) -> list[Table]:
        return [Table(pd.DataFrame(rows, columns=["What", "How much"]), f"Exhibit {number}. {caption}") for number, (caption, rows) in enumerate(self.tables.items(), 1)]


def believed(values: Mapping[str, object], name: str, unit: str, after: str = "") -> str:
    """A range that is believed with 80 %, in words."""
    low, high = (words.number(float(values[f"{name}_{end}"]), unit) for end in ("low", "high"))
    return f"{low} to {high.removeprefix('CNY ')}{after}"
