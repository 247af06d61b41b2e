"""The log of case 1 in one form, whatever it was exported from, and what it can bear."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

import narwhals as nw
import pandas as pd

from helpers.intake.cells.typed import ROWS_NAMED, SetAside, Typed, typed
from helpers.intake.cells.zones import known_zone
from helpers.intake.checks.duplicates import without_repeats
from helpers.intake.checks.people import taken_for_nobody
from helpers.intake.checks.report import CheckReport, check
from helpers.intake.columns.log_source import LogSource, open_log
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.columns.names import known_names
from helpers.intake.columns.proposal import grouped, propose_words
from helpers.intake.dictionary import read_dictionary
from helpers.intake.engine.frames import frame_of, number_of_rows, small
from helpers.intake.engine.moments import span
from helpers.intake.engine.sources import is_large
from helpers.intake.places import DATA
from helpers.intake.privacy.guard import guarded
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options, Table
from helpers.intake.refusal import Refusal
from helpers.marketing.flaws import EVENTS, PEOPLE, odd_share_log

OPTIONAL = ("person", "article", "salesperson", "share", "parent_share", "topic", "channel")
SHIPPED, CUSTOMERS = DATA / "marketing" / "events.csv", DATA / "marketing" / "customers.csv"


@dataclass(frozen=True)
class ShareLog:
    """A log of publishing, reading, forwarding and registering.

    events: a pandas frame, or a log too large for one in its engine (see big_log): time (UTC; in an engine moment), person, event, article, salesperson, share, parent_share, topic, channel (all missing where the log has none),
    and row, the row in the sheet. customers: person and since (UTC), or None. capabilities: what the log holds, out of people,
    salespeople, articles, topics, channels, publishes, forwards, registrations, share_links, customer_dates.
    report: its flaws, counted. source: the file's name. time_zone: in which days and months are meant. pseudonyms: what stands for people's ids.
    """

    events: pd.DataFrame
    customers: pd.DataFrame | None
    capabilities: frozenset[str]
    report: CheckReport
    source: str
    time_zone: str
    pseudonyms: Pseudonyms | None = None

    @cached_property
    def _span(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        return span(frame_of(self.events))

    @cached_property
    def counted(self) -> tuple[dict[str, int], int, int]:
        """How many events there are of each kind, and how many people and salespeople are told apart."""
        events = frame_of(self.events)
        kinds = small(events.group_by("event").agg(nw.len().alias("rows")), "event")
        known = [number_of_rows(events.select(column).filter(~nw.col(column).is_null()).unique()) for column in PEOPLE]
        return dict(zip(kinds["event"], kinds["rows"].astype(int))), *known

    @property
    def start(self) -> pd.Timestamp:
        """The time of the first event."""
        return self._span[0]

    @property
    def end(self) -> pd.Timestamp:
        """The time of the last event."""
        return self._span[1]


def load_log(
    path: str | Path | None = None,
    column_map: str | Mapping[str, str] = "",
    event_map: str | Mapping[str, str] = "",
    time_zone: str = "",
    customers: str | Path | None = None,
    how: LogSource = LogSource(),
    pseudonyms: Pseudonyms | None = None,
) -> ShareLog:
    """The log in `path` (None or "": the shipped one, with its customers).

    column_map: our column -> the file's, as in "time: event_time, person: user_id"; event_map: our event -> the file's, as in
    "read: opened | viewed"; without them the mapping file beside the log holds, or else columns and events go by names that are known.
    time_zone: of times without an offset, and of months. customers: a table of person and customer_since. how: what else there is to say on
    reading the log. pseudonyms: what people's ids become (None: they stay). Raises Refusal where the file can't be read as such a log.
    """
    if path and is_large(path):
        from helpers.marketing.big_log import load_big_log  # which stands on this module

        own = replace(how, column_map=column_map or how.column_map, time_zone=time_zone or how.time_zone)
        return load_big_log(path, own, event_map, read_customers(customers, own) if customers else None, pseudonyms)
    source = replace(how, column_map=column_map or how.column_map, time_zone=time_zone or how.time_zone)
    opened = open_log(path or SHIPPED, source, "marketing", shipped=not path)
    source, zone = opened.source, opened.source.time_zone
    known_zone(zone)
    table = opened.table
    log, twice = without_repeats(typed(table, read_dictionary("marketing"), "events", source.conventions), table)
    log = name_events(log, table, event_map or opened.file.events)
    log = replace(log, frame=log.frame.assign(**{name: taken_for_nobody(log.frame[name], source.nobody) for name in PEOPLE if name in log.frame}))
    report = check(table, log, "time", PEOPLE, zone, who="person").also(twice, partial(odd_share_log, log.frame, own=bool(path)))
    shown, guards = guarded(log.frame, PEOPLE, (*OPTIONAL, "event"), pseudonyms) if path else (log.frame, ())
    events = canonical(shown)
    customers = customers if path else customers or CUSTOMERS
    people = read_customers(customers, replace(source, options=Options()), pseudonyms) if customers else None
    return ShareLog(events, people, capabilities(events, people), report.also(notes=guards), table.name, zone, pseudonyms)


def name_events(log: Typed, table: Table, event_map: str | Mapping[str, str]) -> Typed:
    """The log with its events under our names; rows with other events are set aside and counted.

    Without a mapping, events go by names that are known. Raises Refusal where the mapping names an event that is none of ours or never occurs,
    or no row is a read.
    """
    kinds = log.frame["event"].unique().tolist()
    ours, notes = our_names(read_mapping(event_map, "event mapping"), kinds, table.name)
    events = log.frame["event"].map(ours).astype(log.frame["event"].dtype)
    other = events.isna()
    aside = (*log.set_aside, *_others(log.frame["event"][other]))
    frame = log.frame.assign(event=events)
    return Typed(frame[~other] if other.any() else frame, log.rows_read, aside, (*log.notes, *notes))


def our_names(mapping: dict[str, str], kinds: list[str], file: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The file's events -> ours, and notes; an event of ours that the mapping doesn't name goes by its own name."""
    there = f"the events in it are: {', '.join(kinds[:12])}{', ...' if len(kinds) > 12 else ''}"
    names, notes = _known_events(kinds) if not mapping else ({event: event for event in EVENTS if event not in mapping}, ())
    for ours, theirs in mapping.items():
        if ours not in EVENTS:
            raise Refusal(f"'{ours}' is no event of this case", "event mapping", f"use some of: {', '.join(EVENTS)}")
        for word in (theirs,) if theirs in kinds else (part.strip() for part in theirs.split("|")):
            if word not in kinds:
                raise Refusal(f"no row has the event '{word}' (mapped to {ours})", file, there)
            names[word] = ours
    if not any(names.get(kind) == "read" for kind in kinds):
        proposal = grouped(propose_words(kinds, known_names("marketing", "event")))
        paste = f"if this is right, give it as event_map: {proposal}" if proposal else "map it, as in 'read: opened'"
        raise Refusal("no row is a read, and without reads there is no traffic", file, f"{paste}; {there}")
    return names, notes


def _known_events(kinds: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Events that are certain by name, and notes on those that aren't called as we call them."""
    proposal = propose_words(kinds, known_names("marketing", "event"))
    names = {pair.theirs: pair.ours for pair in proposal.pairs if pair.certain}
    return names, tuple(f"event '{theirs}' taken for {ours}: its name is known" for theirs, ours in names.items() if theirs != ours)


def _others(events: pd.Series) -> list[SetAside]:
    return [SetAside(f"another event: {name}", len(rows), tuple(rows.index[:ROWS_NAMED].tolist())) for name, rows in events.groupby(events)]


def canonical(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of a log in order, absent ones as missing text, and the sheet row as a column of its own."""
    absent = {name: pd.Series(pd.NA, index=frame.index, dtype=frame["event"].dtype) for name in OPTIONAL if name not in frame}
    columns = ["time", "event", *OPTIONAL]
    return frame.assign(**absent)[columns].assign(row=frame.index).reset_index(drop=True)


def read_customers(path: str | Path, source: LogSource, pseudonyms: Pseudonyms | None = None) -> pd.DataFrame:
    """Customers and the time since which they are one: person, since (UTC); the earliest where a person is there twice."""
    table = read_table(path, options=source.options)
    frame = typed(table, read_dictionary("marketing"), "customers", source.conventions).frame
    frame = pseudonyms.in_columns(frame, ["person"]) if pseudonyms else frame
    return frame.groupby("person", as_index=False)["customer_since"].min().rename(columns={"customer_since": "since"})


def capabilities(events: pd.DataFrame, customers: pd.DataFrame | None) -> frozenset[str]:
    """What a log holds that a finding may need."""
    reads, kinds = events[events["event"] == "read"], set(events["event"].unique())
    filled = {"people": "person", "salespeople": "salesperson", "articles": "article", "topics": "topic", "channels": "channel"}
    has = {name for name, column in filled.items() if reads[column].notna().any()}
    has |= {name for name, event in (("publishes", "publish"), ("forwards", "forward"), ("registrations", "register")) if event in kinds}
    linked = reads["share"].notna().any() and events["parent_share"].notna().any()
    has |= {"share_links"} if linked else set()
    return frozenset(has | ({"customer_dates"} if customers is not None or "registrations" in has else set()))
