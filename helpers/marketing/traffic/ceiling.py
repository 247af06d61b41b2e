"""The ceiling: how many leads a month the module could bring at most with today's traffic, and what traffic it would need to pay."""

from dataclasses import dataclass
from math import hypot

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.evidence.clustering import clustered_share
from helpers.evidence.estimate import Estimate
from helpers.evidence.means import mean_interval
from helpers.intake.engine.frames import Frame, frame_of
from helpers.intake.engine.moments import microseconds, seconds_since
from helpers.intake.held import held
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import DAY, Arrivals
from helpers.marketing.traffic.counts import counts
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.split import cluster_column, new_share_by

REGISTER_WITHIN_DAYS = 30.0


@dataclass(frozen=True)
class Traffic:
    """What today's forwards bring.

    new_per_month: new people a month (forwarded reads of new people; all reads where the log has no share links), with the
    interval of a mean over months; months: how many whole months that rests on; by_month: group, reads, new, share, low, high, whole.
    """

    new_per_month: Estimate
    months: int
    by_month: pd.DataFrame


@held
def traffic(log: Arrivals, definition: Definition = Definition()) -> Traffic:
    """New people a month over the log's whole months after the burn-in. Raises Refusal where there is no whole month."""
    by_month = new_share_by(log, "month", definition)
    whole = by_month[by_month["whole"]]
    if whole.empty:
        raise Refusal("after the burn-in no whole month is left", "new people a month", "shorten the burn-in")
    return Traffic(mean_interval(whole["new"].to_numpy(float), unit="people a month"), len(whole), by_month)


def registration_rate(log: Arrivals, definition: Definition = Definition(), within_days: float = REGISTER_WITHIN_DAYS) -> Estimate:
    """The share of new people brought by a forward who register within `within_days` of their first read, without any module.

    People whose first read is younger than that at the log's end don't count. Clustered by salesperson where the log has them.
    Raises Refusal where the log has no registrations or no such people.
    """
    if "registrations" not in log.capabilities:
        raise Refusal("this log holds no registrations", "registration rate", "map the event, as in 'register: signed_up', or assume a rate")
    people = newcomers(log, definition, within_days)
    key = cluster_column(log)
    table = counts(people, [key or "row"], "registered")
    if table.empty:
        raise Refusal("no new person is left to count", "registration rate", "shorten the burn-in")
    return clustered_share(table["registered"], table["reads"])


def newcomers(log: Arrivals, definition: Definition, within_days: float) -> Frame:
    """First reads of people who came by a forward after the burn-in, with registered: 1 if they did within `within_days`."""
    old_enough = nw.col("moment") <= microseconds(log.end - pd.Timedelta(days=within_days))
    reads = frame_of(log.reads).filter(nw.col("first"), nw.col("day") >= definition.burn_in_days, old_enough)
    reads = reads.filter(nw.col("forwarded") == 1) if "share_links" in log.capabilities else reads
    waited = seconds_since(nw.col("moment"), nw.col("registered_at")) / DAY
    return reads.with_columns((waited <= within_days).fill_null(False).cast(nw.Int64).alias("registered"))


def leads(new_per_month: Estimate, rate: Estimate | float) -> Estimate:
    """The most leads a month: new people a month × the share of them who register; 95 % interval of the product.

    A rate given as a number counts as known. Interval by MOVER: each factor's own interval, recovered for the product
    (Zou and Donner 2008; Donner and Zou 2012).
    """
    rate = rate if isinstance(rate, Estimate) else Estimate(rate, rate, rate, "share", "assumed", "assumed")
    value = new_per_month.value * rate.value
    down = hypot(new_per_month.value * (rate.value - rate.low), rate.value * (new_per_month.value - new_per_month.low))
    up = hypot(new_per_month.value * (rate.high - rate.value), rate.value * (new_per_month.high - new_per_month.value))
    basis = "assumed" if rate.basis == "assumed" else new_per_month.basis
    return Estimate(value, max(value - down, 0.0), value + up, "leads a month", basis, "new people a month times registration rate (MOVER)")


def leads_by_rate(new_per_month: Estimate, rates: ArrayLike) -> pd.DataFrame:
    """The most leads a month at any registration rate: rate, leads, low, high (of the traffic only, the rate being given)."""
    rates = np.atleast_1d(np.asarray(rates, float))
    ends = {"leads": new_per_month.value, "low": new_per_month.low, "high": new_per_month.high}
    return pd.DataFrame({"rate": rates, **{name: np.maximum(end, 0) * rates for name, end in ends.items()}})


def traffic_needed(cost_per_month: ArrayLike, lead_value: ArrayLike, rate: ArrayLike) -> np.ndarray:
    """New people a month that would be needed for leads of `lead_value` to pay `cost_per_month` (same money) at that registration rate.

    Infinite where a lead is worth nothing or nobody registers. Arrays broadcast.
    """
    earned = np.asarray(lead_value, float) * np.asarray(rate, float)
    with np.errstate(divide="ignore"):
        return np.asarray(cost_per_month, float) / earned
