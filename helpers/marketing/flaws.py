"""What is odd about a share log beyond what any log may suffer from: its cut-off beginning, self-reads, events that never occur."""

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
    there = set(frame["event"].unique())
    never = [event for event in EVENTS if event not in there]
    tests = signs_of_tests(frame, WORDS, PEOPLE) if own else ()
    absent = (Oddity("Events that never occur", ", ".join(never), "what rests on them can't be answered"),) if never else ()
    people = (*odd_people(frame, ("person",)), *odd_people(reads, ("salesperson",))) if own else ()
    return (*people, *_self_reads(reads), *_beginning(frame), *tests, *absent)


def _self_reads(reads: pd.DataFrame) -> tuple[Oddity, ...]:
    if not {"person", "salesperson"} <= set(reads.columns):
        return ()
    own = int((reads["person"] == reads["salesperson"]).sum())
    return (Oddity("Reads of one's own article", f"{own:,}", "a salesperson is no client: the parameter count_self_reads leaves them out"),) if own else ()


def _beginning(frame: pd.DataFrame) -> tuple[Oddity, ...]:
    """How many events are their person's first: in the log's first days, and after them."""
    if "person" not in frame:
        return ()
    known = frame.loc[frame["person"].notna(), ["person", "time"]].sort_values("time", kind="stable")
    first, early = ~known["person"].duplicated(), known["time"] < frame["time"].min() + pd.Timedelta(days=FIRST_DAYS)
    if early.all() or not early.any() or first[early].mean() <= first[~early].mean():
        return ()
    said = f"against {first[~early].mean():.0%} later: who came before the log began looks new in it; burn_in_days leaves its first days out"
    return (Oddity(f"Events by people never seen before, in the first {FIRST_DAYS} days", f"{first[early].mean():.0%}", said),)
