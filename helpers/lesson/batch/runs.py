"""The runs of a batch from its table: parameters that vary, findings that differ, and how much of a finding each parameter accounts for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.intake.parameters import Parameter, check, given_in
from helpers.intake.places import DATA, located
from helpers.intake.refusal import Refusal

SHIPPED = DATA / "batch" / "results.parquet"
PARAMETERS = [
    Parameter("results", "", "path", "results.parquet of a batch or sweep; blank: the shipped one"),
    Parameter("decision", "", "name", "the finding in words that says what to do; blank: the first that takes a few different values"),
    Parameter("finding", "", "name", "the number that is looked at; blank: the first in CNY that differs"),
]
COLUMNS = {"run", "scenario", "kind", "name", "value", "text", "unit"}
FEW, BINS = 8, 6  # answers that a decision may take; groups that a parameter's values are put into


@dataclass(frozen=True, eq=False)
class Runs:
    """What a table of results holds, a row a run. parameters: those that vary; numbers, texts: findings; units: of both."""

    parameters: pd.DataFrame
    numbers: pd.DataFrame
    texts: pd.DataFrame
    units: Mapping[str, str]
    wanted: Mapping[str, str]

    @cached_property
    def decisions(self) -> list[str]:
        """Findings in words that take two to eight different values."""
        return [name for name in self.texts if 2 <= self.texts[name].nunique() <= FEW]

    @cached_property
    def decision(self) -> str:
        """The one that is looked at; '' where all runs decide alike."""
        return self._wanted("decision", list(self.texts)) or next(iter(self.decisions), "")

    @cached_property
    def finding(self) -> str:
        """The number that is looked at."""
        differing = [name for name in self.numbers if self.numbers[name].nunique() > 1]
        money = [name for name in differing if self.units[name] == "CNY" and name.startswith(("value", "net_value"))]
        return self._wanted("finding", list(self.numbers)) or next(iter(money + differing), "")

    def _wanted(self, parameter: str, there: list[str]) -> str:
        name = self.wanted[parameter]
        if name and name not in there:
            raise Refusal(f"no finding of that kind is called '{name}'", f"parameter {parameter}", f"there are {', '.join(there[:40])}")
        return name

    def accounts_for(self, outcome: pd.Series) -> pd.Series:
        """Share of the outcome's variance that each varying parameter accounts for alone, largest first.

        A parameter's values are put into at most six groups of equal size; the share is that of the variance between groups
        (correlation ratio), less what groups at random would show (Kelley 1935, epsilon squared). An outcome in words counts by its values.
        """
        target = pd.get_dummies(outcome).to_numpy(float) if not pd.api.types.is_numeric_dtype(outcome) else outcome.to_numpy(float)[:, None]
        shares = {name: _between(groups(self.parameters[name]), target) for name in self.parameters}
        return pd.Series(shares, dtype=float).sort_values(ascending=False)


def groups(values: pd.Series) -> np.ndarray:
    """A parameter's values as numbers of groups: each value its own where there are few, else of equal size."""
    if values.nunique() <= BINS or not pd.api.types.is_numeric_dtype(values):
        return pd.factorize(values, sort=True)[0]
    return pd.qcut(values, BINS, labels=False, duplicates="drop").to_numpy()


def _between(group: np.ndarray, target: np.ndarray) -> float:
    total = ((target - target.mean(axis=0)) ** 2).sum()
    kinds = np.unique(group)
    if not total or len(kinds) < 2 or len(group) <= len(kinds):
        return 0.0
    within = sum(((target[group == kind] - target[group == kind].mean(axis=0)) ** 2).sum() for kind in kinds)
    return max(0.0, 1 - (within / (len(group) - len(kinds))) / (total / (len(group) - 1)))


def open_runs(namespace: Mapping[str, object]) -> Runs:
    """The runs that the notebook's parameters name. Raises Refusal in words for a table that can't be used."""
    values = check(given_in(namespace, PARAMETERS), PARAMETERS)
    return runs_of(_read(values["results"]), values)


def _read(file: str) -> pd.DataFrame:
    path = located(file) if file else SHIPPED
    try:
        table = pd.read_parquet(path)
    except (OSError, ValueError):
        raise Refusal("the table of results can't be read", path.name, "give the results.parquet of a batch") from None
    if not COLUMNS <= set(table.columns) or table.empty:
        raise Refusal("this is no table of results, or no run went well", path.name, "give the results.parquet of a batch")
    return table


def runs_of(table: pd.DataFrame, wanted: Mapping[str, str]) -> Runs:
    """The runs in such a table."""
    table = table.astype({column: str for column in ("run", "scenario", "kind", "name", "unit")})
    given, found = (table[table["kind"] == kind] for kind in ("parameter", "finding"))
    order = table["scenario"].unique()
    parameters = _wide(given, "value", order).combine_first(_wide(given[given["value"].isna()], "text", order))
    varying = [name for name in given["name"].unique() if name in parameters and parameters[name].nunique() > 1]
    return Runs(parameters[varying].loc[order], _wide(found, "value", order), _wide(found, "text", order), dict(zip(table["name"], table["unit"])), dict(wanted))


def _wide(rows: pd.DataFrame, column: str, order: np.ndarray) -> pd.DataFrame:
    rows = rows[rows[column].notna()]
    names = list(rows["name"].unique())
    return rows.astype({column: object}).pivot(index="scenario", columns="name", values=column).reindex(index=order, columns=names).infer_objects()
