"""The log of case 1 in one form, whatever it was exported from, and what it can bear."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.typed import ROWS_NAMED, SetAside, Typed, typed
from helpers.intake.cells.zones import known_zone
from helpers.intake.checks.report import CheckReport, check
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.dictionary import read_dictionary
from helpers.intake.places import DATA
from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Table
from helpers.intake.refusal import Refusal

EVENTS = ("publish", "read", "forward", "register")
OPTIONAL = ("person", "article", "salesperson", "share", "parent_share", "topic", "channel")
SHIPPED, CUSTOMERS = DATA / "marketing" / "events.csv", DATA / "marketing" / "customers.csv"


@dataclass(frozen=True)
class ShareLog:
    """A log of publishing, reading, forwarding and registering.

    events: time (UTC), person, event, article, salesperson, share, parent_share, topic, channel (all missing where the log has none),
    and row, the row in the sheet. customers: person and since (UTC), or None. capabilities: what the log holds, out of people,
    salespeople, articles, topics, channels, publishes, forwards, registrations, share_links, customer_dates.
    report: its flaws, counted. source: the file's name. time_zone: in which days and months are meant.
    """

    events: pd.DataFrame
    customers: pd.DataFrame | None
    capabilities: frozenset[str]
    report: CheckReport
    source: str
    time_zone: str

    @property
    def start(self) -> pd.Timestamp:
        """The time of the first event."""
        return self.events["time"].min()

    @property
    def end(self) -> pd.Timestamp:
        """The time of the last event."""
        return self.events["time"].max()


def load_log(
    path: str | Path | None = None,
    column_map: str | Mapping[str, str] = "",
    event_map: str | Mapping[str, str] = "",
    time_zone: str = "Asia/Shanghai",
    customers: str | Path | None = None,
) -> ShareLog:
    """The log in `path` (None or "": the shipped one, with its customers).

    column_map: our column -> the file's, as in "time: event_time, person: user_id"; event_map: our event -> the file's, as in
    "read: opened"; columns and events that the file calls by our names need none. time_zone: of times without an offset, and of months.
    customers: a table of person and customer_since. Raises Refusal where the file can't be read as such a log.
    """
    known_zone(time_zone)
    source = Path(path) if path else SHIPPED
    customers = customers if path else customers or CUSTOMERS
    table = read_table(source, _columns(column_map))
    named = name_events(typed(table, read_dictionary("marketing"), "events", Conventions(time_zone)), table, event_map)
    events = canonical(named.frame)
    people = read_customers(customers, time_zone) if customers else None
    report = check(table, named, "time", ("person", "salesperson"), time_zone)
    return ShareLog(events, people, capabilities(events, people), report, source.name, time_zone)


def _columns(column_map: str | Mapping[str, str]) -> dict[str, str]:
    mapping = read_mapping(column_map, "column mapping")
    for name in mapping:
        if name not in ("time", "event", *OPTIONAL):
            raise Refusal(f"'{name}' is no column of this case", "column mapping", f"use some of: time, event, {', '.join(OPTIONAL)}")
    return mapping


def name_events(log: Typed, table: Table, event_map: str | Mapping[str, str]) -> Typed:
    """The log with its events under our names; rows with other events are set aside and counted.

    Raises Refusal where the mapping names an event that is none of ours or never occurs, or no row is a read.
    """
    kinds = log.frame["event"].unique().tolist()
    ours = _our_names(read_mapping(event_map, "event mapping"), kinds, table.path.name)
    events = log.frame["event"].map(ours).astype(log.frame["event"].dtype)
    other = events.isna()
    aside = (*log.set_aside, *_others(log.frame["event"][other]))
    frame = log.frame.assign(event=events)
    return Typed(frame[~other] if other.any() else frame, log.rows_read, aside)


def _our_names(mapping: dict[str, str], kinds: list[str], file: str) -> dict[str, str]:
    """The file's events -> ours; an event of ours that the mapping doesn't name goes by its own name."""
    there = f"the events in it are: {', '.join(kinds[:12])}{', ...' if len(kinds) > 12 else ''}"
    for ours, theirs in mapping.items():
        if ours not in EVENTS:
            raise Refusal(f"'{ours}' is no event of this case", "event mapping", f"use some of: {', '.join(EVENTS)}")
        if theirs not in kinds:
            raise Refusal(f"no row has the event '{theirs}' (mapped to {ours})", file, there)
    names = {event: event for event in EVENTS if event not in mapping} | {theirs: ours for ours, theirs in mapping.items()}
    if not any(names.get(kind) == "read" for kind in kinds):
        raise Refusal("no row is a read, and without reads there is no traffic", file, f"map it, as in 'read: opened'; {there}")
    return names


def _others(events: pd.Series) -> list[SetAside]:
    return [SetAside(f"another event: {name}", len(rows), tuple(rows.index[:ROWS_NAMED].tolist())) for name, rows in events.groupby(events)]


def canonical(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of a log in order, absent ones as missing text, and the sheet row as a column of its own."""
    absent = {name: pd.Series(pd.NA, index=frame.index, dtype=frame["event"].dtype) for name in OPTIONAL if name not in frame}
    columns = ["time", "event", *OPTIONAL]
    return frame.assign(**absent)[columns].assign(row=frame.index).reset_index(drop=True)


def read_customers(path: str | Path, time_zone: str) -> pd.DataFrame:
    """Customers and the time since which they are one: person, since (UTC); the earliest where a person is there twice."""
    table = read_table(path)
    frame = typed(table, read_dictionary("marketing"), "customers", Conventions(time_zone)).frame
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
