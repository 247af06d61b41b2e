"""Where each link lies in its cascade: depth, the publish it goes back to, the first forward it goes back to."""

import narwhals as nw
from narwhals.typing import IntoFrameT

from helpers.intake.engine.frames import Frame, frame_of, grouped, joined, kept, number_of_rows
from helpers.intake.engine.moments import with_moment

DEEPEST = 60
UNKNOWN = -1


def share_table(events: IntoFrameT) -> IntoFrameT:
    """One row per link sent out: link (its number), share, salesperson, sent (moment), forwarded (1 if a reader sent it), parent, depth, root, top.

    Links go by the number of the row in which they were sent out; so do parent, root (the publish it goes back to) and top (the first forward
    that it goes back to). depth: 0 for a publish, 1 for a forward of it, ... Where the log doesn't hold the way back to a publish, depth is -1
    and root and top are missing. A link that is in the log twice counts once, where it stands first.
    """
    sent = with_moment(frame_of(events)).filter(nw.col("event").is_in(["publish", "forward"]), ~nw.col("share").is_null())
    forwarded = (nw.col("event") == "forward").cast(nw.Int64).alias("forwarded")
    shares = kept(_once(sent).select("share", "parent_share", "salesperson", nw.col("moment").alias("sent"), forwarded, nw.col("row").alias("link")))
    parents = shares.select(nw.col("share").alias("parent_share"), nw.col("link").alias("parent"))
    shares = kept(joined(shares, parents, "parent_share").drop("parent_share"))
    placed = joined(shares, _levels(shares), "link")
    return kept(placed.with_columns(nw.col("depth").fill_null(UNKNOWN).cast(nw.Int64))).to_native()


def _once(sent: Frame) -> Frame:
    """The links without those rows in which one is sent again; few are, so that only those few are looked at twice."""
    first = grouped(sent.select("share", "row"), ["share"], nw.col("row").min().alias("first_row"), nw.len().alias("times")).filter(nw.col("times") > 1)
    again = joined(sent, first, "share", "inner").filter(nw.col("row") > nw.col("first_row"))
    return joined(sent, again.select("row"), "row", "anti")


def _levels(shares: Frame) -> Frame:
    """link, depth, root, top, level by level from the publishes down."""
    publishes = shares.filter(nw.col("forwarded") == 0)
    nothing = nw.when(nw.col("forwarded") == 1).then(nw.col("link")).alias("top")
    level = publishes.select("link", nw.lit(0, nw.Int64).alias("depth"), nw.col("link").alias("root"), nothing)
    forwards = shares.filter(nw.col("forwarded") == 1, ~nw.col("parent").is_null()).select("link", nw.col("parent").cast(nw.Int64))
    levels = [level]
    while len(levels) < DEEPEST:  # a log in which links go round in a circle must not hold us up
        level = kept(_below(level, forwards))
        if not number_of_rows(level):
            break
        levels.append(level)
    return nw.concat(levels)


def _below(level: Frame, forwards: Frame) -> Frame:
    """The forwards of the links of one level, one deeper."""
    children = joined(forwards, level.rename({"link": "parent"}), "parent", "inner")
    top = nw.when(nw.col("depth") == 0).then(nw.col("link")).otherwise(nw.col("top"))
    return children.select("link", (nw.col("depth") + 1).alias("depth"), "root", top.cast(nw.Int64).alias("top"))
