"""The log that bears on a request, whatever it is: rows that begin, and may end, belong to a case or a cluster, and hold an amount."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers.intake.cells.typed import typed
from helpers.intake.cells.zones import known_zone
from helpers.intake.checks.report import CheckReport, check
from helpers.intake.columns.log_source import LogSource, open_log
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.dictionary import read_dictionary
from helpers.intake.privacy.guard import guarded
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.refusal import Refusal

ROLES = ("start", "end", "case", "cluster", "amount")
FEW_VALUES = 12  # a column with at most so many different values can be told apart by them


@dataclass(frozen=True)
class OwnLog:
    """A log in our names (start in UTC; end, case, cluster, amount where mapped; all other columns as text).

    share_of: column -> the values that count. time_zone: in which months are meant. report: its flaws, counted. source: the file's name.
    """

    rows: pd.DataFrame
    share_of: Mapping[str, tuple[str, ...]]
    time_zone: str
    report: CheckReport
    source: str
    roles: Mapping[str, str] = field(default_factory=dict)

    @property
    def capabilities(self) -> frozenset[str]:
        """What a finding may need, out of log, column, amount, cluster, ends."""
        has = {"amount": "amount" in self.rows, "cluster": "cluster" in self.rows, "ends": "end" in self.rows, "column": bool(self.share_of)}
        return frozenset({"log"} | {name for name, there in has.items() if there})

    @property
    def clusters(self) -> pd.Series:
        """What rows that resemble each other share: the cluster, else the case, else each row by itself; blanks by themselves."""
        column = next((name for name in ("cluster", "case") if name in self.rows), None)
        alone = pd.Series(range(len(self.rows)), index=self.rows.index).map("row {}".format)
        return alone if column is None else self.rows[column].fillna(alone)

    @property
    def columns_with_few_values(self) -> list[str]:
        """Text columns whose rows can be told apart by their values."""
        text = [name for name in self.rows if name not in ROLES]
        return [name for name in text if 2 <= self.rows[name].nunique() <= FEW_VALUES]


def load_log(path: str | Path, source: LogSource = LogSource(), share_of: Mapping[str, tuple[str, ...]] | None = None, pseudonyms: Pseudonyms | None = None) -> OwnLog:
    """The log in a file or database. source: how it is to be read; pseudonyms: what ids of cases and clusters become (None: they stay).

    Raises Refusal in words where it can't be read so, or holds no such column or value.
    """
    known_zone(source.time_zone)
    opened = open_log(path, source, "own")
    table, source = opened.table, opened.source
    rows = typed(table, read_dictionary("own"), "events", source.conventions)
    by_name = {theirs: ours for ours, theirs in table.mapping.items()}
    counted = {by_name.get(column, column): values for column, values in (share_of or {}).items()}
    for column, values in counted.items():
        _check_values(rows.frame, column, values, table.name)
    frame, guards = guarded(rows.frame, ("case", "cluster"), (*ROLES, *counted), pseudonyms) if pseudonyms else (rows.frame, ())
    report = check(table, rows, "start", ("case", "cluster"), source.time_zone).also(notes=guards)
    return OwnLog(frame, counted, source.time_zone, report, table.name, table.mapping)


def _check_values(frame: pd.DataFrame, column: str, values: tuple[str, ...], file: str) -> None:
    if column not in frame:
        raise Refusal(f"there is no column '{column}'", f"{file}, share_of", f"the columns are: {', '.join(frame)}")
    there = frame[column].dropna().unique()
    lost = [value for value in values if value not in there]
    if lost or not values:
        some = ", ".join(map(str, there[:FEW_VALUES]))
        raise Refusal(f"no row has '{lost[0] if lost else ''}' in it", f"{file}, column '{column}'", f"the values are: {some}")


def share_asked(text: str) -> dict[str, tuple[str, ...]]:
    """A column and its values that count, from 'state: returned | lost'."""
    return {column: tuple(value.strip() for value in values.split("|")) for column, values in read_mapping(text, "share_of").items()}
