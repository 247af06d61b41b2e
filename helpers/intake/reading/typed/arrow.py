"""Columns of an Arrow table as text in one form."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.intake.reading.naming import Columns, column_names
from helpers.intake.reading.typed.canonical import NotText, texts

def as_text(table: pa.Table, where: str) -> Columns:
    """The columns as text, rows numbered from 1, rows without any value left out. where: what messages call the table."""
    column_names(table.column_names, where)
    kept, left = {}, {}
    for name in table.column_names:
        try:
            kept[name] = _text(table[name])
        except NotText as error:
            left[name] = error.reason
    frame = pd.DataFrame(kept, index=pd.RangeIndex(1, table.num_rows + 1, name="row"))
    typed = [field.name for field in table.schema if not _is_text(field.type)]
    return Columns(frame[frame.notna().any(axis=1)], left, typed)


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _text(column: pa.ChunkedArray) -> pd.Series:
    """One column: strings as they are, the rest in the form of `canonical.text_of`."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type):
        column = _times(column)
    elif pa.types.is_integer(column.type) or pa.types.is_boolean(column.type):
        column = column.cast(pa.string())
    if _is_text(column.type):
        column = column.cast(pa.large_string())
        blank = pc.equal(column, "")
        return pd.Series(pc.if_else(blank, None, column).to_pandas().to_numpy(), dtype="str", index=pd.RangeIndex(1, len(column) + 1))
    return pd.Series(texts(column.to_pylist()), dtype="str", index=pd.RangeIndex(1, len(column) + 1))


def _times(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Times as text with their offset if they have a zone, without decimals where none has any."""
    try:
        column = column.cast(pa.timestamp("s", tz=column.type.tz))
    except pa.ArrowInvalid:  # it would lose decimals
        pass
    return column.cast(pa.string())
