"""The table of a test that was run: readers of salespeople with and without the module."""

import numpy as np
import pandas as pd

from helpers.marketing.planted import chance
from helpers.marketing.planted.settings import TrialSettings
from helpers.marketing.planted.tables import labels

ARMS = np.array(["control", "module"])
FEWEST = 5  # readers of a salesperson in the test


def pilot_table(rng: np.random.Generator, settings: TrialSettings) -> pd.DataFrame:
    """One row per reader: unit, arm, cluster (salesperson), outcome (left contact details: 1 or 0), reads in the eight weeks before, whether
    the reader saw the module, and reads and forwards during the test.

    Half of the salespeople have the module; forwards carry it to a few readers of the others. A salesperson's readers share a rate, and a
    reader who read more before is likelier to leave contact details, module or not. Reading and forwarding are the same in both arms.
    """
    arm = chance.shuffled(rng, settings.salespeople) % 2
    rate = chance.beta(rng, settings.base_rate, settings.icc, settings.salespeople)
    cluster = np.repeat(np.arange(settings.salespeople), _sizes(rng, settings))
    earlier = chance.geometric(rng, settings.reads, len(cluster))
    exposed = (arm[cluster] == 1) | chance.happens(rng, settings.exposed_controls, len(cluster))
    likely = rate[cluster] * (earlier + 2) / (settings.reads + 2) + settings.effect * exposed
    outcome = chance.happens(rng, likely, len(cluster))
    reads = 1 + chance.geometric(rng, 0.5 * settings.reads + 0.25 * earlier, len(cluster))
    return pd.DataFrame({
        "unit": labels("u", np.arange(len(cluster)), 4), "arm": ARMS[arm[cluster]], "cluster": labels("s", cluster, 3),
        "outcome": outcome.astype(int), "earlier_outcome": earlier, "exposed": exposed.astype(int),
        "reads": reads, "forwards": chance.geometric(rng, settings.forwards_per_read * reads, len(cluster)),
    })  # fmt: skip


def _sizes(rng: np.random.Generator, settings: TrialSettings) -> np.ndarray:
    """Readers per salesperson: five at least, spread widely."""
    return FEWEST + sum(chance.geometric(rng, (settings.readers - FEWEST) / 2, settings.salespeople) for _ in range(2))
