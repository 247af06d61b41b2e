"""What comes of a world under a placement of the module, and the truth that every reading is held against.

The estimand, the same for all: extra leads per 1,000 reads, from the launch on, if the module is shown to everybody
instead of nobody, with content as it is. A lead is a reader's first registration. The truth of a world is its own counterfactual:
the same draws played once with the module everywhere and once with it nowhere.
"""

from dataclasses import dataclass

import numpy as np

from helpers.marketing.worlds.cascades import World

UNIT = "leads per 1,000 reads"


@dataclass(frozen=True)
class Outcome:
    """By reading: it takes place, the module was shown, looked at, exposed to (looked at, or told of by a forward), it made a lead."""

    present: np.ndarray
    shown: np.ndarray
    viewed: np.ndarray
    exposed: np.ndarray
    lead: np.ndarray


@dataclass(frozen=True)
class Tally:
    """Counts by salesperson (of the page) before (column 0) and after (column 1) the launch."""

    reads: np.ndarray
    leads: np.ndarray
    exposed: np.ndarray


def play(world: World, placed: np.ndarray, better: np.ndarray | None = None) -> Outcome:
    """What happens if the module is on the readings where `placed` is true, never before the launch.

    placed: by reading. better: by salesperson, whose articles after the launch come from the content programme (default: nobody's).
    """
    tool, late = world.tool, world.late
    improved = late & better[world.author] if better is not None else np.zeros(len(late), bool)
    present = world.present | improved  # a whole cascade shares its article: better content brings all its readings
    shown = placed & late & present
    viewed = shown & world.looks
    exposed = _exposed(world, viewed, present)
    chance = world.chance * np.where(exposed, 1 + tool.module_effect, 1)
    chance[improved] *= np.exp(tool.quality_on_registration * tool.content_effect)
    return Outcome(present, shown, viewed, exposed, _first_of_each_reader(world, present & (world.luck < chance)))


def truth(world: World) -> float:
    """Extra leads per 1,000 reads after the launch, module everywhere against nowhere, in this world."""
    everywhere, nowhere = (play(world, np.full(len(world.page), on)) for on in (True, False))
    reads = np.count_nonzero(nowhere.present & world.late)
    return 1000 * (np.count_nonzero(everywhere.lead & world.late) - np.count_nonzero(nowhere.lead & world.late)) / reads


def tally(world: World, outcome: Outcome) -> Tally:
    """Reads, leads and exposed reads by salesperson of the page, before and after the launch."""
    cell, cells = 2 * world.page + world.late, 2 * world.tool.salespeople
    counted = (outcome.present, outcome.lead, outcome.exposed)
    return Tally(*(np.bincount(cell[rows], minlength=cells).reshape(-1, 2) for rows in counted))


def volunteers(world: World) -> np.ndarray:
    """By salesperson: has the module as operations would place it, more likely where articles are good or getting better."""
    standing = _scaled(world.taste + world.momentum)
    return world.volunteering < 1 / (1 + np.exp(-world.tool.confounding * standing))


def half(draw: np.ndarray) -> np.ndarray:
    """The designed half: true for the lower half of the draws (exactly half of an even number)."""
    return draw.argsort().argsort() < len(draw) / 2


def _exposed(world: World, viewed: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Looked at the module, or received a forward that carried it from a sender who was exposed; passed down the generations."""
    exposed = viewed.copy()
    for rows in world.generations[1:]:
        exposed[rows] |= world.carried[rows] & exposed[world.parent[rows]] & present[rows]
    return exposed


def _first_of_each_reader(world: World, registers: np.ndarray) -> np.ndarray:
    """Keeps each reader's earliest registration only."""
    rows = np.flatnonzero(registers)
    rows = rows[world.when[rows].argsort(kind="stable")]
    lead = np.zeros(len(registers), bool)
    lead[rows[np.unique(world.reader[rows], return_index=True)[1]]] = True
    return lead


def _scaled(values: np.ndarray) -> np.ndarray:
    spread = values.std()
    return values / spread if spread > 0 else values
