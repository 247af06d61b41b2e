"""New and known: the share of reads by people whom the tool reached for the first time, with intervals that respect clustering."""

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.evidence.clustering import bootstrap_share, clustered_share, clustered_shares, design_effect_unequal, icc
from helpers.evidence.estimate import Estimate
from helpers.evidence.proportion import wilson, wilson_share
from helpers.evidence.robust import effective_clusters
from helpers.intake.engine.frames import Frame, frame_of, small
from helpers.intake.held import held
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import Arrivals
from helpers.marketing.traffic.counts import cluster_sizes, counts, matrix
from helpers.marketing.traffic.definition import Definition, counted, in_scope, newcomers_forwards, readable
from helpers.marketing.traffic.links import UNKNOWN

CLUSTERS = {"salesperson": "salespeople", "root": "share_links", "article": "articles"}
BY_NEEDS = {"month": "people", "depth": "share_links", "topic": "topics", "channel": "channels", "salesperson": "salespeople"}
CENSORING_DAYS = 30
DRAWN_AT_MOST = 50_000  # clusters: with more of them the normal theory is as good, and drawing takes gigabytes


@dataclass(frozen=True)
class Clustered:
    """How a share is clustered by one column (salesperson; root, the cascade; article).

    effective_clusters: how many equal clusters would weigh as much; icc: intraclass correlation; design_effect: by how much it
    inflates the variance; robust: the share with a cluster-robust interval.
    """

    by: str
    clusters: int
    effective_clusters: float
    icc: float
    design_effect: float
    robust: Estimate


@dataclass(frozen=True)
class Split:
    """The new share of reads under a definition.

    share: the estimate to use (cluster-robust by salesperson where the log has them); bootstrap: the same by drawing those clusters again;
    naive: Wilson's interval, which takes each read for independent. reads, new: counted; before_burn_in: reads left out because the burn-in
    lasted, blank: because nobody knows whose they are; self_reads: reads by the salesperson, counted or not; blank_low, blank_high: the share if all blank readers were known, or new. clustered: by column.
    """

    definition: Definition
    share: Estimate
    bootstrap: Estimate
    naive: Estimate
    reads: int
    new: int
    before_burn_in: int
    blank: int
    self_reads: int
    blank_low: float
    blank_high: float
    clustered: dict[str, Clustered]


def new_share(log: Arrivals, definition: Definition = Definition(), rng: np.random.Generator | None = None, draws: int = 2000) -> Split:
    """The share of counted reads whose reader is new. Raises Refusal where no read is counted.

    rng, draws: of the bootstrap; 0 draws leave it out and repeat the robust interval, for explorers.
    """
    definition, rng = readable(definition, log), rng or np.random.default_rng(0)
    frame = counted(log, definition)
    new, reads = _totals(frame)
    before, blank, self_reads = _left_out(log, definition)
    clustered = {key: clustering(cluster_sizes(frame, key), key) for key, need in CLUSTERS.items() if need in log.capabilities}
    naive = wilson_share(new, reads)
    robust = next(iter(clustered.values())).robust if clustered else naive
    drawn = _drawn(frame, clustered, rng, draws) or robust
    bounds = new / (reads + blank), (new + blank) / (reads + blank)
    return Split(definition, robust, drawn, naive, reads, new, before, blank, self_reads, *bounds, clustered)


def _drawn(frame: Frame, clustered: dict[str, Clustered], rng: np.random.Generator, draws: int) -> Estimate | None:
    """The bootstrap estimate by the first clustering that the log bears; None where there is none, or so many clusters that drawing them adds nothing."""
    if not draws or not clustered or next(iter(clustered.values())).clusters > DRAWN_AT_MOST:
        return None
    table = counts(frame, [next(iter(clustered))])
    return bootstrap_share(table["new"], table["reads"], rng, draws)


def _totals(frame: Frame) -> tuple[int, int]:
    sums = small(frame.select(nw.col("new").sum(), nw.len().alias("reads"))).fillna(0)
    new, reads = int(sums["new"].iloc[0]), int(sums["reads"].iloc[0])
    if reads == 0:
        raise Refusal("no read is left to count", "new and known", "shorten the burn-in, or count all reads instead of forwarded ones only")
    return new, reads


def _left_out(log: Arrivals, definition: Definition) -> tuple[int, int, int]:
    """Reads before the end of the burn-in, later ones by blank people, and later ones by the salesperson."""
    early, blank = nw.col("day") < definition.burn_in_days, ~nw.col("somebody")
    reads, scope = frame_of(log.reads), in_scope(definition)
    flags = (reads.filter(*scope) if scope else reads).select(
        early.alias("early"), (blank & ~early).alias("blank"), (nw.col("self_read") & ~early).alias("self_read")
    )  # fmt: skip
    sums = small(flags.select(nw.all().cast(nw.Int64).sum())).fillna(0).iloc[0]
    return int(sums["early"]), int(sums["blank"]), int(sums["self_read"])


def clustering(table: pd.DataFrame, by: str) -> Clustered:
    """The clustering of a share by one column, from counts with the columns new and reads, one row per cluster."""
    new, reads = table["new"].to_numpy(float), table["reads"].to_numpy(float)
    rho = icc(new, reads)
    return Clustered(by, len(reads), float(effective_clusters(reads)), rho, float(design_effect_unequal(rho, reads)), clustered_share(new, reads))


@held
def forwards_by_newcomers(log: Arrivals, definition: Definition = Definition(), days: float = 1.0) -> Estimate:
    """The share of forwards made by people whose first event is at most `days` old; clustered as the reads are, else by person."""
    frame = newcomers_forwards(log, definition, days)
    for key, need in (*CLUSTERS.items(), ("person", "people")):
        table = counts(frame, [key]) if need in log.capabilities else []
        if len(table):
            return clustered_share(table["new"], table["reads"])
    return wilson_share(*_totals(frame))


@held
def new_share_by(log: Arrivals, by: str, definition: Definition = Definition()) -> pd.DataFrame:
    """The new share by group: group, reads, new, share, low, high; robust intervals, clustered by salesperson where the log has them.

    by: month ("2026-03"; with whole, whether all of the month is counted), depth, topic, channel, salesperson (Wilson intervals: within
    one salesperson too few cascades are left to cluster by). Raises Refusal where the log doesn't hold that.
    """
    if BY_NEEDS[by] not in log.capabilities:
        raise Refusal(f"this log holds no {BY_NEEDS[by].replace('_', ' ')}", f"new share by {by}", "map the column that holds it")
    table = shares_by(counted(log, definition), by, None if by == "salesperson" else cluster_column(log))
    table = table[table["group"] != UNKNOWN] if by == "depth" else table
    return _by_month(log, definition, table) if by == "month" else table.reset_index(drop=True)


def _by_month(log: Arrivals, definition: Definition, table: pd.DataFrame) -> pd.DataFrame:
    """The table with months as "2026-03", and which of them are counted from their first day to their last."""
    return table.assign(group=month_labels(table["group"]), whole=is_whole(log, definition, table["group"]))


def month_labels(months: ArrayLike) -> np.ndarray:
    """Months since year 0 as "2026-03"."""
    return _periods(months).astype(str).to_numpy()


def is_whole(log: Arrivals, definition: Definition, months: ArrayLike) -> np.ndarray:
    """Whether these months lie wholly between the end of the burn-in and the log's last day."""
    begin, after = (side.to_timestamp().tz_localize(log.time_zone) for side in (_periods(months), _periods(months) + 1))
    first, last = log.start + pd.Timedelta(days=definition.burn_in_days), log.end + pd.Timedelta(days=1)
    return np.asarray((begin >= first) & (after <= last))


def _periods(months: ArrayLike) -> pd.PeriodIndex:
    return pd.PeriodIndex.from_ordinals(np.asarray(months) - 1970 * 12, freq="M")


def cluster_column(log: Arrivals) -> str | None:
    """The column by which shares of groups are clustered: salesperson, else article, else none."""
    return next((column for column in ("salesperson", "article") if CLUSTERS[column] in log.capabilities), None)


def shares_by(frame: Frame, by: str, cluster: str | None) -> pd.DataFrame:
    """group, reads, new, share, low, high of counted reads; Wilson intervals where there is nothing to cluster by."""
    table = counts(frame, [by, cluster] if cluster else [by])
    if table.empty:
        raise Refusal("no read is left to count", f"new share by {by}", "shorten the burn-in, or count all reads")
    sums = table.groupby(by, as_index=False)[["reads", "new"]].sum().rename(columns={by: "group"})
    if cluster is None:
        low, high = wilson(sums["new"], sums["reads"])
        return sums.assign(share=sums["new"] / sums["reads"], low=low, high=high)
    new, reads = (matrix(table, by, cluster, value)[0] for value in ("new", "reads"))
    share, low, high = clustered_shares(new, reads)
    return sums.assign(share=share, low=low, high=high)


@held
def censoring(log: Arrivals, definition: Definition = Definition()) -> pd.DataFrame:
    """The new share by time since the log began, burn-in included: from_day, to_day, reads, new, share, low, high.

    People known from before the log look new at their first event in it: until the share has settled it says little.
    """
    whole = Definition(definition.known_by, 0.0, definition.reads, definition.self_reads)
    frame = counted(log, whole).with_columns((nw.col("day") // CENSORING_DAYS).cast(nw.Int64).alias("period"))
    table = shares_by(frame, "period", cluster_column(log))
    days = table.pop("group") * CENSORING_DAYS
    return pd.concat([days.rename("from_day"), (days + CENSORING_DAYS).rename("to_day"), table], axis=1)
