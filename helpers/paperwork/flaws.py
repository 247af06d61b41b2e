"""What is odd about an office's log beyond what any log may suffer from: stages not mapped, kinds of work that never occur, repeats by other people."""

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from helpers.intake.checks.oddities import Oddity
from helpers.intake.checks.people import odd_people, signs_of_tests

KINDS = ("open", "explain", "send", "prepare", "manage", "review", "feedback", "correct", "file", "close")
WORDS = ("case", "activity", "document", "kind", "party", "lifecycle", "instance", "start", "end", "time", "id")  # columns in which 'test' is work: a blood test
STAGES = {"start", "complete"}
STEP = ("case", "document", "activity")
MOST, MOST_STAGES = 0.9, 12


def odd_office_log(frame: pd.DataFrame, handlings: pd.DataFrame, own: bool = True) -> tuple[Oddity, ...]:
    """What is odd about a log: its rows as typed, in our names, and its handlings. own: somebody's own log, of which nobody knows who tested what in it."""
    people = (*odd_people(frame, ("resource",)), *signs_of_tests(frame, WORDS, ("resource",)), *_stages(frame)) if own else ()
    never = absent(set(handlings["kind"].dropna().unique())) if "kind" in handlings else ()
    return (*people, *never, *_repeats(handlings))


def _stages(frame: pd.DataFrame) -> tuple[Oddity, ...]:
    few = [name for name in frame if name not in WORDS and not pd.api.types.is_datetime64_any_dtype(frame[name]) and frame[name].nunique() <= MOST_STAGES]
    return staged({name: frame[name].dropna().unique() for name in few}, len(frame)) if "lifecycle" not in frame else ()


def staged(words: Mapping[str, Iterable[str]], rows: int) -> tuple[Oddity, ...]:
    """Start and complete rows in a column that isn't mapped, in words: each handling would count twice, and all work would look like rework.

    words: the few different ones of each column that has few.
    """
    columns = [name for name, few in words.items() if STAGES <= {str(word).lower() for word in few}]
    return tuple(Oddity(f"Stages in column '{name}'", f"{rows:,}", "start and complete rows count as two handlings unless it is mapped to lifecycle") for name in columns)


def absent(there: Collection[str]) -> tuple[Oddity, ...]:
    """Kinds of work that never occur, in words; there: those that do."""
    never = [kind for kind in KINDS if kind not in there]
    return (Oddity("Kinds of work that never occur", ", ".join(never), "what rests on them can't be answered"),) if never else ()


def _repeats(handlings: pd.DataFrame) -> tuple[Oddity, ...]:
    if "resource" not in handlings:
        return ()
    key = [name for name in STEP if name in handlings]
    known = handlings[handlings["resource"].notna()]
    return recurring(int(known.duplicated(key).sum()), int(known.duplicated([*key, "resource"]).sum()))


def recurring(again: int, by_same: int) -> tuple[Oddity, ...]:
    """Steps that recur in a case, and how often by somebody who hasn't done it there before, in words: many people asking for the same is demand, not rework."""
    others = again - by_same
    if not again or others < MOST * again:
        return ()
    said = f"{others / again:.0%} of them by somebody who hadn't done it there before: demand rather than rework? The parameter repeats tells them apart"
    return (Oddity("Steps that recur in a case", f"{again:,}", said),)
