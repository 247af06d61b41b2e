"""The module's share of the leads as the attribution models see it, read off readers' paths.

None of them compares with what would have happened without the module: they divide up the leads that came. Each takes the
seasons of one world and returns an Estimate in leads per 1,000 reads, without an interval, since none is given in practice.
"""

from collections.abc import Mapping

from helpers.evidence import attribution
from helpers.evidence.estimate import Estimate
from helpers.marketing.worlds.outcome import UNIT
from helpers.marketing.worlds.seasons import Seasons

NAN = float("nan")


def first_touch(seasons: Seasons) -> Estimate:
    """All credit to what a reader met first."""
    return _credited(seasons, attribution.first_touch(seasons.paths), "first touch")


def last_touch(seasons: Seasons) -> Estimate:
    """All credit to what a reader met last before registering."""
    return _credited(seasons, attribution.last_touch(seasons.paths), "last touch")


def shapley(seasons: Seasons) -> Estimate:
    """Shapley's split of the conversions on paths: evenly among what a reader met."""
    return _credited(seasons, attribution.shapley_of_paths(seasons.paths), "Shapley credit")


def markov(seasons: Seasons) -> Estimate:
    """Credit by what a Markov chain of the touches would lose without each of them."""
    return _credited(seasons, attribution.markov_removal(seasons.paths).credit, "Markov removal")


def _credited(seasons: Seasons, credit: Mapping[str, float], method: str) -> Estimate:
    """The module's share of the credit, times the leads per 1,000 reads on the pages that have it."""
    share = credit.get("module", 0.0) / sum(credit.values())
    tally = seasons.deployed_tally
    rate = tally.leads[seasons.had, 1].sum() / tally.reads[seasons.had, 1].sum()
    return Estimate(float(1000 * share * rate), NAN, NAN, UNIT, "simulated", method)
