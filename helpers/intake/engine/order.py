"""What lies between one row and the next, in an engine: rows are put into buckets that are ordered one by one, so that no log is sorted whole."""

import narwhals as nw
import numpy as np
import pandas as pd

from helpers.intake.checks.silence import Silence, silence
from helpers.intake.engine.frames import Frame, number_of_rows, small
from helpers.intake.engine.moments import microseconds

BUCKET = 1 << 17  # rows, about
WEEK = 7 * 86_400_000_000


def out_of_order(rows: Frame) -> int:
    """How many rows are earlier than the row before, in the order of `row`."""
    numbered = rows.select("moment", "row", (nw.col("row") // BUCKET).alias("bucket"))
    back = nw.col("moment") < nw.col("moment").shift(1).over("bucket", order_by="row")
    within = int(small(numbered.with_columns(back.alias("back")).select(nw.col("back").fill_null(False).cast(nw.Int64).sum()))["back"].fillna(0).iloc[0])
    ends = numbered.group_by("bucket").agg(nw.col("row").min().alias("first"), nw.col("row").max().alias("last"))
    outer = small(numbered.join(ends, on="bucket", how="inner").filter((nw.col("row") == nw.col("first")) | (nw.col("row") == nw.col("last"))).select("row", "moment", "bucket"), "row")
    between = outer["bucket"].ne(outer["bucket"].shift())
    return within + int((outer["moment"].diff()[between] < 0).sum())


def longest_silence(rows: Frame, first: pd.Timestamp, last: pd.Timestamp) -> Silence | None:
    """The longest time between known moments and what is usual; None for fewer than two different ones."""
    begin, span = microseconds(first), microseconds(last) - microseconds(first)
    if not span:
        return None
    width = span // max(number_of_rows(rows) // BUCKET, 1) + 1
    timed = rows.select("moment", ((nw.col("moment") - begin) // width).alias("bucket"))
    before = nw.col("moment").shift(1).over("bucket", order_by="moment")
    gaps = timed.with_columns(before.alias("before")).filter(~nw.col("before").is_null())
    gaps = gaps.select((nw.col("moment") - nw.col("before")).alias("gap"), nw.col("before"), ((nw.col("before") - begin) // WEEK).alias("week"))
    inner = small(gaps.group_by("week").agg(nw.col("gap").max().alias("gap")))
    ends = small(timed.group_by("bucket").agg(nw.col("moment").min().alias("first"), nw.col("moment").max().alias("last")), "bucket")
    outer = pd.DataFrame({"before": ends["last"][:-1].to_numpy(), "gap": ends["first"][1:].to_numpy() - ends["last"][:-1].to_numpy()})
    outer = outer.assign(week=(outer["before"] - begin) // WEEK)
    of_weeks = pd.concat([inner, outer[["week", "gap"]]]).groupby("week")["gap"].max()
    longest = int(of_weeks.max())
    began = list(outer.loc[outer["gap"] == longest, "before"]) + list(small(gaps.filter(nw.col("gap") == longest).select(nw.col("before").min()))["before"].dropna())
    return silence(np.timedelta64(longest, "us"), np.datetime64(int(min(began)), "us"), of_weeks.to_numpy().astype("timedelta64[us]"), int(of_weeks.index.max()))
