"""Challenge c, upkeep: what owning the section costs, and what nobody has decided."""

from functools import cached_property

from helpers.decision.marketing.challenges.positioning import PositioningChallenge
from helpers.decision.marketing.inputs import settled, upkeep_of
from helpers.marketing.upkeep import Ownership, Question, Upkeep, cost, gaps


class UpkeepChallenge(PositioningChallenge):
    """What follows of upkeep."""

    @cached_property
    def upkeep(self) -> Upkeep:
        """What ownership is reckoned from."""
        return upkeep_of(self.values)

    @cached_property
    def ownership(self) -> Ownership:
        """Cost of ownership month by month."""
        return cost(self.upkeep, self.rng(3))

    @cached_property
    def gaps(self) -> list[Question]:
        """Questions of governance that nobody has answered."""
        return gaps(settled(self.values))
