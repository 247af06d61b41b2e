"""Where each link lies in its cascade: depth, the publish it goes back to, the first forward it goes back to."""

import narwhals as nw
from narwhals.typing import IntoFrameT

from helpers.intake.engine.frames import Frame, frame_of, kept, number_of_rows
from helpers.intake.engine.moments import with_moment

DEEPEST = 60
UNKNOWN = -1


def share_table(events: IntoFrameT) -> IntoFrameT:
    """One row per link sent out: share, parent_share, salesperson, article, sent (moment), forwarded (1 if a reader sent it), depth, root, top.

    depth: 0 for a publish, 1 for a forward of it, ...; root: the publish, top: the first forward that it goes back to. Where the log
    doesn't hold the way back to a publish depth is -1 and root and top are missing. A link that is in the log twice counts once, where it stands first.
    """
    sent = with_moment(frame_of(events)).filter(nw.col("event").is_in(["publish", "forward"]), ~nw.col("share").is_null())
    forwarded = (nw.col("event") == "forward").cast(nw.Int64).alias("forwarded")
    shares = kept(_once(sent).select("share", "parent_share", "salesperson", "article", nw.col("moment").alias("sent"), forwarded))
    placed = shares.join(_levels(shares), on="share", how="left")
    return kept(placed.with_columns(nw.col("depth").fill_null(UNKNOWN).cast(nw.Int64))).to_native()


def _once(sent: Frame) -> Frame:
    """The links without those rows in which one is sent again; few are, so that only those few are looked at twice."""
    first = sent.group_by("share").agg(nw.col("row").min().alias("first_row"), nw.len().alias("times")).filter(nw.col("times") > 1)
    again = sent.join(first, on="share", how="inner").filter(nw.col("row") > nw.col("first_row"))
    return sent.join(again.select("row"), on="row", how="anti")


def _levels(shares: Frame) -> Frame:
    """share, depth, root, top, level by level from the publishes down."""
    publishes = shares.filter(nw.col("forwarded") == 0)
    nobody = nw.lit(None, nw.String).alias("top")
    level = publishes.select("share", nw.lit(0, nw.Int64).alias("depth"), nw.col("share").alias("root"), nobody)
    forwards = shares.filter(nw.col("forwarded") == 1).select("share", "parent_share")
    levels = [level]
    while len(levels) < DEEPEST:  # a log in which links go round in a circle must not hold us up
        level = kept(_below(level, forwards))
        if not number_of_rows(level):
            break
        levels.append(level)
    return nw.concat(levels)


def _below(level: Frame, forwards: Frame) -> Frame:
    """The forwards of the links of one level, one deeper."""
    parents = level.rename({"share": "parent_share"})
    children = forwards.join(parents, on="parent_share", how="inner")
    top = nw.when(nw.col("depth") == 0).then(nw.col("share")).otherwise(nw.col("top"))
    return children.select("share", (nw.col("depth") + 1).alias("depth"), "root", top.alias("top"))
