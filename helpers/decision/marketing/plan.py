"""What the test and the verdict of case 1 take from the log, and what has to be assumed where the log is silent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

import narwhals as nw
import numpy as np
import pandas as pd

from helpers.decision.marketing.inputs import per_week
from helpers.decision.uncertainty import Assumption
from helpers.evidence.clustering import clustered_share, icc
from helpers.evidence.estimate import Estimate, assumed
from helpers.evidence.likeness import icc_interval
from helpers.evidence.means import mean_interval
from helpers.intake.engine.frames import frame_of, small
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import Arrivals
from helpers.marketing.traffic.ceiling import Traffic, registration_rate
from helpers.marketing.traffic.counts import counts
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.split import is_whole
from helpers.marketing.trial.contamination import Contamination, Unit, contamination
from helpers.marketing.trial.guardrails import GuardrailSize, for_mean, for_share
from helpers.marketing.trial.plan import WEEKS_PER_MONTH, Plan, correlation_by_salesperson

DEFAULT_ICC = 0.01
SEEN_WHERE_SHOWN = 1.0  # who reads an article with the module is exposed to it: the effect sought is that of showing it


@dataclass(frozen=True)
class Known:
    """reads_per_month and new_readers_per_month; reads_per_read: share of reads that came by a forward, so that one read brings that many
    further reads; registration_rate of new readers. What the log lacks is an assumed range (basis "assumed")."""

    reads_per_month: Estimate
    new_readers_per_month: Estimate
    reads_per_read: Estimate
    registration_rate: Estimate

    @classmethod
    def of(cls, log: Arrivals, definition: Definition, traffic: Traffic | None, believed: Iterable[Assumption]) -> "Known":
        """What this log tells of them; where it is silent what is believed instead. traffic: None where the log doesn't say who reads."""
        instead = {each.name: each.estimate() for each in believed}
        forwarded = forwarded_share(log) if "share_links" in log.capabilities else instead["reads_per_read"]
        rate = registration_rate(log, definition) if {"registrations", "people"} <= log.capabilities else instead["registration_rate"]
        reads = reads_per_month(log, definition)
        new = traffic.new_per_month if traffic else _product((reads, forwarded, instead["new_share"]), "people a month")
        return cls(reads, new, forwarded, rate)


def _product(factors: Sequence[Estimate], unit: str) -> Estimate:
    """A product of which a factor is assumed: so is it, from the lows' product to the highs'."""
    value, low, high = (prod(getattr(each, end) for each in factors) for end in ("value", "low", "high"))
    return Estimate(value, low, high, unit, "assumed", "what is believed, times what was measured")


def reads_per_month(log: Arrivals, definition: Definition) -> Estimate:
    """All reads per month over the whole months after the burn-in, with the interval of a mean over months. Raises Refusal for fewer than two."""
    months = small(frame_of(log.reads).group_by("month").agg(nw.len().alias("reads")), "month")
    whole = months[is_whole(log, definition, months["month"])]
    if len(whole) < 2:
        left = "only one whole month is" if len(whole) else "no whole month is"
        what = f"after a burn-in of {definition.burn_in_days:g} days {left} left, which doesn't tell how months differ"
        raise Refusal(what, "reads a month", "give a smaller burn_in_days, or a longer stretch of the log")
    return mean_interval(whole["reads"].to_numpy(float), unit="reads a month")


def forwarded_share(log: Arrivals) -> Estimate:
    """The share of reads that came by a reader's forward: what one read brings, since all reads are the direct ones over 1 - that share."""
    known = frame_of(log.reads).filter(nw.col("forwarded") >= 0)
    cluster = "salesperson" if "salespeople" in log.capabilities else "root"
    table = counts(known, [cluster], "forwarded")
    return clustered_share(table["forwarded"], table["reads"])


def contamination_of(known: Known, values: Mapping[str, object], unit: Unit) -> Contamination:
    """Exposure in both arms of a holdout by `unit`."""
    return contamination(known.reads_per_read.value, values["two_way"], values["crossing"], SEEN_WHERE_SHOWN, unit)


def plannable(people: pd.DataFrame) -> bool:
    """Whether there is enough to plan a test from: at least four salespeople with new readers, some of whom registered and some didn't."""
    return len(people) >= 4 and 0 < people["registered"].sum() < people["people"].sum()


def guardrails_of(log: Arrivals, values: Mapping[str, object]) -> tuple[GuardrailSize, ...]:
    """What ruling out the largest loss that would be borne takes, of reads by salesperson and of forwards per read, within the months allowed."""
    reads, earlier, forwards = halves(log)
    if len(reads) < 4 or not reads.sum() > 0:
        return ()
    during = (reads + earlier) / max((log.end - log.start).days / 7, 1) * values["months_allowed"] * WEEKS_PER_MONTH
    loss, together = values["largest_loss"], reads + earlier
    share = min(float(forwards.sum() / together.sum()), 0.99)
    alike = icc(np.minimum(forwards, together), together) if 0 < share < 0.99 else np.nan
    correlation = float(np.corrcoef(reads, earlier)[0, 1]) if earlier.std() and reads.std() else 0.0
    sizes = [for_mean("reads per salesperson, adjusted by last period", loss, float(reads.std() / reads.mean()), len(reads), min(correlation, 0.99), power=values["power"])]
    if share > 0:
        sizes.append(for_share("forwards per read", share, loss * share, max(alike, 0.0) if alike == alike else DEFAULT_ICC, during[during > 0], power=values["power"]))
    return tuple(sizes)


def halves(log: Arrivals) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """By salesperson: reads in the later and in the earlier half of the log, and forwards in all."""
    last = small(frame_of(log.reads).select(nw.col("day").max()))["day"].iloc[0]
    late = (nw.col("day") >= (last or 0) / 2).cast(nw.Int64)
    by = counts(frame_of(log.reads).with_columns(late.alias("late")), ["salesperson"], "late").set_index("salesperson")
    forwards = counts(frame_of(log.forwards).with_columns(nw.lit(1).alias("one")), ["salesperson"], "one").set_index("salesperson")
    counted = forwards["reads"].reindex(by.index).fillna(0) if len(forwards) else by["reads"] * 0
    return by["late"].to_numpy(float), (by["reads"] - by["late"]).to_numpy(float), counted.to_numpy(float)


def registration_icc(people: pd.DataFrame, rng: np.random.Generator) -> Estimate:
    """How alike the new readers of one salesperson are in registering; an assumed range where the log can't tell."""
    measured = icc_interval(people["registered"].to_numpy(float), people["people"].to_numpy(float), rng)
    return measured if np.isfinite(measured.value) else assumed(DEFAULT_ICC, 0.0, 5 * DEFAULT_ICC)


def cautious(plan: Plan, alike: Estimate) -> Plan:
    """The same test if salespeople's readers were as alike as the upper end of the ICC's interval allows."""
    return replace(plan, icc=min(max(alike.high, plan.icc), 0.99)) if np.isfinite(alike.high) else plan


def last_period(by_half: pd.DataFrame, rng: np.random.Generator) -> Estimate | None:
    """How closely salespeople's registrations follow those of the period before; None where a half of the log has no new readers."""
    if not (by_half["people"].sum() > 0 and by_half["earlier_people"].sum() > 0):
        return None
    return correlation_by_salesperson(*(by_half[name] for name in ("registered", "people", "earlier_registered", "earlier_people")), rng)


def plan_of(people: pd.DataFrame, log: Arrivals, definition: Definition, exposed: Contamination, alike: Estimate, values: Mapping[str, object]) -> Plan:
    """The test by salesperson on today's new readers, from the log's registration rate; alike: the ICC, below 0 taken as 0."""
    reached, registered = people["people"].to_numpy(float), people["registered"].to_numpy(float)
    return Plan(
        baseline=float(registered.sum() / reached.sum()),
        minimum_effect=values["minimum_effect"],
        icc=max(alike.value, 0.0),
        reads_per_week=per_week(people, log, definition),
        alpha=values["alpha"],
        power=values["power"],
        convention=values["convention"],
        kept=exposed.kept,
        looks=values["looks"],
    )
