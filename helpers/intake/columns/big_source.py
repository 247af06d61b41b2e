"""A log that isn't loaded, opened under our names: by the mapping given, by the one kept beside it, or by names that are certain."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.intake.columns.log_source import LogSource, known_columns, mapping_of, under_known_names, with_reading
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.columns.mapping_file import MappingFile
from helpers.intake.cells.zones import known_zone
from helpers.intake.engine.opening import Opened, find, open_source
from helpers.intake.reading.naming import mapped


def open_big_log(source: Any, how: LogSource, case: str, one_of: tuple[str, ...] = (), memory: str = "") -> tuple[Opened, LogSource, MappingFile]:
    """The log with its columns under the names and types of the case's dictionary, how it was read in the end, and what its mapping file says.

    Arguments, mapping and refusals as in `open_log`; memory: DuckDB's limit.
    """
    path = source if isinstance(source, (str, Path)) else "table"
    file, said = mapping_of(path, how.mapping_file) if how.mapping_file or path is source else (MappingFile(), ())
    how = with_reading(how, file.reading)
    given = read_mapping(how.column_map or file.columns, "column mapping")
    known = known_columns(given, case)
    found = find(source, memory, how.options, given.values())
    table = mapped(found.head(), given, Path(found.name), found.notes)
    table = table if given else under_known_names(table, known, case, one_of)
    known_zone(how.time_zone)
    return open_source(found, replace(table, notes=(*table.notes, *said)), known, how.conventions), how, file
