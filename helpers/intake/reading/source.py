"""What a source is, told by its content and never by its name, and the table in it."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from helpers.intake.reading.address import is_address
from helpers.intake.reading.kinds import database_in, kind_of
from helpers.intake.reading.packed import unpacked
from helpers.intake.reading.regular import read_bytes, regular_file
from helpers.intake.reading.table import Options, Table
from helpers.intake.reading.text import read_text


def read_table(source: str | Path, mapping: Mapping[str, str] | None = None, options: Options = Options()) -> Table:
    """The table in a file or database, all text, its columns renamed by `mapping` (our name -> the source's name or 1-based position).

    source: a file of any kind that `kinds` knows, packed by gzip or not; a database's address such as postgresql://user@host/shop; or env:NAME,
    the environment variable that holds such an address. Columns that the mapping doesn't name keep their own names; in a file without a header
    these are "1", "2", ... Values are text in one form: times ISO 8601 with their offset if they have one, numbers as Python writes them (7.0 as
    7), true or false, blank and missing cells missing. Raises Refusal naming file, row, column and remedy.
    """
    mapping = dict(mapping or {})
    if is_address(str(source)):
        return import_module("helpers.intake.reading.database").read_database(str(source), mapping, options)
    path = regular_file(Path(source).expanduser())
    if database := database_in(path):
        return import_module("helpers.intake.reading.database_file").read(path, database, mapping, options)
    content, packed = unpacked(read_bytes(path), path.name)
    kind = kind_of(content, path.name)
    if kind == "text":
        return read_text(content, path, mapping, options, packed)
    reader = import_module(f"helpers.intake.reading.{kind}")  # what a source doesn't need isn't loaded for it
    return reader.read(content, path, mapping, options, packed)
