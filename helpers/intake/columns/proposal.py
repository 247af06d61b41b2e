"""A proposal of which column plays which part, from names and contents: certain only by a name that is known, otherwise for a person to decide."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.times import read_times
from helpers.intake.cells.typed import stripped
from helpers.intake.columns.names import Names, longest_within, ours_of, ours_within, plain
from helpers.intake.dictionary import Column
from helpers.intake.refusal import Refusal

SAMPLE, MOST_KINDS = 500, 60
LIFECYCLE = {"schedule", "assign", "start", "suspend", "resume", "complete", "completed", "end"}
PARTIES = {"clerk", "client"}
WHOSE = ("case", "person")
MAY_BE_A_TIME = re.compile(r"(?=(?:\D*\d){4})(?:\d|[^\W\d]{3}|[^\W\da-zA-Z])")  # four digits or more, after none or a word


@dataclass(frozen=True)
class Proposed:
    """One of our names and the file's that may stand for it. certain: by a name that is known, and nothing speaks against it. reason: in words."""

    ours: str
    theirs: str
    certain: bool
    reason: str


@dataclass(frozen=True)
class Proposal:
    """What is proposed, in the order of our names, and which of our required names nothing was found for."""

    pairs: tuple[Proposed, ...]
    missing: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it may be used without asking anybody: all that is required is there and known by name."""
        return not self.missing

    def mapping(self, certain_only: bool = False) -> dict[str, str]:
        """Our names -> the file's."""
        return {pair.ours: pair.theirs for pair in self.pairs if pair.certain or not certain_only}

    def text(self) -> str:
        """The mapping as one line, ready to paste as a parameter."""
        return as_text(self.mapping())


def as_text(mapping: Mapping[str, str]) -> str:
    """A mapping as a line of pairs that reads back equal: 'time: event_time, person: "User, id"'."""
    return ", ".join(f"{ours}: {_scalar(theirs)}" for ours, theirs in mapping.items())


def _scalar(text: str) -> str:
    harmless = text.replace(" ", "").replace("_", "").replace("-", "")
    return text if harmless.isalnum() and text == text.strip() and not text.startswith("-") else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def propose_columns(frame: pd.DataFrame, columns: Mapping[str, Column], known: Names, one_of: Iterable[str] = (), words: Names = MappingProxyType({})) -> Proposal:
    """The proposal for a table of text.

    columns: ours, by name; known: the names known for each; one_of: ours of which at least one is required; words: names known of events, by
    which a column that holds them is found.
    """
    by_name = {ours: [name for name in frame.columns if ours in ours_of(name, known)] for ours in columns}
    taken: dict[str, Proposed] = {}
    for ours, found in sorted(by_name.items(), key=lambda each: plain(each[0]) not in map(plain, each[1])):
        free = [name for name in found if name not in {pair.theirs for pair in taken.values()}]
        if free:
            taken[ours] = _by_known_name(frame, columns[ours], free)
    for ours in sorted((name for name in columns if name not in taken), key=lambda name: name in WHOSE):  # what says least by its contents comes last
        free = [name for name in frame.columns if name not in {pair.theirs for pair in taken.values()}]
        likely = _by_part_of_name(frame, columns[ours], free, known) or _by_content(frame, columns[ours], free, words)
        taken |= {ours: likely} if likely else {}
    pairs = tuple(taken[ours] for ours in columns if ours in taken)
    return Proposal(pairs, _missing(pairs, columns, tuple(one_of)))


def _missing(pairs: tuple[Proposed, ...], columns: Mapping[str, Column], one_of: tuple[str, ...]) -> tuple[str, ...]:
    sure = {pair.ours for pair in pairs if pair.certain}
    missing = [name for name, column in columns.items() if column.required and name not in sure]
    return (*missing, *((" or ".join(one_of),) if one_of and not sure & set(one_of) else ()))


def _by_known_name(frame: pd.DataFrame, ours: Column, found: list[str]) -> Proposed:
    """By a known name; our own name goes before the others, and a column whose cells aren't of the type is doubtful."""
    own = [name for name in found if plain(name) == plain(ours.name)]
    theirs = (own or found)[0]
    if own:
        return Proposed(ours.name, theirs, True, "our own name")
    if ours.type == "time" and not looks_like_times(frame[theirs]):
        return Proposed(ours.name, theirs, False, "its name is known, but what it holds doesn't look like times")
    if len(found) > 1:
        return Proposed(ours.name, theirs, False, f"its name is known, but so is that of {' and '.join(repr(name) for name in found[1:])}")
    return Proposed(ours.name, theirs, True, "its name is known")


def _by_part_of_name(frame: pd.DataFrame, ours: Column, free: list[str], known: Names) -> Proposed | None:
    lengths = {name: longest_within(name, known.get(ours.name, ())) for name in free}
    fits = [name for name in free if lengths[name] and ours_within(name, known)[:1] == (ours.name,) and (ours.type != "time" or looks_like_times(frame[name]))]
    return Proposed(ours.name, max(fits, key=lengths.get), False, "part of its name is known") if fits else None


def _by_content(frame: pd.DataFrame, ours: Column, free: list[str], words: Names) -> Proposed | None:
    """By what the cells hold, where that says anything: times, stages of a handling, parties; an event or activity is one of few words that recur."""
    tests = {"lifecycle": (lambda cells: _all_in(cells, LIFECYCLE), "holds stages such as start and complete"), "party": (lambda cells: _all_in(cells, PARTIES), "holds clerk and client")}
    if ours.type == "time" and ours.name == "time":
        tests["time"] = looks_like_times, "holds times"
    if ours.name in ("event", "activity"):
        free = [name for name in free if _may_be_few(frame[name])]
        free = sorted(free, key=lambda name: (not _holds_words(frame[name], words), frame[name].nunique()))
        tests[ours.name] = _is_a_few_words, "holds a few words that recur"
    if ours.name in WHOSE:
        free = [name for name in free if _spread(frame[name]).nunique() > 1]
        free = sorted(free, key=lambda name: -frame[name].nunique())
        tests[ours.name] = _recurs, "holds many values that recur"
    test, reason = tests.get(ours.name, (None, ""))
    fit = next((name for name in free if test and test(frame[name])), None)
    return Proposed(ours.name, fit, False, f"it {reason}") if fit is not None else None


def looks_like_times(cells: pd.Series) -> bool:
    """Whether nearly all of the filled cells (some of them, spread over the column) are times, whatever the order of day and month."""
    sample = stripped(_spread(cells)).dropna()
    if sample.empty or sum(bool(MAY_BE_A_TIME.match(cell)) for cell in sample) < 0.9 * len(sample):
        return False
    try:
        return bool(read_times(sample, Conventions()).values.notna().mean() >= 0.9)
    except Refusal:  # times they are, only their order is open
        return True


def _spread(cells: pd.Series) -> pd.Series:
    filled = cells.dropna()
    return filled.iloc[:: max(len(filled) // SAMPLE, 1)]


def _all_in(cells: pd.Series, words: set[str]) -> bool:
    found = set(_spread(cells).str.strip().str.lower())
    return bool(found) and found <= words


def _may_be_few(cells: pd.Series) -> bool:
    sample = _spread(cells)
    return 1 < sample.nunique() <= min(MOST_KINDS, len(sample) / 3)


def _is_a_few_words(cells: pd.Series) -> bool:
    sample = _spread(cells)
    return _may_be_few(cells) and not pd.to_numeric(sample, errors="coerce").notna().any() and not looks_like_times(sample)


def _holds_words(cells: pd.Series, words: Names) -> bool:
    return any(ours_of(word, words) or ours_within(word, words) for word in _spread(cells).unique()[:MOST_KINDS])


def _recurs(cells: pd.Series) -> bool:
    filled = cells.dropna()
    return MOST_KINDS / 6 < filled.nunique() < 0.9 * len(filled) and not looks_like_times(filled)


def propose_words(words: Iterable[str], known: Names) -> Proposal:
    """A proposal of what each of the file's words stands for, among ours: events of the marketing case, kinds of work in the paperwork case.

    Pairs are ours -> theirs, one for each of theirs that anything is known of, in the order of `words`.
    """
    pairs = []
    for word in words:
        exact, within = ours_of(word, known), ours_within(word, known)
        if exact or within:
            reason = "its name is known" if len(exact) == 1 else "part of its name is known" if not exact else "its name is known for several"
            pairs.append(Proposed((exact or within)[0], word, len(exact) == 1, reason))
    return Proposal(tuple(pairs))


def grouped(proposal: Proposal) -> str:
    """A proposal for words as one line, several of theirs to one of ours apart by a bar: 'read: view | open, forward: share'."""
    theirs: dict[str, list[str]] = {}
    for pair in proposal.pairs:
        theirs.setdefault(pair.ours, []).append(pair.theirs)
    return as_text({ours: " | ".join(words) for ours, words in theirs.items()})
