"""The one form of the logs of case 1, loaded or in an engine, and which of our events theirs are."""

from dataclasses import dataclass
from functools import cached_property

import narwhals as nw
import pandas as pd

from helpers.intake.checks.report import CheckReport
from helpers.intake.columns.names import known_names
from helpers.intake.columns.proposal import grouped, propose_words
from helpers.intake.engine.frames import frame_of, number_of_kinds, small
from helpers.intake.engine.moments import span
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.refusal import Refusal
from helpers.marketing.flaws import EVENTS, PEOPLE

OPTIONAL = ("person", "article", "salesperson", "share", "parent_share", "topic", "channel")


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
        known = [number_of_kinds(events.select(column).filter(~nw.col(column).is_null())) for column in PEOPLE]
        return dict(zip(kinds["event"], kinds["rows"].astype(int))), *known

    @property
    def start(self) -> pd.Timestamp:
        """The time of the first event."""
        return self._span[0]

    @property
    def end(self) -> pd.Timestamp:
        """The time of the last event."""
        return self._span[1]


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
