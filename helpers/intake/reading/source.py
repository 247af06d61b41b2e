"""What a source is, told by its content and never by its name, and the table in it."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from helpers.intake.reading.databases.address import is_address
from helpers.intake.reading.files.kinds import database_in, kind_of
from helpers.intake.reading.files.packed import unpacked
from helpers.intake.reading.files.regular import read_bytes, regular_file
from helpers.intake.reading.table import Options, Table
from helpers.intake.reading.text.read import read_text

READERS = {  # loaded when they are needed: a text file pays for none of them
    "spreadsheet": "helpers.intake.reading.spreadsheet.read",
    "parquet": "helpers.intake.reading.typed.parquet",
    "json_lines": "helpers.intake.reading.typed.json_lines",
}


def read_table(source: str | Path, mapping: Mapping[str, str] | None = None, options: Options = Options()) -> Table:
    """The table in a file or database, all text, its columns renamed by `mapping` (our name -> the source's).

    source: a file of any kind that `kinds` knows, packed by gzip or not; a database's address such as postgresql://user@host/shop; or env:NAME,
    the environment variable that holds such an address. Columns that the mapping doesn't name keep their own names; in a file without a header
    these are "1", "2", ... Values are text in one form: times ISO 8601 with their offset if they have one, numbers as Python writes them (7.0 as
    7), true or false, blank and missing cells missing. Raises Refusal naming file, row, column and remedy.
    """
    mapping = dict(mapping or {})
    if is_address(str(source)):
        return import_module("helpers.intake.reading.databases.server").read_database(str(source), mapping, options)
    path = regular_file(Path(source).expanduser())
    if database := database_in(path):
        return import_module("helpers.intake.reading.databases.file").read(path, database, mapping, options)
    content, packed = unpacked(read_bytes(path), path.name)
    kind = kind_of(content, path.name)
    packed += _not_used(kind, options)
    if kind == "text":
        return read_text(content, path, mapping, options, packed)
    return import_module(READERS[kind]).read(content, path, mapping, options, packed)


def _not_used(kind: str, options: Options) -> tuple[str, ...]:
    asked = options.sheet or options.table
    return (f"'{asked}' passed over: this file holds one table and no sheets",) if asked and kind != "spreadsheet" else ()
