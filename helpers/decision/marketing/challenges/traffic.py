"""Challenge a, traffic: who is new, how forwards spread, and what the verdict takes from the log."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.decision.marketing.inputs import beliefs, definition_of
from helpers.decision.marketing.plan import Known
from helpers.intake.held import held
from helpers.marketing.share_log import ShareLog
from helpers.marketing.traffic.arrivals import Arrivals, arrivals
from helpers.marketing.traffic.cascades import Spread, spread
from helpers.marketing.traffic.ceiling import Traffic, traffic
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.mix import Mix, mix_shift
from helpers.marketing.traffic.split import Split, censoring, new_share, new_share_by


@held
def drawn_split(log: Arrivals, definition: Definition, seed: int) -> Split:
    """New and known, under a notebook's seed."""
    return new_share(log, definition, np.random.default_rng([seed, 1]))


@held
def drawn_mix(log: Arrivals, definition: Definition, seed: int) -> Mix:
    """What the mix of topics did, under a notebook's seed."""
    return mix_shift(log, "topic", definition, np.random.default_rng([seed, 2]))


@dataclass(frozen=True, eq=False)
class TrafficChallenge:
    """Parameter values and the log, and what follows from them of traffic. What the log can't bear is None."""

    values: Mapping[str, object]
    log: ShareLog

    def rng(self, step: int) -> np.random.Generator:
        """The randomness of one step: from the notebook's seed, whatever other steps drew."""
        return np.random.default_rng([self.values["seed"], step])

    @cached_property
    def definition(self) -> Definition:
        """Who counts as new."""
        return definition_of(self.values)

    @cached_property
    def arrivals(self) -> Arrivals:
        """The log's reads and forwards."""
        return arrivals(self.log)

    @cached_property
    def split(self) -> Split:
        """New and known."""
        return drawn_split(self.arrivals, self.definition, self.values["seed"])

    def shares_by(self, by: str) -> pd.DataFrame:
        """The new share by month, depth, topic, channel or salesperson."""
        return new_share_by(self.arrivals, by, self.definition)

    @cached_property
    def censoring(self) -> pd.DataFrame:
        """The new share by time since the log began."""
        return self.censoring_by(self.definition.known_by)

    def censoring_by(self, known_by: str) -> pd.DataFrame:
        """The same with another definition of known."""
        return censoring(self.arrivals, replace(self.definition, known_by=known_by))

    @cached_property
    def spread(self) -> Spread | None:
        """How forwards spread."""
        return spread(self.arrivals) if "share_links" in self.log.capabilities else None

    @cached_property
    def traffic(self) -> Traffic | None:
        """New people a month."""
        return traffic(self.arrivals, self.definition) if "people" in self.log.capabilities else None

    @cached_property
    def mix(self) -> Mix | None:
        """What a change of the mix of topics has to do with the change of the new share."""
        return mix_shift(self.arrivals, "topic", self.definition, self.rng(2)) if {"topics", "people", "three_whole_months"} <= self.capabilities else None

    @property
    def capabilities(self) -> frozenset[str]:
        """What the log holds that a finding may need."""
        enough = self.traffic is None or self.traffic.months >= 3
        return self.log.capabilities | ({"three_whole_months"} if enough else frozenset())

    @cached_property
    def known(self) -> Known:
        """What the verdict takes from the log, and what it has to assume instead."""
        return Known.of(self.arrivals, self.definition, self.traffic, beliefs(self.values))
