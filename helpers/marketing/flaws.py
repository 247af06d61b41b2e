"""What is odd about a share log beyond what any log may suffer from: its cut-off beginning, self-reads, events that never occur."""

from collections.abc import Collection

import pandas as pd

from helpers.intake.checks.oddities import Oddity
from helpers.intake.checks.people import odd_people, signs_of_tests

EVENTS = ("publish", "read", "forward", "register")
PEOPLE = ("person", "salesperson")
WORDS = ("time", "event", "article", "share", "parent_share", "topic", "id")  # columns in which 'test' is nobody's doing
FIRST_DAYS = 30


def odd_share_log(frame: pd.DataFrame, own: bool = True) -> tuple[Oddity, ...]:
    """What is odd about a log's rows as typed, in our names. own: somebody's own log, of which nobody knows who tested what in it."""
    reads = frame[frame["event"] == "read"]
    tests = signs_of_tests(frame, WORDS, PEOPLE) if own else ()
    people = (*odd_people(frame, ("person",)), *odd_people(reads, ("salesperson",))) if own else ()
    both = {"person", "salesperson"} <= set(reads.columns)
    self_reads = own_reads(int((reads["person"] == reads["salesperson"]).sum())) if both else ()
    return (*people, *self_reads, *_beginning(frame), *tests, *absent(set(frame["event"].unique())))


def absent(there: Collection[str]) -> tuple[Oddity, ...]:
    """Events that never occur, in words; there: those that do."""
    never = [event for event in EVENTS if event not in there]
    return (Oddity("Events that never occur", ", ".join(never), "what rests on them can't be answered"),) if never else ()


def own_reads(own: int) -> tuple[Oddity, ...]:
    """So many reads of one's own article, in words."""
    return (Oddity("Reads of one's own article", f"{own:,}", "a salesperson is no client: the parameter count_self_reads leaves them out"),) if own else ()


def _beginning(frame: pd.DataFrame) -> tuple[Oddity, ...]:
    if "person" not in frame:
        return ()
    known = frame.loc[frame["person"].notna(), ["person", "time"]].sort_values("time", kind="stable")
    first, early = ~known["person"].duplicated(), known["time"] < frame["time"].min() + pd.Timedelta(days=FIRST_DAYS)
    return beginning(int((first & early).sum()), int(early.sum()), int((first & ~early).sum()), int((~early).sum()))


def beginning(first_early: int, early: int, first_late: int, late: int) -> tuple[Oddity, ...]:
    """How many events are their person's first, of so many in the log's first days and after them, in words."""
    if not early or not late or first_early / early <= first_late / late:
        return ()
    said = f"against {first_late / late:.0%} later: who came before the log began looks new in it; burn_in_days leaves its first days out"
    return (Oddity(f"Events by people never seen before, in the first {FIRST_DAYS} days", f"{first_early / early:.0%}", said),)
