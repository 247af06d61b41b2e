"""What is odd about an office's log beyond what any log may suffer from: stages not mapped, kinds of work that never occur, repeats by other people."""

import pandas as pd

from helpers.intake.checks.oddities import Oddity
from helpers.intake.checks.people import odd_people, signs_of_tests

KINDS = ("open", "explain", "send", "prepare", "manage", "review", "feedback", "correct", "file", "close")
WORDS = ("case", "activity", "document", "kind", "party", "lifecycle", "instance", "start", "end", "time", "id")  # columns in which 'test' is work: a blood test
STAGES = {"start", "complete"}
MOST = 0.9


def odd_office_log(frame: pd.DataFrame, handlings: pd.DataFrame, own: bool = True) -> tuple[Oddity, ...]:
    """What is odd about a log: its rows as typed, in our names, and its handlings. own: somebody's own log, of which nobody knows who tested what in it."""
    people = (*odd_people(frame, ("resource",)), *signs_of_tests(frame, WORDS, ("resource",)), *_stages(frame)) if own else ()
    return (*people, *_never(handlings), *_repeats(handlings))


def _stages(frame: pd.DataFrame) -> tuple[Oddity, ...]:
    """Start and complete rows in a column that isn't mapped: each handling would count twice, and all work would look like rework."""
    if "lifecycle" in frame:
        return ()
    few = [name for name in frame if name not in WORDS and not pd.api.types.is_datetime64_any_dtype(frame[name]) and frame[name].nunique() <= 12]
    staged = [name for name in few if STAGES <= set(frame[name].dropna().astype(str).str.lower().unique())]
    return tuple(Oddity(f"Stages in column '{name}'", f"{len(frame):,}", "start and complete rows count as two handlings unless it is mapped to lifecycle") for name in staged)


def _never(handlings: pd.DataFrame) -> tuple[Oddity, ...]:
    if "kind" not in handlings:
        return ()
    never = [kind for kind in KINDS if kind not in set(handlings["kind"].dropna().unique())]
    return (Oddity("Kinds of work that never occur", ", ".join(never), "what rests on them can't be answered"),) if never else ()


def _repeats(handlings: pd.DataFrame) -> tuple[Oddity, ...]:
    """Steps that recur in a case, and how often by somebody who hasn't done it there before: many people asking for the same is demand, not rework."""
    if "resource" not in handlings:
        return ()
    key = [name for name in ("case", "document", "activity") if name in handlings]
    again = handlings[handlings["resource"].notna()]
    again = again[again.duplicated(key)]
    others = len(again) - int(handlings[handlings["resource"].notna()].duplicated([*key, "resource"]).sum())
    if not len(again) or others < MOST * len(again):
        return ()
    said = f"{others / len(again):.0%} of them by somebody who hadn't done it there before: demand rather than rework? The parameter repeats tells them apart"
    return (Oddity("Steps that recur in a case", f"{len(again):,}", said),)
