"""One person on two devices looks new twice: what the new share can be if some of the new people are known ones."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal


def corrected(share: Estimate, known_of_new: float) -> Estimate:
    """The new share if the fraction `known_of_new` of the people who look new are known ones on another device."""
    row = bounds(share, known_of_new).iloc[0]
    method = f"{share.method}; {known_of_new:.0%} of new taken for known"
    return Estimate(float(row["share"]), float(row["low"]), float(row["high"]), share.unit, "assumed" if known_of_new else share.basis, method, share.level)


def bounds(share: Estimate, known_of_new: ArrayLike) -> pd.DataFrame:
    """The new share for each fraction of new people who are known: known_of_new, share, low, high.

    A person's later reads on the second device already count as known, so that only the first one is mistaken: share × (1 - fraction).
    The sampling interval shrinks with it; the width that matters is between the fractions that one thinks possible.
    Raises Refusal for a fraction outside 0 to 1.
    """
    fraction = np.atleast_1d(np.asarray(known_of_new, float))
    if np.any((fraction < 0) | (fraction > 1)):
        raise Refusal(f"{fraction[(fraction < 0) | (fraction > 1)][0]:g} is no share", "people on a second device", "give a fraction from 0 to 1")
    left = 1 - fraction
    return pd.DataFrame({"known_of_new": fraction, "share": share.value * left, "low": share.low * left, "high": share.high * left})
