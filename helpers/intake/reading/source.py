"""What a source is, told by its content, and the table in it."""

from collections.abc import Mapping
from pathlib import Path

from helpers.intake.reading.table import Options, Table
from helpers.intake.reading.text import read_text


def read_table(source: str | Path, mapping: Mapping[str, str] | None = None, options: Options = Options()) -> Table:
    """The table in a source, all text, its columns renamed by `mapping` (our name -> the source's name or 1-based position).

    Columns that the mapping doesn't name keep their own names; in a file without a header these are "1", "2", ...
    Raises Refusal naming file, row, column and remedy.
    """
    return read_text(Path(source), dict(mapping or {}), options)
