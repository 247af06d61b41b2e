"""Simple facts of a log: volumes by month, shares that respect clusters, lead times that keep open cases."""

import numpy as np
import pandas as pd

from helpers.decision.own.log import OwnLog
from helpers.evidence.clustering import clustered_ratio, clustered_share
from helpers.evidence.estimate import Estimate, exactly
from helpers.evidence.findings import Value
from helpers.evidence.means import mean_interval
from helpers.evidence.survival import KaplanMeier, kaplan_meier


def months(log: OwnLog) -> pd.DataFrame:
    """One row per month of the log, empty ones too: month, rows, interest (rows that count), amount (its sum), whole (whether the log covers it)."""
    local = log.rows["start"].dt.tz_convert(log.time_zone)
    month = local.dt.tz_localize(None).dt.to_period("M")
    frame = pd.DataFrame({"month": month, "rows": 1.0, "interest": of_interest(log), "amount": log.rows.get("amount", pd.Series(np.nan, log.rows.index))})
    table = frame.groupby("month")[["rows", "interest", "amount"]].sum().reindex(pd.period_range(month.min(), month.max(), freq="M"), fill_value=0.0)
    first, last = log.report.partial_first, log.report.partial_last
    place = np.arange(len(table))
    return table.assign(whole=~((first & (place == 0)) | (last & (place == len(table) - 1)))).rename_axis("month").reset_index()


def of_interest(log: OwnLog) -> np.ndarray:
    """Which rows hold one of the values asked for, in every column asked for (0 or 1); all where nothing was asked for."""
    asked = [log.rows[column].isin(values).to_numpy() for column, values in log.share_of.items()]
    return np.logical_and.reduce(asked).astype(float) if asked else np.ones(len(log.rows))


def per_month(table: pd.DataFrame, column: str, unit: str = "a month") -> Estimate:
    """The mean over whole months with its interval; from all the log's months where none is whole."""
    whole = table[table["whole"]] if table["whole"].any() else table
    return mean_interval(whole[column], unit=unit)


def share(log: OwnLog, yes: np.ndarray, among: np.ndarray | None = None) -> Estimate:
    """The share of rows that are `yes` (0 or 1 per row) among some rows, clusters respected."""
    among = np.ones(len(yes)) if among is None else among
    sums = pd.DataFrame({"yes": yes * among, "all": among}).groupby(log.clusters.to_numpy(), sort=False).sum()
    sums = sums[sums["all"] > 0]
    return clustered_share(sums["yes"], sums["all"])


def shares_of(log: OwnLog, column: str) -> dict[str, Estimate]:
    """The share of each value of a column among its filled cells, the most frequent first."""
    cells = log.rows[column]
    filled = cells.notna().to_numpy(float)
    return {value: share(log, (cells == value).fillna(False).to_numpy(float), filled) for value in cells.value_counts().index}


def durations(log: OwnLog) -> pd.DataFrame:
    """One row per case (per row, where no case is mapped): days from its first start to its last end, and whether that was seen.

    A case with a row that hasn't ended is open until the log's last moment; one that ends before it starts is left out.
    """
    rows, last = log.rows, max(log.rows["start"].max(), log.rows["end"].max())
    key = rows["case"].fillna(log.clusters) if "case" in rows else rows.index
    cases = rows.assign(open=rows["end"].isna()).groupby(key, sort=False).agg(start=("start", "min"), end=("end", "max"), open=("open", "any"))
    until = cases["end"].where(~cases["open"], last)
    found = pd.DataFrame({"days": (until - cases["start"]) / pd.Timedelta(days=1), "ended": ~cases["open"]})
    return found[found["days"] >= 0]


def lead_times(log: OwnLog) -> KaplanMeier:
    """The share of cases still open by days since their start, open ones taken as such."""
    found = durations(log)
    return kaplan_meier(found["days"], found["ended"], unit="days")


def fact_findings(log: OwnLog) -> dict[str, Value]:
    """What this log tells, under documented names."""
    table, has = months(log), log.capabilities
    found = {"rows_counted": exactly(len(log.rows), "rows"), "rows_per_month": per_month(table, "rows")}
    if "column" in has:
        meant = " and ".join(f"{column}: {' or '.join(values)}" for column, values in log.share_of.items())
        found |= {"share_meant": meant, "share_of_interest": share(log, of_interest(log)), "interest_per_month": per_month(table, "interest")}
    if "amount" in has:
        known = log.rows["amount"].notna().to_numpy(float)
        sums = pd.DataFrame({"amount": log.rows["amount"].fillna(0), "known": known}).groupby(log.clusters.to_numpy(), sort=False).sum()
        found |= {"amount_mean": clustered_ratio(sums["amount"], sums["known"], unit="a row"), "amount_per_month": per_month(table, "amount")}
    if "cluster" in has:
        found |= {"clusters": exactly(log.rows["cluster"].nunique(), "clusters"), "largest_cluster": _counted_share(log.report.dominance["cluster"])}
    return found | (_lead_time_findings(log) if "ends" in has else {})


def _lead_time_findings(log: OwnLog) -> dict[str, Value]:
    curve = lead_times(log)
    return {"lead_time_p50": curve.quantiles[0.5], "lead_time_p90": curve.quantiles[0.9], "open_share": _counted_share(1 - curve.ended / curve.cases)}


def _counted_share(value: float) -> Estimate:
    return exactly(float(value), "share")
