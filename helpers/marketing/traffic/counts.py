"""Counts by group: what is left of a log, however large, once it has been reduced."""

import narwhals as nw
import numpy as np
import pandas as pd

from helpers.intake.engine.frames import Frame, small


def counts(frame: Frame, by: list[str], of: str = "new") -> pd.DataFrame:
    """reads and `of` (its sum) by the columns `by`, groups with a missing key left out, ordered by them."""
    return small(_grouped(frame, by, of), *by)


def cluster_sizes(frame: Frame, by: str, of: str = "new") -> pd.DataFrame:
    """reads and `of` (its sum), one row per cluster of the column `by`, clusters that are alike one after the other.

    However many clusters there are (cascades may be millions), only how many there are of each kind leaves the engine.
    """
    kinds = _grouped(frame, [by], of).group_by("reads", of).agg(nw.len().alias("clusters"))
    table = small(kinds, "reads", of)
    return table.loc[table.index.repeat(table["clusters"]), ["reads", of]].reset_index(drop=True)


def _grouped(frame: Frame, by: list[str], of: str) -> Frame:
    known = frame.select(*by, of).filter(*[~nw.col(key).is_null() for key in by])
    return known.group_by(by).agg(nw.len().alias("reads"), nw.col(of).sum()).with_columns(nw.col(of).cast(nw.Int64))


def matrix(table: pd.DataFrame, row: str, column: str, value: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """rows × columns of a table's values (0 where it has none), and the labels of rows and columns."""
    rows, row_labels = pd.factorize(table[row], sort=True)
    columns, column_labels = pd.factorize(table[column], sort=True)
    values = np.zeros((len(row_labels), len(column_labels)))
    np.add.at(values, (rows, columns), table[value].to_numpy(float))
    return values, np.asarray(row_labels), np.asarray(column_labels)
