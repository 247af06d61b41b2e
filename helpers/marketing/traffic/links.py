"""Where each link lies in its cascade: depth, the publish it goes back to, the first forward it goes back to."""

import narwhals as nw
from narwhals.typing import IntoFrameT

DEEPEST = 60
UNKNOWN = -1


def share_table(events: IntoFrameT) -> IntoFrameT:
    """One row per link sent out: share, parent_share, salesperson, article, sent (time), forwarded (1 if a reader sent it), depth, root, top.

    depth: 0 for a publish, 1 for a forward of it, ...; root: the publish, top: the first forward that it goes back to. Where the log
    doesn't hold the way back to a publish depth is -1 and root and top are missing. A link that is in the log twice counts once.
    """
    sent = nw.from_native(events).filter(nw.col("event").is_in(["publish", "forward"]), ~nw.col("share").is_null())
    forwarded, time = (nw.col("event") == "forward").cast(nw.Int64).alias("forwarded"), nw.col("time").alias("sent")
    shares = sent.unique(subset=["share"], keep="any").select("share", "parent_share", "salesperson", "article", time, forwarded)
    placed = shares.join(_levels(shares), on="share", how="left")
    return placed.with_columns(nw.col("depth").fill_null(UNKNOWN).cast(nw.Int64)).to_native()


def _levels(shares: nw.DataFrame) -> nw.DataFrame:
    """share, depth, root, top, level by level from the publishes down."""
    publishes = shares.filter(nw.col("forwarded") == 0)
    level = publishes.select("share", nw.lit(0).alias("depth"), nw.col("share").alias("root"), nw.lit(None, nw.String).alias("top"))
    forwards = shares.filter(nw.col("forwarded") == 1).select("share", "parent_share")
    levels = []
    while len(level) and len(levels) < DEEPEST:  # a log in which links go round in a circle must not hold us up
        levels.append(level)
        level = _below(level, forwards)
    return nw.concat(levels) if levels else level


def _below(level: nw.DataFrame, forwards: nw.DataFrame) -> nw.DataFrame:
    """The forwards of the links of one level, one deeper."""
    parents = level.rename({"share": "parent_share"})
    children = forwards.join(parents, on="parent_share", how="inner")
    top = nw.when(nw.col("depth") == 0).then(nw.col("share")).otherwise(nw.col("top"))
    return children.select("share", (nw.col("depth") + 1).alias("depth"), "root", top.alias("top"))
