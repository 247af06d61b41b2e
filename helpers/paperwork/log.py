"""The log of an office: one row per handling, whatever names and stages the export used.

The canonical frame (OfficeLog.handlings), in order of time; columns marked * are there only where the log has them:
    case        text   the client served
    activity    text   what was done, by the log's own name
    step        text   the activity once renamed second passes are declared the same (see `aliased`)
    document *  text   the kind of document; missing for work on the case as a whole
    kind *      text   kind of work: explain, send, manage, feedback, review, ... (free words; these four are communication)
    party *     text   "clerk" or "client": whose time it took
    resource *  text   who did it
    start *     time   UTC; missing where the log lost it
    end         time   UTC; missing where the handling wasn't finished; in a log with one time a row, that time
Index: 0, 1, 2, ... Row order: case by case isn't guaranteed; by start (by end where there is none), ties as in the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.typed import ROWS_NAMED, SetAside, Typed, typed
from helpers.intake.checks.report import CheckReport, check
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.dictionary import read_dictionary
from helpers.intake.places import DATA
from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Table
from helpers.intake.refusal import Refusal
from helpers.paperwork.lifecycle import paired

SHIPPED = DATA / "paperwork" / "events.csv"
COLUMNS = ("case", "activity", "step", "document", "kind", "party", "resource", "start", "end")
XES = {
    "case:concept:name": "case",
    "concept:name": "activity",
    "time:timestamp": "time",
    "start_timestamp": "start",
    "org:resource": "resource",
    "lifecycle:transition": "lifecycle",
    "concept:instance": "instance",
}
COMMUNICATION = ("explain", "send", "manage", "feedback")
CAPABILITIES = ("touch_time", "document", "party", "kind", "resource", "closing")


@dataclass(frozen=True)
class OfficeLog:
    """A log that has been read and checked.

    handlings: the canonical frame. capabilities: which of CAPABILITIES the log has. closing, withdrawing: activities that end a case, well or
    by giving up. check: its flaws, counted. source: where it was read. time_zone: in which its days are read. last: the log's last moment.
    """

    handlings: pd.DataFrame
    capabilities: frozenset[str]
    check: CheckReport
    source: str
    time_zone: str
    closing: tuple[str, ...] = ()
    withdrawing: tuple[str, ...] = ()

    def has(self, *capabilities: str) -> bool:
        """Whether the log has all these capabilities."""
        return set(capabilities) <= self.capabilities

    @property
    def item(self) -> list[str]:
        """The columns that name one piece of paper on its way: case and, where the log has it, document."""
        return ["case", "document"] if self.has("document") else ["case"]

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """Whole numbers in place of words, for quick grouping: of each handling's case, item, and item and step together.

        Work on the case as a whole is an item of its own.
        """
        case, document, step = (self._coded(name) for name in ("case", "document", "step"))
        item = case * (document.max() + 1) + document
        return pd.DataFrame({"case": case, "item": item, "item_step": item * (step.max() + 1) + step})

    def _coded(self, column: str) -> np.ndarray:
        """A number from 0 for each word in a column, 0 where it is missing or the log has no such column."""
        frame = self.handlings
        return pd.factorize(frame[column])[0] + 1 if column in frame else np.zeros(len(frame), dtype=np.int64)

    @property
    def last(self) -> pd.Timestamp:
        """The latest moment in the log: what is open then is open as far as anyone knows."""
        return self.handlings[[column for column in ("start", "end") if column in self.handlings]].max().max()


def load_log(
    path: str | Path | None = None,
    column_map: str | Mapping[str, str] = "",
    time_zone: str = "Asia/Shanghai",
    aliases: str | Mapping[str, str] = "",
    kinds: str | Mapping[str, str] = "",
    client_activities: Iterable[str] = (),
    closing: Iterable[str] | None = None,
    withdrawing: Iterable[str] | None = None,
) -> OfficeLog:
    """The log in a CSV file (None: the shipped one), in canonical form.

    column_map: canonical name -> the file's column ("case: patient, activity: handling, time: time"); XES names are known without it.
    time_zone: of times written without an offset. aliases: renamed activity -> its first name. kinds: activity -> kind of work, and
    client_activities: those that take the client's time, for logs without such columns. closing, withdrawing: activities that end a case;
    by default those of kind "close" and "withdraw". Raises Refusal naming file, row, column and remedy.
    """
    path = Path(path) if path else SHIPPED
    table = _under_known_names(read_table(path, read_mapping(column_map)))
    checked = typed(table, read_dictionary("paperwork"), "events", Conventions(time_zone))
    rows, odd = _plausible(checked.frame, table)
    rows, notes = _with_start_and_end(rows)
    report = _report(table, checked, odd, notes, time_zone)
    rows = _with_words(rows, read_mapping(kinds, "kinds"), tuple(client_activities), path.name)
    frame = _in_order(rows.assign(step=rows["activity"]))
    ends = _ends(frame, "close", closing, path.name), _ends(frame, "withdraw", withdrawing, path.name)
    log = OfficeLog(frame, _capabilities(frame, ends[0]), report, path.name, time_zone, *ends)
    return aliased(log, aliases) if aliases else log


def aliased(log: OfficeLog, aliases: str | Mapping[str, str]) -> OfficeLog:
    """The same log with renamed second passes declared the same step ("review again: review"). Raises Refusal for a name that isn't in the log."""
    names = read_mapping(aliases, "aliases")
    unknown = sorted(set(names) - set(log.handlings["activity"].unique()))
    if unknown:
        raise Refusal(f"no activity is called '{unknown[0]}'", "aliases", f"the log has: {_some(log.handlings['activity'])}")
    return replace(log, handlings=log.handlings.assign(step=log.handlings["activity"].replace(names)))


def _under_known_names(table: Table) -> Table:
    """The table with XES names turned into ours, where the mapping hasn't said otherwise."""
    known = {theirs: ours for theirs, ours in XES.items() if theirs in table.frame and ours not in table.frame}
    return replace(table, frame=table.frame.rename(columns=known), mapping={**(table.mapping or {}), **{o: t for t, o in known.items()}})


def _plausible(rows: pd.DataFrame, table: Table) -> tuple[pd.DataFrame, tuple[SetAside, ...]]:
    """The rows that happened at some time and didn't end before they began, and those set aside."""
    times = [column for column in ("time", "start", "end") if column in rows]
    if not times:
        raise Refusal("there is no column of times", table.path.name, "map time, or start and end")
    reasons = {"no time": rows[times].isna().all(axis=1).to_numpy()}
    if "start" in rows:
        ends = rows["end"] if "end" in rows else rows.get("time", rows["start"])
        reasons["end before start"] = (ends < rows["start"]).to_numpy()
    aside = tuple(SetAside(why, int(mask.sum()), tuple(map(int, rows.index[mask][:ROWS_NAMED]))) for why, mask in reasons.items() if mask.any())
    return rows[~np.any(list(reasons.values()), axis=0)], aside


def _with_start_and_end(rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows with `end` and, where the log has it, `start`; lifecycle rows paired; and notes on it."""
    if "time" in rows and "lifecycle" in rows and rows["lifecycle"].str.lower().isin(["start"]).any():
        return paired(rows)
    if "end" not in rows:
        rows = rows.rename(columns={"time" if "time" in rows else "start": "end"})
    return rows, () if "start" in rows else ("one time a row: touch time and waiting can't be told apart",)


def _report(table: Table, checked: Typed, odd: tuple[SetAside, ...], notes: tuple[str, ...], time_zone: str) -> CheckReport:
    time = next((column for column in ("time", "start", "end") if column in checked.frame), None)
    report = check(table, checked, time, ("resource",), time_zone)
    lost = sum(reason.count for reason in odd)
    return replace(report, rows_kept=report.rows_kept - lost, set_aside=report.set_aside + odd, notes=report.notes + notes)


def _with_words(rows: pd.DataFrame, kinds: dict[str, str], client_activities: tuple[str, ...], name: str) -> pd.DataFrame:
    """Kind and party as the caller says, where the log doesn't; party in lower case, only "clerk" and "client"."""
    if kinds:
        rows = rows.assign(kind=rows["activity"].map(kinds))
    if client_activities:
        rows = rows.assign(party=np.where(rows["activity"].isin(client_activities), "client", "clerk"))
    if "party" in rows:
        rows = rows.assign(party=rows["party"].str.lower())
        others = set(rows["party"].dropna().unique()) - {"clerk", "client"}
        if others:
            raise Refusal(f"party '{min(others)}' is neither clerk nor client", name, "write clerk or client, or name the clients' activities")
    return rows


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Canonical columns only, in order of start (of end where there is none)."""
    moment = rows["start"].fillna(rows["end"]) if "start" in rows else rows["end"]
    order = np.argsort(moment.to_numpy("datetime64[us]"), kind="stable")  # as plain numbers: a zone would make each an object
    return rows[[column for column in COLUMNS if column in rows]].iloc[order].reset_index(drop=True)


def _ends(frame: pd.DataFrame, kind: str, named: Iterable[str] | None, name: str) -> tuple[str, ...]:
    """The activities that end a case: as named, or all of that kind."""
    if named is None:
        return tuple(sorted(frame.loc[frame["kind"] == kind, "activity"].unique())) if "kind" in frame else ()
    unknown = sorted(set(named) - set(frame["activity"].unique()))
    if unknown:
        raise Refusal(f"no activity is called '{unknown[0]}'", name, f"the log has: {_some(frame['activity'])}")
    return tuple(named)


def _capabilities(frame: pd.DataFrame, closing: tuple[str, ...]) -> frozenset[str]:
    there = {column for column in ("document", "party", "kind", "resource") if column in frame and frame[column].notna().any()}
    touch = {"touch_time"} if "start" in frame and (frame["start"].notna() & frame["end"].notna()).any() else set()
    return frozenset(there | touch | ({"closing"} if closing else set()))


def _some(names: pd.Series, most: int = 12) -> str:
    unique = sorted(names.unique())
    return ", ".join(unique[:most]) + (", ..." if len(unique) > most else "")
