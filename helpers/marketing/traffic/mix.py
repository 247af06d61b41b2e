"""A change of mix is not a change of behaviour: the new share over the months, crude and standardised to one mix of topics or salespeople."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.evidence.estimate import Estimate
from helpers.evidence.resampling import cluster_sums
from helpers.evidence.standardise import standardised_share
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import Arrivals
from helpers.marketing.traffic.counts import counts, matrix
from helpers.marketing.traffic.definition import Definition, counted
from helpers.marketing.traffic.split import BY_NEEDS, cluster_column, is_whole, month_labels

LARGEST = 40  # strata told apart, by reads; the others are one stratum
OTHERS = "all others"
EARLY_LATE = ("new_early", "new_late", "reads_early", "reads_late")


@dataclass(frozen=True)
class Mix:
    """The new share over the months and what the mix of one column (topic, salesperson) has to do with its change.

    months: group, reads, crude, standardised, low, high (of the standardised share), covered (the share of reads in strata that have reads
    in every month; only these are compared). change: last third of the months minus first third; behaviour, mix: its two parts, which add up
    to it; explained: mix / change. strata: stratum, early, late (its share of the reads then), early_new, late_new (its new share then).
    """

    by: str
    months: pd.DataFrame
    change: Estimate
    behaviour: Estimate
    mix: Estimate
    explained: Estimate
    strata: pd.DataFrame


def mix_shift(log: Arrivals, by: str, definition: Definition = Definition(), rng: np.random.Generator | None = None, draws: int = 2000) -> Mix:
    """How much of the new share's change over the log's whole months is a change of the mix of `by` ("topic" or "salesperson").

    The 40 largest strata are told apart, the others taken as one. Intervals draw salespeople again (articles where the log has
    none, or where the mix is that of salespeople). Raises Refusal where the log has no such column or fewer than three whole months.
    """
    if BY_NEEDS[by] not in log.capabilities:
        raise Refusal(f"this log holds no {BY_NEEDS[by]}", f"mix of {by}", "map the column that holds it")
    cluster = "article" if by == "salesperson" else cluster_column(log) or by
    table = _table(log, by, cluster, definition)
    if table["month"].nunique() < 3:
        raise Refusal("fewer than three whole months are left", f"mix of {by}", "shorten the burn-in")
    early_late = _early_late(table)
    return Mix(by, _monthly(table), *_parts(early_late, rng or np.random.default_rng(0), draws), _strata(early_late))


def _table(log: Arrivals, by: str, cluster: str, definition: Definition) -> pd.DataFrame:
    """cluster, stratum, month, new, reads of the whole months; small strata gathered."""
    table = counts(counted(log, definition), [cluster, by, "month"] if cluster != by else [by, "month"])
    table = table[is_whole(log, definition, table["month"])]
    kept = table.groupby(by)["reads"].sum().nlargest(LARGEST).index
    table = table.assign(cluster=table[cluster], stratum=table[by].where(table[by].isin(kept), OTHERS))
    return table.groupby(["cluster", "stratum", "month"], as_index=False)[["new", "reads"]].sum()


def _monthly(table: pd.DataFrame) -> pd.DataFrame:
    """The months' crude and standardised new shares; the standard is the whole period's mix of the strata found in every month."""
    sums = table.groupby("month")[["new", "reads"]].sum()
    by_stratum = table.pivot_table(index="stratum", columns="month", values="reads", aggfunc="sum", fill_value=0)
    weights = by_stratum.sum(axis=1)[(by_stratum > 0).all(axis=1)]
    rows = [_standardised(part, weights) for _, part in table.groupby("month")] if len(weights) else np.full((len(sums), 3), np.nan)
    months = {"group": month_labels(sums.index), "reads": sums["reads"].to_numpy(), "crude": (sums["new"] / sums["reads"]).to_numpy()}
    standardised = pd.DataFrame(rows, columns=["standardised", "low", "high"])
    return pd.concat([pd.DataFrame(months), standardised], axis=1).assign(covered=weights.sum() / sums["reads"].sum())


def _standardised(month: pd.DataFrame, weights: pd.Series) -> tuple[float, float, float]:
    """One month's new share standardised to the weights, with its interval."""
    compared = month[month["stratum"].isin(weights.index)]
    (new, _, strata), (reads, _, _) = (matrix(compared, "cluster", "stratum", value) for value in ("new", "reads"))
    estimate = standardised_share(new, reads, weights[strata].to_numpy(float))
    return estimate.value, estimate.low, estimate.high


def _early_late(table: pd.DataFrame) -> pd.DataFrame:
    """cluster, stratum and the new and counted reads in the first and in the last third of the months."""
    months = np.unique(table["month"])
    third = len(months) // 3
    sides = [table["month"].isin(part).to_numpy() for part in (months[:third], months[-third:])]
    values = [table[value].to_numpy(float) * side for value in ("new", "reads") for side in sides]
    return table[["cluster", "stratum"]].assign(**dict(zip(EARLY_LATE, values)))


def _parts(early_late: pd.DataFrame, rng: np.random.Generator, draws: int) -> list[Estimate]:
    """change, behaviour, mix and mix / change, with intervals by drawing clusters again."""
    columns = np.stack([matrix(early_late, "cluster", "stratum", value)[0] for value in EARLY_LATE], axis=-1)
    drawn = cluster_sums(columns.reshape(len(columns), -1), rng, draws).reshape(draws, *columns.shape[1:])
    ends = np.nanquantile(np.stack(split_change(drawn)), [0.025, 0.975], axis=1).T
    method = f"Kitagawa's decomposition, bootstrap over {len(columns)} clusters, {draws} draws"
    values, units = split_change(columns.sum(0)), ("share", "share", "share", "of the change")
    return [Estimate(float(value), *map(float, end), unit, method=method) for value, end, unit in zip(values, ends, units)]


def split_change(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Kitagawa's parts of a change: change, behaviour, mix, mix / change, from … × strata × (new early, new late, reads early, reads late).

    The same as evidence.standardise.behaviour_and_mix, for any number of drawn tables at once.
    """
    new, reads = sums[..., :2], sums[..., 2:]
    rates = new / np.where(reads > 0, reads, np.nan)
    rates = np.nan_to_num(np.where(np.isnan(rates), rates[..., ::-1], rates))
    total = reads.sum(-2, keepdims=True)
    weight = reads / np.where(total > 0, total, np.nan)
    behaviour = ((rates[..., 1] - rates[..., 0]) * weight.mean(-1)).sum(-1)
    mix = ((weight[..., 1] - weight[..., 0]) * rates.mean(-1)).sum(-1)
    return behaviour + mix, behaviour, mix, mix / (behaviour + mix)


def _strata(early_late: pd.DataFrame) -> pd.DataFrame:
    sums = early_late.groupby("stratum")[list(EARLY_LATE)].sum()
    early, late = sums["reads_early"], sums["reads_late"]
    table = {"early": early / early.sum(), "late": late / late.sum(), "early_new": sums["new_early"] / early, "late_new": sums["new_late"] / late}
    return pd.DataFrame(table).reset_index()
