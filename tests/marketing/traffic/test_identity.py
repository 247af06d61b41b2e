"""Second devices: bounds on the new share."""

import numpy as np
import pytest

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.identity import bounds, corrected
from helpers.marketing.traffic.split import new_share

SHARE = Estimate(0.30, 0.25, 0.36, "share", method="robust")


def test_bounds_by_hand():
    table = bounds(SHARE, [0, 0.1, 1])
    assert table["share"].tolist() == pytest.approx([0.30, 0.27, 0]) and table["low"].tolist() == pytest.approx([0.25, 0.225, 0])
    assert len(bounds(SHARE, np.linspace(0, 1, 101))) == 101


def test_one_fraction_as_an_estimate():
    assert corrected(SHARE, 0.1).high == pytest.approx(0.324) and corrected(SHARE, 0.1).basis == "assumed"
    assert corrected(SHARE, 0).basis == "measured"


def test_merging_the_devices_gives_the_same(months_log):
    """Ten new ids of which two are one known person's other devices: the share corrected is the share counted by person."""
    by_id, by_person = months_log([(1, "x", "s1", 10, 10)]), months_log([(1, "x", "s1", 8, 12)])
    one_month = Definition(burn_in_days=1)
    assert corrected(new_share(by_id, one_month).naive, 0.2).value == pytest.approx(new_share(by_person, one_month).naive.value)


@pytest.mark.parametrize("fraction", [-0.1, 1.2])
def test_no_share_is_refused(fraction):
    with pytest.raises(Refusal, match="give a fraction"):
        bounds(SHARE, fraction)
