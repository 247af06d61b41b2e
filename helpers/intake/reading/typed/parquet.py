"""Parquet files."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.intake.reading.files.regular import too_large
from helpers.intake.reading.naming import mapped
from helpers.intake.reading.table import Options, Table
from helpers.intake.reading.typed.arrow import as_text
from helpers.intake.refusal import Refusal


def read(content: bytes, path: Path, mapping: Mapping[str, str], options: Options, notes: tuple[str, ...] = ()) -> Table:
    """The rows of a Parquet file, numbered from 1. Columns that hold lists, records or bytes are left out, said. Raises Refusal: a damaged file."""
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        too_large(sum(file.metadata.row_group(group).total_byte_size for group in range(file.num_row_groups)), path.name)
        columns = as_text(file.read(), path.name)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Refusal("the Parquet file is damaged or cut off", path.name, "copy or export it again") from error
    return mapped(columns, mapping, path, (*notes, "Parquet: rows in the file's order, numbered from 1"))
