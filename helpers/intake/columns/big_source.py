"""Which columns of a source that isn't loaded play which part: as mapped, as its mapping file says, or by names that are certain."""

from pathlib import Path
from typing import Any

from helpers.intake.columns.log_source import LogSource, mapping_of, under_known_names
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.columns.mapping_file import MappingFile
from helpers.intake.columns.names import known_names
from helpers.intake.dictionary import read_dictionary
from helpers.intake.engine.opening import Found
from helpers.intake.reading.table import Table


def columns_of(source: Any, found: Found, how: LogSource, case: str, one_of: tuple[str, ...] = ()) -> tuple[dict[str, str], MappingFile]:
    """Our columns -> the source's, and what its mapping file says; by names, where nothing is mapped, as its first rows bear them out."""
    file = mapping_of(source if isinstance(source, (str, Path)) else "table", how.mapping_file)[0] if how.mapping_file or isinstance(source, (str, Path)) else MappingFile()
    given = read_mapping(how.column_map or file.columns, "column mapping")
    if given:
        return given, file
    table = under_known_names(Table(found.head(), Path(found.name)), read_dictionary(case).table("events"), case, one_of)
    return dict(table.mapping), file
