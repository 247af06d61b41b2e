"""One world lived through several times: as operations would place the module, and under each test design.

The same draws throughout, so that two readings differ by their design and not by luck.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.marketing.worlds.cascades import World, simulate
from helpers.marketing.worlds.outcome import Outcome, Tally, half, play, tally, truth, volunteers
from helpers.marketing.worlds.paths import Path, touch_paths
from helpers.marketing.worlds.tool import Tool


@dataclass(frozen=True)
class Seasons:
    """A world, its truth, and what came of it under each placement.

    had: by salesperson, has the module as deployed. treated, improved: by salesperson, in the module arm and the content arm of a test.
    treated_reader: by reader, in the module arm of the test by reader. The tallies count by salesperson before and after the launch.
    """

    world: World
    truth: float
    had: np.ndarray
    treated: np.ndarray
    improved: np.ndarray
    treated_reader: np.ndarray
    deployed: Outcome
    by_reader: Outcome
    deployed_tally: Tally
    by_salesperson: Tally
    factorial: Tally

    @cached_property
    def paths(self) -> list[Path]:
        """Paths of the readers of pages that have the module, as deployed."""
        return touch_paths(self.world, self.deployed, self.had)


def live(tool: Tool, rng: np.random.Generator) -> Seasons:
    """A new world of the tool, lived through under every design."""
    return lived(simulate(tool, rng))


def lived(world: World) -> Seasons:
    """The world lived through under every design."""
    had, treated, improved = volunteers(world), half(world.module_draw), half(world.content_draw)
    treated_reader = half(world.reader_draw)
    deployed = play(world, had[world.page])
    return Seasons(
        world=world,
        truth=truth(world),
        had=had,
        treated=treated,
        improved=improved,
        treated_reader=treated_reader,
        deployed=deployed,
        by_reader=play(world, treated_reader[world.reader]),
        deployed_tally=tally(world, deployed),
        by_salesperson=tally(world, play(world, treated[world.page])),
        factorial=tally(world, play(world, treated[world.page], improved)),
    )
