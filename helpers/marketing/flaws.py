"""What is odd about a share log beyond what any log may suffer from: its cut-off beginning, self-reads, events that never occur."""

import pandas as pd

from helpers.intake.checks.oddities import Oddity
from helpers.intake.checks.people import odd_people, tests_in

EVENTS = ("publish", "read", "forward", "register")
PEOPLE = ("person", "salesperson")
WORDS = ("time", "event", "article", "share", "parent_share", "topic", "id")  # columns in which 'test' is nobody's doing
FIRST_DAYS = 30


def odd_share_log(frame: pd.DataFrame, own: bool = True) -> tuple[Oddity, ...]:
    """What is odd about a log's rows as typed, in our names. own: somebody's own log, of which nobody knows who tested what in it."""
    reads = frame[frame["event"] == "read"]
    there = set(frame["event"].unique())
    never = [event for event in EVENTS if event not in there]
    tests = tests_in(frame, WORDS, PEOPLE) if own else ()
    absent = (Oddity("Events that never occur", ", ".join(never), "what rests on them can't be answered"),) if never else ()
    return (*odd_people(frame, PEOPLE if own else ()), *_self_reads(reads), *_beginning(frame, reads), *tests, *absent)


def _self_reads(reads: pd.DataFrame) -> tuple[Oddity, ...]:
    if not {"person", "salesperson"} <= set(reads.columns):
        return ()
    own = int((reads["person"] == reads["salesperson"]).sum())
    return (Oddity("Reads of one's own article", f"{own:,}", "a salesperson is no client: the parameter count_self_reads leaves them out"),) if own else ()


def _beginning(frame: pd.DataFrame, reads: pd.DataFrame) -> tuple[Oddity, ...]:
    """How many reads are their reader's first event: in the log's first days, and after them."""
    if "person" not in frame or not len(reads):
        return ()
    days = (reads["time"] - frame["time"].min()).dt.days
    known = frame.loc[frame["person"].notna(), ["person", "time"]].sort_values("time", kind="stable")
    first = reads.index.isin(known.index[~known["person"].duplicated()])
    early, somebody = (days < FIRST_DAYS).to_numpy(), reads["person"].notna().to_numpy()
    if not (early & somebody).any() or not (~early & somebody).any():
        return ()
    shares = [first[rows & somebody].mean() for rows in (early, ~early)]
    said = f"against {shares[1]:.0%} later: who came before the log began looks new in it, so burn_in_days leaves its first days out"
    return (Oddity(f"Reads by new people in the first {FIRST_DAYS} days", f"{shares[0]:.0%}", said),)
