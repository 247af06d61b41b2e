"""A log of no more than time, person and event still gives what it can, and says what it can't."""

import pytest

from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import arrivals
from helpers.marketing.traffic.cascades import forwards_per_read, spread
from helpers.marketing.traffic.ceiling import registration_rate, traffic
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.split import censoring, forwards_by_newcomers, new_share, new_share_by

FROM_FEBRUARY = Definition(burn_in_days=20)


@pytest.fixture(scope="module")
def bare(log_of):
    days = [(f"2026-{month:02d}-{day:02d}T04:00:00Z", f"p{month * day % 17}") for month in (1, 2, 3, 4) for day in range(1, 29)]
    rows = [{"time": time, "person": who, "event": event} for time, who in days for event in ("read", "forward")[: 1 + (who < "p5")]]
    return arrivals(log_of([*rows, {"time": "2026-02-20T05:00:00Z", "person": "late", "event": "read"}, {"time": "2026-02-21T05:00:00Z", "person": "late", "event": "register"}]))


def test_what_it_can_give(bare):
    split = new_share(bare, FROM_FEBRUARY)
    assert split.share == split.naive == split.bootstrap and split.clustered == {} and split.new >= 1
    assert new_share_by(bare, "month", FROM_FEBRUARY)["reads"].sum() == censoring(bare)["reads"].sum() - 20
    assert traffic(bare, FROM_FEBRUARY).months >= 2
    assert registration_rate(bare, FROM_FEBRUARY).value == 1.0
    assert forwards_by_newcomers(bare, FROM_FEBRUARY).value < 0.5
    assert 0 < forwards_per_read(bare).value < 1 and not forwards_per_read(bare).has_interval


@pytest.mark.parametrize("by", ["depth", "topic", "salesperson", "channel"])
def test_what_it_cannot(bare, by):
    with pytest.raises(Refusal, match=f"new share by {by}.*map the column"):
        new_share_by(bare, by, FROM_FEBRUARY)


def test_no_cascades(bare):
    with pytest.raises(Refusal, match="share and parent_share"):
        spread(bare)
