"""What leaves a log's loader: ids under pseudonyms, columns with personal values left out, both said."""

from collections.abc import Collection

import pandas as pd

from helpers.intake.cells.conventions import counted
from helpers.intake.privacy.personal import TESTS, Personal, kind_of, personal_columns
from helpers.intake.privacy.pseudonyms import Pseudonyms

AS_THEY_ARE = "ids are shown as they are in the log"
SURE = tuple(kind for kind in TESTS if kind != "a name")  # what a short list of words is never mistaken for


def personal_of(frame: pd.DataFrame, mapped: Collection[str]) -> tuple[Personal, ...]:
    """The columns that seem to hold personal values; of mapped ones, only those whose contents leave no doubt: 'Lease Contract' is no name."""
    others = personal_columns(frame[[name for name in frame.columns if name not in mapped]])
    ours = ((name, kind_of(frame[name])) for name in mapped if name in frame)
    return (*others, *(Personal(name, *kind) for name, kind in ours if kind and kind[0] in SURE))


def guarded(frame: pd.DataFrame, ids: Collection[str], mapped: Collection[str], pseudonyms: Pseudonyms | None) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """A log's table as it may be shown, and notes.

    ids: columns that tell people apart: pseudonyms in them. mapped: columns that the analysis uses: pseudonyms in those that hold personal
    values; all other columns that do are left out. pseudonyms: None keeps everything as it is.
    """
    if pseudonyms is None:
        return frame, (AS_THEY_ARE,)
    veiled, dropped, notes = to_guard(frame, ids, mapped)
    return pseudonyms.in_columns(frame, veiled).drop(columns=[*dropped]), notes


def to_guard(frame: pd.DataFrame, ids: Collection[str], mapped: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Columns to have pseudonyms, columns to leave out, and notes on both; arguments as in `guarded`."""
    there = [name for name in ids if name in frame]
    found = personal_of(frame[[name for name in frame.columns if name not in there]], [name for name in mapped if name not in there])
    veiled = [each.column for each in found if each.column in mapped]
    dropped = [each for each in found if each.column not in mapped]
    notes = [f"pseudonyms in {', '.join((*there, *veiled))}"] if there or veiled else []
    notes += [f"left out, since {counted(len(dropped), 'column')} seem{'s' if len(dropped) == 1 else ''} personal: {_listed(dropped)}"] if dropped else []
    return (*there, *veiled), tuple(each.column for each in dropped), tuple(notes)


def _listed(found: list[Personal]) -> str:
    return ", ".join(f"'{each.column}' ({each.kind} by its {each.by})" for each in found)
