"""The log of an office read and checked, whatever it was exported from: by its own form (see office_log)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.intake.cells.conventions import quoted
from helpers.intake.cells.typed import ROWS_NAMED, SetAside, Typed, typed
from helpers.intake.checks.duplicates import without_repeats
from helpers.intake.checks.people import taken_for_nobody
from helpers.intake.checks.report import CheckReport, check
from helpers.intake.columns.log_source import LogSource, open_log
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.columns.names import known_names
from helpers.intake.columns.proposal import as_text, propose_words
from helpers.intake.dictionary import read_dictionary
from helpers.intake.engine.sources import is_large
from helpers.intake.places import DATA
from helpers.intake.privacy.guard import guarded
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.reading.table import Table
from helpers.intake.refusal import Refusal
from helpers.paperwork.big_log import load_big_log
from helpers.paperwork.flaws import odd_office_log
from helpers.paperwork.lifecycle import paired
from helpers.paperwork.office_log import COLUMNS, TIMES, OfficeLog

SHIPPED = DATA / "paperwork" / "events.csv"
PEOPLE = ("case", "resource")


def load_log(
    path: str | Path | None = None,
    column_map: str | Mapping[str, str] = "",
    time_zone: str = "",
    aliases: str | Mapping[str, str] = "",
    kinds: str | Mapping[str, str] = "",
    client_activities: Iterable[str] = (),
    closing: Iterable[str] | None = None,
    withdrawing: Iterable[str] | None = None,
    how: LogSource = LogSource(),
    pseudonyms: Pseudonyms | None = None,
    in_memory: bool = False,
) -> OfficeLog:
    """The log in a file or database (None: the shipped one), in canonical form.

    column_map: canonical name -> the log's column ("case: patient, activity: handling, time: time"); without it the mapping file beside the log
    holds, or else columns go by names that are known, those of XES among them. time_zone: of times written without an offset. aliases: renamed
    activity -> its first name. kinds: activity -> kind of work, and client_activities: those that take the client's time, for logs without such
    columns. closing, withdrawing: activities that end a case; by default those of kind "close" and "withdraw". how: what else there is to say on
    reading the log. pseudonyms: what cases' and clerks' ids become (None: they stay). in_memory: whether even a
    large log is loaded whole. Raises Refusal naming file, row, column and remedy.
    """
    source = replace(how, column_map=column_map or how.column_map, time_zone=time_zone or how.time_zone)
    if path and is_large(path) and not in_memory:
        return load_big_log(path, source, aliases, lambda sample, read: load_log(sample, "", "", aliases, kinds, client_activities, closing, withdrawing, read, pseudonyms, True))
    opened = open_log(path or SHIPPED, source, "paperwork", TIMES, shipped=not path)
    table, source = opened.table, opened.source
    checked, twice = without_repeats(typed(table, read_dictionary("paperwork"), "events", source.conventions), table)
    shown, guards = guarded(_with_nobody(checked.frame, source.nobody), PEOPLE, COLUMNS, pseudonyms) if path else (checked.frame, ())
    rows, odd = _plausible(shown, table)
    rows, notes = _with_start_and_end(rows)
    named, said = _with_words(rows, read_mapping(kinds or opened.file.kinds, "kinds"), tuple(client_activities), table.name)
    frame = _in_order(named.assign(step=named["activity"]))
    look = partial(odd_office_log, _with_nobody(checked.frame, source.nobody), frame, bool(path))
    report = _report(table, checked, odd, source.time_zone).also(twice, look, notes=(*notes, *said, *guards))
    ends = _ends(frame, "close", closing, table.name), _ends(frame, "withdraw", withdrawing, table.name)
    log = OfficeLog(frame, _capabilities(frame, ends[0]), report, table.name, source.time_zone, *ends)
    return aliased(log, aliases) if aliases else log


def _with_nobody(rows: pd.DataFrame, nobody: str) -> pd.DataFrame:
    return rows.assign(resource=taken_for_nobody(rows["resource"], nobody)) if "resource" in rows else rows


def aliased(log: OfficeLog, aliases: str | Mapping[str, str]) -> OfficeLog:
    """The same log with renamed second passes declared the same step ("review again: review"). Raises Refusal for a name that isn't in the log."""
    names = read_mapping(aliases, "aliases")
    unknown = sorted(set(names) - set(log.handlings["activity"].unique()))
    if unknown:
        raise Refusal(f"no activity is called '{unknown[0]}'", "aliases", f"the log has: {_some(log.handlings['activity'])}")
    return replace(log, handlings=log.handlings.assign(step=log.handlings["activity"].replace(names)))


def _plausible(rows: pd.DataFrame, table: Table) -> tuple[pd.DataFrame, tuple[SetAside, ...]]:
    """The rows that happened at some time and didn't end before they began, and those set aside."""
    times = [column for column in TIMES if column in rows]
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


def _report(table: Table, checked: Typed, odd: tuple[SetAside, ...], time_zone: str) -> CheckReport:
    time = next((column for column in TIMES if column in checked.frame), None)
    report = check(table, checked, time, ("resource",), time_zone, who="case")
    lost = sum(reason.count for reason in odd)
    return replace(report, rows_kept=report.rows_kept - lost, set_aside=report.set_aside + odd)


def _with_words(rows: pd.DataFrame, kinds: dict[str, str], client_activities: tuple[str, ...], name: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Kind and party as the caller says, where the log doesn't, and notes on what is known by name; party in lower case, only "clerk" and "client"."""
    kinds, notes = (kinds, ()) if kinds or "kind" in rows else _known_kinds(rows["activity"].unique().tolist())
    notes = notes if not client_activities and "party" not in rows else notes[:1]
    if kinds:
        rows = rows.assign(kind=rows["activity"].map(kinds))
    if client_activities:
        rows = rows.assign(party=np.where(rows["activity"].isin(client_activities), "client", "clerk"))
    if "party" in rows:
        rows = rows.assign(party=rows["party"].str.lower())
        others = set(rows["party"].dropna().unique()) - {"clerk", "client"}
        if others:
            raise Refusal(f"party {quoted(min(others))} is neither clerk nor client", name, "write clerk or client, or name the clients' activities")
    return rows, notes


def _known_kinds(activities: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Activity -> kind of work where every activity is known by name, and a note; otherwise only a note on what they could be."""
    proposal = propose_words(activities, known_names("paperwork", "event"))
    kinds = {pair.theirs: pair.ours for pair in proposal.pairs}
    if not kinds:
        return {}, ()
    if len(kinds) == len(activities) and all(pair.certain for pair in proposal.pairs):
        return kinds, (f"kinds of work by names that are known: {as_text(kinds)}", *_theirs(kinds))
    return {}, (f"kinds of work could be said by the parameter kinds; not used, but perhaps: {as_text(kinds)}",)


def _theirs(kinds: dict[str, str]) -> tuple[str, ...]:
    """What is usually the client's own work, as a proposal."""
    own = [activity for activity, kind in kinds.items() if kind in ("prepare", "correct")]
    return (f"whose work it is could be said by a party column or the parameter client_activities; not used, but perhaps: {', '.join(own)}",) if own else ()


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
    there -= {"party"} if "party" in there and not (frame["party"] == "clerk").any() else set()  # whose time, if not the clerks'?
    touch = {"touch_time"} if "start" in frame and (frame["start"].notna() & frame["end"].notna()).any() else set()
    return frozenset(there | touch | ({"closing"} if closing else set()))


def _some(names: pd.Series, most: int = 12) -> str:
    unique = sorted(names.unique())
    return ", ".join(unique[:most]) + (", ..." if len(unique) > most else "")
