"""How forwards spread: forwards per read, reads per forward, forwards of forwards, and how large and deep cascades grow."""

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from helpers.evidence.branching import borel_mean, borel_pmf, depth_survival
from helpers.evidence.clustering import clustered_ratio, clustered_share, clustered_shares
from helpers.evidence.estimate import Estimate
from helpers.intake.engine.frames import Frame, frame_of, grouped, joined, number_of_rows, small
from helpers.intake.engine.moments import microseconds
from helpers.intake.held import held
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import Arrivals
from helpers.marketing.traffic.counts import matrix

SETTLE_DAYS = 7.0
LARGEST, DEEPEST = 8, 6


@dataclass(frozen=True)
class Spread:
    """How forwards spread, each with an interval clustered by salesperson.

    reads_per_forward and unread: readers of one forward, and the share of forwards that nobody opens; reproduction: R, the forwards
    that one forward leads to; mean_size: forwards in a cascade that starts with one forward, itself included; expected_size: what a branching process
    with the R of first forwards would have. generations: generation, forwards, reproduction, low, high.
    sizes: size (the last one stands for itself and all larger), cascades, share, low, high, branching (Borel, with R);
    depths: depth (generations below the first forward), cascades, share (that get at least that deep), low, high, branching.
    Only forwards that had `SETTLE_DAYS` days to be opened and forwarded count.
    """

    reads_per_forward: Estimate
    unread: Estimate
    reproduction: Estimate
    mean_size: Estimate
    expected_size: Estimate
    generations: pd.DataFrame
    sizes: pd.DataFrame
    depths: pd.DataFrame


def forwards_per_read(log: Arrivals) -> Estimate:
    """Forwards made per read; clustered by salesperson, where the forwards name none by article. Raises Refusal without forwards."""
    if "forwards" not in log.capabilities:
        raise Refusal("this log holds no forwards", "forwards per read", "map the event, as in 'forward: shared'")
    for key in ("salesperson", "article"):
        forwards, reads = (_per_cluster(frame, key) for frame in (log.forwards, log.reads))
        if len(forwards) and len(reads):
            both = forwards.align(reads, fill_value=0)
            return clustered_ratio(*(side.to_numpy() for side in both), unit="forwards per read")
    value = number_of_rows(frame_of(log.forwards)) / number_of_rows(frame_of(log.reads))
    return Estimate(value, np.nan, np.nan, "forwards per read", method="nothing to cluster by")


def _per_cluster(frame, key: str) -> pd.Series:
    counted = frame_of(frame).filter(~nw.col(key).is_null()).group_by(key).agg(nw.len().alias("events"))
    return small(counted, key).set_index(key)["events"]


def new_people_per_read(log: Arrivals, burn_in_days: float = 90.0) -> Estimate:
    """New people whom one read brings by being forwarded: the k-factor of the tool, clustered by salesperson. Needs share links."""
    _needs_links(log)
    reads = frame_of(log.reads).filter(nw.col("day") >= burn_in_days)
    brought = (nw.col("first") & (nw.col("forwarded") == 1)).cast(nw.Int64)
    grouped = reads.with_columns(brought.alias("brought")).group_by(_cluster(log)).agg(nw.len().alias("reads"), nw.col("brought").sum())
    grouped = small(grouped, _cluster(log))
    return clustered_ratio(grouped["brought"], grouped["reads"], unit="new people per read")


@held
def spread(log: Arrivals, settle_days: float = SETTLE_DAYS) -> Spread:
    """How forwards spread. Raises Refusal without share links, or where no forward is old enough."""
    _needs_links(log)
    forwards = forward_table(log, settle_days)
    by_cluster = small(forwards.group_by("cluster").agg(nw.len().alias("forwards"), nw.col("reads", "unread", "children").sum()), "cluster")
    if by_cluster.empty:
        raise Refusal("no forward is old enough to judge", "cascades", f"the log must go on for {settle_days:g} days after one")
    count = by_cluster["forwards"]
    reproduction = clustered_ratio(by_cluster["children"], count, unit="forwards per forward")
    generations = _generations(forwards)
    trees = small(cascade_table(log, settle_days), "cluster", "size", "depth")
    totals = trees.assign(all=trees["size"] * trees["cascades"]).groupby("cluster", dropna=False)[["all", "cascades"]].sum()
    return Spread(
        clustered_ratio(by_cluster["reads"], count, unit="reads per forward"),
        clustered_share(by_cluster["unread"], count),
        reproduction,
        clustered_ratio(totals["all"], totals["cascades"], unit="forwards"),
        expected_size(generations),
        generations,
        size_table(trees, reproduction.value),
        depth_table(trees, reproduction.value),
    )


def _needs_links(log: Arrivals) -> None:
    if "share_links" not in log.capabilities:
        raise Refusal("this log doesn't say which link a read or forward came through", "cascades", "map share and parent_share")


def _cluster(log: Arrivals) -> str:
    return "salesperson" if "salespeople" in log.capabilities else "root"


def forward_table(log: Arrivals, settle_days: float) -> Frame:
    """One row per settled forward: cluster, depth, reads, unread (1 if none), children (forwards of it)."""
    shares = frame_of(log.shares)
    reads = grouped(frame_of(log.reads).filter(~nw.col("link").is_null()).select("link"), ["link"], nw.len().alias("reads"))
    children = grouped(shares.filter(~nw.col("parent").is_null()).select("parent"), ["parent"], nw.len().alias("children"))
    forwards = _settled(log, settle_days, shares.filter(nw.col("forwarded") == 1)).select("link", "depth", nw.col(_cluster(log)).alias("cluster"))
    counted = joined(joined(forwards, reads, "link"), children.rename({"parent": "link"}), "link")
    counted = counted.with_columns(nw.col("reads", "children").fill_null(0).cast(nw.Int64))
    return counted.with_columns((nw.col("reads") == 0).cast(nw.Int64).alias("unread"))


def cascade_table(log: Arrivals, settle_days: float) -> Frame:
    """Cascades that start with a settled forward: how many (cascades) by cluster, size (forwards in it) and depth (generations below the first)."""
    shares = frame_of(log.shares).filter(~nw.col("top").is_null())
    grown = grouped(shares.select("top", "depth"), ["top"], nw.len().alias("size"), nw.col("depth").max())
    first = _settled(log, settle_days, shares.filter(nw.col("depth") == 1)).select("top", nw.col(_cluster(log)).alias("cluster"))
    trees = joined(grown, first, "top", "inner").with_columns((nw.col("depth") - 1).alias("depth"))
    return trees.group_by("cluster", "size", "depth").agg(nw.len().alias("cascades"))


def _settled(log: Arrivals, settle_days: float, shares: Frame) -> Frame:
    return shares.filter(nw.col("sent") <= microseconds(log.end - pd.Timedelta(days=settle_days)))


def _generations(forwards: Frame) -> pd.DataFrame:
    """Reproduction by generation: whether forwards of forwards are forwarded as much as first ones."""
    known = forwards.filter(nw.col("depth") > 0)
    table = small(known.group_by("depth", "cluster").agg(nw.len().alias("forwards"), nw.col("children").sum()), "depth", "cluster")
    rows = [
        (depth, int(part["forwards"].sum()), clustered_ratio(part["children"], part["forwards"])) for depth, part in table.groupby("depth")
    ]  # fmt: skip
    return pd.DataFrame([(depth, count, e.value, e.low, e.high) for depth, count, e in rows], columns=["generation", "forwards", "reproduction", "low", "high"])


def expected_size(generations: pd.DataFrame) -> Estimate:
    """Mean cascade size 1 / (1 - R) with the R of first forwards and its interval; NaN where R may be 1 or more."""
    first = generations.iloc[0]
    low, value, high = (float(borel_mean(r)) if 0 <= r < 1 else np.nan for r in (max(first["low"], 0.0), first["reproduction"], first["high"]))
    return Estimate(value, low, high, "forwards", method="branching process, 1 / (1 - R) of first forwards")


def size_table(trees: pd.DataFrame, r: float) -> pd.DataFrame:
    """Sizes of cascades beside a branching process of the same R; the last row gathers all larger ones."""
    return _distribution(trees.assign(size=trees["size"].clip(upper=LARGEST)), "size", _borel_up_to(LARGEST, r), at_least=False)


def depth_table(trees: pd.DataFrame, r: float) -> pd.DataFrame:
    """The share of cascades that get at least 1, 2, ... generations deep, beside a branching process of the same R."""
    return _distribution(trees.assign(depth=trees["depth"].clip(upper=DEEPEST)), "depth", pd.Series(depth_survival(DEEPEST, r)), at_least=True).iloc[1:]


def _distribution(trees: pd.DataFrame, of: str, branching: pd.Series, at_least: bool) -> pd.DataFrame:
    """Shares of cascades by size or depth (exactly, or at least so much), clustered, beside the branching process."""
    counts, clusters, values = matrix(trees, "cluster", of, "cascades")
    full = np.zeros((len(clusters), len(branching)))
    full[:, np.searchsorted(branching.index, values)] = counts
    each = full[:, ::-1].cumsum(1)[:, ::-1] if at_least else full
    share, low, high = clustered_shares(each.T, np.broadcast_to(full.sum(1), each.T.shape))
    sums = each.sum(0).astype(int)
    return pd.DataFrame({of: branching.index, "cascades": sums, "share": share, "low": low, "high": high, "branching": branching.to_numpy()})


def _borel_up_to(largest: int, r: float) -> pd.Series:
    pmf = borel_pmf(np.arange(1, largest + 1), r)
    return pd.Series([*pmf[:-1], 1 - pmf[:-1].sum()], index=range(1, largest + 1))
