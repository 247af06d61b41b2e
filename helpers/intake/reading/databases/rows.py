"""Rows of typed values, as databases give them, as columns of text."""

from collections.abc import Iterable, Sequence

import pandas as pd

from helpers.intake.reading.naming import Columns, column_names
from helpers.intake.reading.typed.canonical import NotText, texts


def quoted(name: str) -> str:
    """A name as SQL writes it, so that nothing in it is code."""
    return '"' + name.replace('"', '""') + '"'


def as_text(names: Sequence[str], rows: Iterable[Sequence[object]], where: str) -> Columns:
    """The columns as text, rows numbered from 1, rows without any value left out. where: what messages call the table."""
    column_names(names, where)
    columns = dict(zip(names, zip(*rows))) or {name: () for name in names}
    kept, left = {}, {}
    for name, values in columns.items():
        try:
            kept[name] = texts(values)
        except NotText as error:
            left[name] = error.reason
    count = len(next(iter(columns.values()), ()))
    frame = pd.DataFrame(kept, index=pd.RangeIndex(1, count + 1, name="row"), dtype="str")
    typed = [name for name in kept if not any(isinstance(value, str) for value in columns[name])]
    return Columns(frame[frame.notna().any(axis=1)], left, typed)
