"""Ways of reading the module's effect on registration, as practised, each with the interval that goes with it.

Each takes the seasons of one world and returns an Estimate in leads per 1,000 reads of the one estimand that outcome.py states.
The attribution models are in credit.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.evidence.estimate import Estimate
from helpers.evidence.proportion import newcombe_difference
from helpers.evidence.trial import Arm, adjusted_effect, clustered_effect, difference_in_differences_by_cluster
from helpers.marketing.worlds import credit
from helpers.marketing.worlds.outcome import UNIT, Outcome, Tally
from helpers.marketing.worlds.seasons import Seasons
from helpers.marketing.worlds.tool import Tool

NAIVE = "Newcombe interval; reads taken as independent"


@dataclass(frozen=True)
class Way:
    """A way of reading: its function, and what it costs.

    whole_year: the weeks before the launch are read too. withheld: share of the traffic that goes without the module by
    design; by_lot: chance alone decided who has it.
    """

    read: Callable[[Seasons], Estimate]
    whole_year: bool = False
    withheld: float = 0.0
    by_lot: bool = False

    def weeks(self, tool: Tool) -> int:
        """Weeks of records that it reads."""
        return tool.weeks - (0 if self.whole_year else tool.launch)


def before_after(seasons: Seasons) -> Estimate:
    """Pages with the module, after the launch against before it."""
    reads, leads = _on(seasons.had, seasons.deployed_tally)
    return _naive(leads[0], reads[0], leads[1], reads[1])


def viewers(seasons: Seasons) -> Estimate:
    """Readings in which the module was looked at against all others after the launch."""
    outcome, after = seasons.deployed, seasons.deployed.present & seasons.world.late
    return _two_groups(outcome, after & ~outcome.viewed, after & outcome.viewed)


def difference_in_differences(seasons: Seasons) -> Estimate:
    """The change on pages with the module less the change on pages without it."""
    return _by_salesperson(difference_in_differences_by_cluster(*_arms(seasons.deployed_tally, seasons.had)))


def holdout_by_reader(seasons: Seasons) -> Estimate:
    """Half of the readers, drawn by lot, are shown the module."""
    outcome, after = seasons.by_reader, seasons.by_reader.present & seasons.world.late
    shown = seasons.treated_reader[seasons.world.reader]
    return _two_groups(outcome, after & ~shown, after & shown)


def holdout_by_salesperson(seasons: Seasons) -> Estimate:
    """Half of the salespeople, drawn by lot, have the module on their pages."""
    return _by_salesperson(clustered_effect(*_arms(seasons.by_salesperson, seasons.treated)))


def holdout_adjusted(seasons: Seasons) -> Estimate:
    """The same holdout, with what each salesperson's weeks before the launch explain taken out (CUPED)."""
    return _by_salesperson(adjusted_effect(*_arms(seasons.by_salesperson, seasons.treated)).effect)


def factorial(seasons: Seasons) -> Estimate:
    """Content and module drawn by lot, apart, by salesperson: the module's effect where content is as it was."""
    return _by_salesperson(clustered_effect(*_arms(seasons.factorial, seasons.treated, ~seasons.improved)))


def content_effect(seasons: Seasons) -> Estimate:
    """What the 2×2 gives besides: the effect of better content on registration per read, where there is no module."""
    return _by_salesperson(clustered_effect(*_arms(seasons.factorial, seasons.improved, ~seasons.treated)))


WAYS: dict[str, Way] = {
    "before_after": Way(before_after, whole_year=True),
    "viewers": Way(viewers),
    "first_touch": Way(credit.first_touch),
    "last_touch": Way(credit.last_touch),
    "shapley": Way(credit.shapley),
    "markov": Way(credit.markov),
    "difference_in_differences": Way(difference_in_differences, whole_year=True),
    "holdout_by_reader": Way(holdout_by_reader, False, 0.5, True),
    "holdout_by_salesperson": Way(holdout_by_salesperson, False, 0.5, True),
    "holdout_adjusted": Way(holdout_adjusted, True, 0.5, True),
    "factorial": Way(factorial, False, 0.5, True),
}
RECOMMENDED = "holdout_adjusted"


def contamination(seasons: Seasons) -> dict[str, float]:
    """For each reading with a control group: the share of its reads after the launch that were exposed to the module all the same."""
    outcome, untreated = seasons.by_reader, ~seasons.treated_reader[seasons.world.reader]
    controls = outcome.present & seasons.world.late & untreated
    by_salesperson = _exposed_share(seasons.by_salesperson, ~seasons.treated)
    return {
        "difference_in_differences": _exposed_share(seasons.deployed_tally, ~seasons.had),
        "holdout_by_reader": np.count_nonzero(outcome.exposed & controls) / max(np.count_nonzero(controls), 1),
        "holdout_by_salesperson": by_salesperson,
        "holdout_adjusted": by_salesperson,
        "factorial": _exposed_share(seasons.factorial, ~seasons.treated & ~seasons.improved),
    }


def _exposed_share(tally: Tally, controls: np.ndarray) -> float:
    return tally.exposed[controls, 1].sum() / max(tally.reads[controls, 1].sum(), 1)


def _on(salespeople: np.ndarray, tally: Tally) -> tuple[np.ndarray, np.ndarray]:
    return tally.reads[salespeople].sum(0), tally.leads[salespeople].sum(0)


def _two_groups(outcome: Outcome, control: np.ndarray, treated: np.ndarray) -> Estimate:
    counts = [np.count_nonzero(rows) for group in (control, treated) for rows in (outcome.lead & group, group)]
    return _naive(*counts)


def _naive(leads_a: float, reads_a: float, leads_b: float, reads_b: float) -> Estimate:
    low, high = newcombe_difference(leads_b, reads_b, leads_a, reads_a)
    return _per_thousand(leads_b / max(reads_b, 1) - leads_a / max(reads_a, 1), low, high, NAIVE)


def _arms(tally: Tally, treated: np.ndarray, among: np.ndarray | bool = True) -> tuple[Arm, Arm]:
    """Control and treated salespeople, with what they had before the launch."""
    return tuple(Arm(tally.leads[who, 1], tally.reads[who, 1], tally.leads[who, 0], tally.reads[who, 0]) for who in (among & ~treated, among & treated))


def _by_salesperson(effect: Estimate) -> Estimate:
    return _per_thousand(effect.value, effect.low, effect.high, f"{effect.method}; clusters are salespeople")


def _per_thousand(value: float, low: float, high: float, method: str) -> Estimate:
    return Estimate(float(1000 * value), float(1000 * low), float(1000 * high), UNIT, "simulated", method)
