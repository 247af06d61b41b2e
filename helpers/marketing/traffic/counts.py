"""Counts by group: what is left of a log, however large, once it has been reduced."""

import narwhals as nw
import numpy as np
import pandas as pd


def counts(frame: nw.DataFrame, by: list[str], of: str = "new") -> pd.DataFrame:
    """reads and `of` (its sum) by the columns `by`, groups with a missing key left out, ordered by them."""
    known = frame.select(*by, of).filter(*[~nw.col(key).is_null() for key in by])
    grouped = known.group_by(by).agg(nw.len().alias("reads"), nw.col(of).sum())
    return grouped.to_pandas().sort_values(by, ignore_index=True)


def matrix(table: pd.DataFrame, row: str, column: str, value: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """rows × columns of a table's values (0 where it has none), and the labels of rows and columns."""
    rows, row_labels = pd.factorize(table[row], sort=True)
    columns, column_labels = pd.factorize(table[column], sort=True)
    values = np.zeros((len(row_labels), len(column_labels)))
    np.add.at(values, (rows, columns), table[value].to_numpy(float))
    return values, np.asarray(row_labels), np.asarray(column_labels)
