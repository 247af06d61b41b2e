"""The table of a test that was run: readers of salespeople with and without the module."""

import numpy as np
import pandas as pd

from helpers.marketing.planted import chance
from helpers.marketing.planted.settings import TrialSettings
from helpers.marketing.planted.tables import labels

ARMS = np.array(["control", "module"])


def pilot_table(rng: np.random.Generator, settings: TrialSettings) -> pd.DataFrame:
    """One row per reader: unit, arm, cluster (salesperson), outcome (left contact details: 1 or 0), reads in the eight weeks before.

    Half of the salespeople have the module. A salesperson's readers share a rate, and a reader who read more before is likelier to
    leave contact details, module or not.
    """
    clusters = settings.salespeople
    arm = chance.shuffled(rng, clusters) % 2
    rate = chance.beta(rng, settings.base_rate, settings.icc, clusters)
    size = 5 + chance.geometric(rng, (settings.readers - 5) / 2, clusters) + chance.geometric(rng, (settings.readers - 5) / 2, clusters)
    cluster = np.repeat(np.arange(clusters), size)
    earlier = chance.geometric(rng, settings.earlier_reads, len(cluster))
    likely = rate[cluster] * (earlier + 2) / (settings.earlier_reads + 2) + settings.effect * arm[cluster]
    return pd.DataFrame({
        "unit": labels("u", np.arange(len(cluster)), 4), "arm": ARMS[arm[cluster]], "cluster": labels("s", cluster, 3),
        "outcome": chance.happens(rng, likely, len(cluster)).astype(int), "earlier_outcome": earlier,
    })  # fmt: skip
