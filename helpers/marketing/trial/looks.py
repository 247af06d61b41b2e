"""Looking at a running test: the limits that keep its error, what they cost, and what peeking without them costs."""

import numpy as np
import pandas as pd

from helpers.evidence.sequential import critical_values, expected_fraction, inflation_factor, peeking_false_positive_rate


def schedule(looks: int, weeks: float, alpha: float = 0.05) -> pd.DataFrame:
    """One row per look: look, week, and the |z| that stops the test there by each rule.

    Columns look, week, pocock, obrien_fleming, peeking (the limit of a single look used at every look, which is the fault).
    """
    plain = critical_values(1, alpha)[0]
    return pd.DataFrame({
        "look": np.arange(1, looks + 1),
        "week": weeks * np.arange(1, looks + 1) / looks,
        "pocock": critical_values(looks, alpha, "pocock"),
        "obrien_fleming": critical_values(looks, alpha, "obrien_fleming"),
        "peeking": np.full(looks, plain),
    })  # fmt: skip


def prices(looks: int, alpha: float = 0.05, power: float = 0.8) -> pd.DataFrame:
    """What each rule costs with so many looks: rule, error (true false-positive rate), longest, expected.

    longest: the largest size over that of one look; expected: the mean size over that of one look if the effect is as planned
    (peeking: not given, since its error is not the one promised).
    """
    rows = [("peeking", peeking_false_positive_rate(looks, alpha), 1.0, np.nan)]
    for kind in ("pocock", "obrien_fleming"):
        longest = inflation_factor(looks, alpha, power, kind)
        rows.append((kind, alpha, longest, longest * expected_fraction(looks, alpha, power, kind)))
    return pd.DataFrame(rows, columns=["rule", "error", "longest", "expected"])
