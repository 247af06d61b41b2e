"""Findings of challenge a, traffic: new and known, how forwards spread, what a change of mix does, and the most that the module could bring."""

from collections.abc import Sequence

import numpy as np

from helpers.decision.marketing.plan import Known
from helpers.decision.uncertainty import Assumption
from helpers.evidence.estimate import Estimate, exactly
from helpers.evidence.findings import Value
from helpers.marketing.traffic.cascades import Spread
from helpers.marketing.traffic.ceiling import leads, traffic_needed
from helpers.marketing.traffic.identity import corrected
from helpers.marketing.traffic.mix import Mix
from helpers.marketing.traffic.split import Split


READS = {"forwarded": "reads that came by a forward", "direct": "reads that came from the salesperson", "all": "reads"}


def share_findings(split: Split, second_device: float) -> dict[str, Value]:
    """New and known, and how sure one may be of it."""
    found = {
        "new_share": split.share,
        "new_share_forwarded": split.share,
        "reads_meant": READS[split.definition.reads],
        "new_share_naive": split.naive,
        "new_share_bootstrap": split.bootstrap,
        "new_share_corrected": corrected(split.share, second_device),
        "new_share_blank_known": exactly(split.blank_low, "share"),
        "new_share_blank_new": exactly(split.blank_high, "share"),
        "reads_counted": exactly(split.reads, "reads"),
    }
    return found | clustering_findings(split)


def clustering_findings(split: Split) -> dict[str, Value]:
    """How alike the reads of one salesperson are, and what that does to the interval."""
    if "salesperson" not in split.clustered:
        return {}
    found = split.clustered["salesperson"]
    return {
        "clusters": exactly(found.clusters, "salespeople"),
        "new_share_icc": Estimate(found.icc, np.nan, np.nan, "", method="analysis of variance of a binary outcome"),
        "new_share_design_effect": Estimate(found.design_effect, np.nan, np.nan, "times", method="clusters of unequal size"),
    }


def spread_findings(spread: Spread) -> dict[str, Value]:
    """What becomes of a forward."""
    return {
        "reads_per_forward": spread.reads_per_forward,
        "unread_forwards": spread.unread,
        "reproduction": spread.reproduction,
        "cascade_size": spread.mean_size,
        "cascade_size_expected": spread.expected_size,
    }


def mix_findings(mix: Mix) -> dict[str, Value]:
    """The change of the new share, and which part of it is a change of mix."""
    return {name: part.scaled(100, "points") for name, part in (("new_share_change", mix.change), ("change_by_mix", mix.mix), ("change_by_behaviour", mix.behaviour))}


def ceiling_findings(known: Known, unknowns: Sequence[Assumption], monthly_cost: float) -> dict[str, Value]:
    """Leads today, the most that the module could add, and the traffic that it would need to pay."""
    by_name = {each.name: each for each in unknowns}
    lift, worth = by_name["module_lift"], by_name["value_per_lead"]
    most, middle, least = (max(rate, 0.0) for rate in (lift.high, lift.centre, lift.low))
    needed = [float(traffic_needed(monthly_cost, value, rate)) for value, rate in ((worth.centre, middle), (worth.high, most), (worth.low, least))]
    return {
        "reads_per_month": known.reads_per_month,
        "new_readers_per_month": known.new_readers_per_month,
        "reads_per_read": known.reads_per_read,
        "registration_rate": known.registration_rate,
        "leads_today": leads(known.new_readers_per_month, known.registration_rate),
        "lead_ceiling": leads(known.new_readers_per_month, most),
        "module_cost_per_month": Estimate(monthly_cost, np.nan, np.nan, "CNY", "assumed", "building spread over the horizon, and mean upkeep"),
        "traffic_needed": Estimate(*needed, "people a month", "assumed", "cost a month over value of a lead and lift, both at the ends of their ranges", 0.8),
        "traffic_needed_times": Estimate(*(each / known.new_readers_per_month.value for each in needed), "times today's", "assumed", "the same over today's new readers", 0.8),
    }
