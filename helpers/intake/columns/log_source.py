"""A log opened under our names: by the mapping given, by the one kept beside it, or by names that are known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from os.path import isfile
from pathlib import Path

from helpers.intake.cells.conventions import Conventions
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.columns.mapping_file import MappingFile, beside, read_mapping_file
from helpers.intake.columns.names import known_names
from helpers.intake.columns.proposal import Proposal, propose_columns
from helpers.intake.dictionary import Column, read_dictionary
from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options, Table
from helpers.intake.refusal import Refusal

READING = tuple(each.name for each in fields(Options))


@dataclass(frozen=True)
class LogSource:
    """How a log is to be read, where its file can't tell; every field is a text, so that a notebook's parameter can carry it.

    column_map: our column -> the log's, as in "time: event_time". mapping_file: where that is kept instead; "" looks beside the log.
    time_zone: of times without an offset. options, date_order, decimal_mark: how it is written. nobody: names that stand for nobody, commas between.
    """

    column_map: str | Mapping[str, str] = ""
    mapping_file: str = ""
    time_zone: str = "Asia/Shanghai"
    options: Options = Options()
    date_order: str = "auto"
    decimal_mark: str = "auto"
    nobody: str = ""

    @property
    def conventions(self) -> Conventions:
        """How times and numbers are written."""
        return Conventions(self.time_zone, self.date_order, self.decimal_mark)


@dataclass(frozen=True)
class Opened:
    """A log's table under our names, what its words stand for by the mapping file (events, kinds), and how it was read in the end."""

    table: Table
    source: LogSource
    file: MappingFile = field(default_factory=MappingFile)


def open_log(path: str | Path, source: LogSource, case: str, one_of: tuple[str, ...] = (), shipped: bool = False) -> Opened:
    """The log in `path` with its columns under the names of the case's dictionary.

    The mapping is the one given, else the one in its mapping file; with neither, columns go by their own names and by names known for them, as
    long as that is certain for all that is required. one_of: columns of which one is required. shipped: our own log, whose names are ours.
    Raises Refusal with a proposal to paste where nothing is certain.
    """
    file, said = (MappingFile(), ()) if shipped else mapping_of(path, source.mapping_file)
    source = with_reading(source, file.reading)
    given = read_mapping(source.column_map or file.columns, "column mapping")
    known = known_columns(given, case)
    table = read_table(path, given, source.options)
    if not given and not shipped:
        table = under_known_names(table, known, case, one_of)
    return Opened(replace(table, notes=(*table.notes, *said)), source, file)


def known_columns(given: Mapping[str, str], case: str) -> dict[str, Column]:
    """The columns of a case's log by name. Raises Refusal where a mapping names another."""
    known = read_dictionary(case).table("events")
    odd = next((name for name in given if name not in known), None)
    if odd is not None:
        raise Refusal(f"'{odd}' is no column of this case", "column mapping", f"use some of: {', '.join(known)}")
    return known


def with_reading(source: LogSource, reading: Mapping[str, str]) -> LogSource:
    """The source with what the mapping file says of reading it, where the parameters say nothing else. Raises Refusal for a name it doesn't know."""
    own = [each.name for each in fields(LogSource) if each.name not in ("column_map", "mapping_file", "time_zone", "options")]
    odd = next((name for name in reading if name not in (*own, *READING)), None)
    if odd is not None:
        raise Refusal(f"'{odd}' says nothing about reading", "mapping file, section 'reading'", f"use some of: {', '.join((*own, *READING))}")
    plain, options = LogSource(), Options()
    options = replace(source.options, **{name: reading[name] for name in READING if name in reading and getattr(source.options, name) == getattr(options, name)})
    return replace(source, options=options, **{name: reading[name] for name in own if name in reading and getattr(source, name) == getattr(plain, name)})


def mapping_of(path: str | Path, named: str) -> tuple[MappingFile, tuple[str, ...]]:
    """The mapping file's content and a note on it; nothing where there is none."""
    place = Path(named).expanduser() if named else beside(Path(path))
    if not named and ("://" in str(path) or not isfile(place)):  # unlike Path.is_file it bears any name
        return MappingFile(), ()
    return read_mapping_file(place), (f"mapping file {place.name}",)


def under_known_names(table: Table, known: Mapping[str, Column], case: str, one_of: tuple[str, ...] = ()) -> Table:
    """The table with columns renamed that are certain by name. Raises Refusal with a proposal where a required one isn't."""
    proposal = propose_columns(table.frame, known, known_names(case, "column"), one_of, known_names(case, "event"))
    if proposal.missing:
        raise _asked(table, known, proposal)
    mapping = {ours: theirs for ours, theirs in proposal.mapping(certain_only=True).items() if ours != theirs}
    doubtful = [pair for pair in proposal.pairs if not pair.certain]
    notes = [f"column '{theirs}' taken for {ours}: its name is known" for ours, theirs in mapping.items()]
    notes += [f"column '{pair.theirs}' may be {pair.ours} ({pair.reason}), not used: map it if it is" for pair in doubtful]
    frame = table.frame.rename(columns={theirs: ours for ours, theirs in mapping.items()})
    canonical = frozenset({theirs: ours for ours, theirs in mapping.items()}.get(name, name) for name in table.canonical)
    return replace(table, frame=frame, mapping={**table.mapping, **mapping}, notes=(*table.notes, *notes), canonical=canonical)


def _asked(table: Table, known: Mapping[str, Column], proposal: Proposal) -> Refusal:
    missing = " and ".join(f"'{name}'" for name in proposal.missing)
    meaning = f" ({known[proposal.missing[0]].meaning})" if len(proposal.missing) == 1 and proposal.missing[0] in known else ""
    there = f"the columns are: {', '.join(map(str, table.frame.columns))}"
    what = f"there is no column for {missing}{meaning} that is certain by its name"
    if not proposal.pairs:
        return Refusal(what, table.name, f"map them by column_map; {there}")
    doubts = "; ".join(f"{pair.ours}: {pair.reason}" for pair in proposal.pairs if not pair.certain)
    remedy = f"check this, complete it, and give it as column_map or in {beside(table.path).name}: {proposal.text()}"
    return Refusal(what, table.name, f"{remedy}{f' ({doubts})' if doubts else ''}; {there}")
