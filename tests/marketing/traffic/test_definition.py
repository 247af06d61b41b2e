"""Who counts as new, by hand."""

import pandas as pd
import pytest

from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import arrivals
from helpers.marketing.traffic.definition import Definition, counted

ALL = Definition(burn_in_days=0, reads="all")


def _new(log, definition):
    frame = counted(log, definition).to_pandas()
    return list(zip(pd.to_datetime(frame["moment"], unit="us").dt.hour, frame["new"]))


def test_a_person_is_new_at_the_first_event_in_the_log(small_arrivals):
    assert _new(small_arrivals, ALL) == [(2, 1), (4, 1), (5, 0), (7, 1), (8, 0), (10, 0)]


def test_forwarded_and_direct_reads(small_arrivals):
    assert _new(small_arrivals, Definition(burn_in_days=0)) == [(4, 1), (5, 0), (7, 1), (8, 0)]
    assert _new(small_arrivals, Definition(burn_in_days=0, reads="direct")) == [(2, 1), (10, 0)]


def test_self_reads_can_be_left_out(small_arrivals):
    assert (8, 0) not in _new(small_arrivals, Definition(burn_in_days=0, self_reads=False))


def test_the_burn_in_tells_who_is_known_and_is_not_counted(small_arrivals):
    assert _new(small_arrivals, Definition(burn_in_days=4.5 / 24, reads="all")) == [(5, 0), (7, 1), (8, 0), (10, 0)]


def test_blank_people_are_nobody(small_arrivals):
    assert 9 not in dict(_new(small_arrivals, ALL))


def test_of_events_at_one_moment_the_highest_in_the_file_is_first(log_of):
    same = {"time": "2026-03-01T10:00:00Z", "person": "a"}
    log = log_of([{**same, "event": "read", "article": "x"}, {**same, "event": "forward"}, {**same, "event": "read", "article": "y"}])
    assert counted(arrivals(log), ALL).to_pandas().set_index("article")["new"].to_dict() == {"x": 1, "y": 0}
    late_row_early_time = log_of([{**same, "event": "read"}, {"time": "2026-02-01T10:00:00Z", "person": "a", "event": "forward"}])
    assert counted(arrivals(late_row_early_time), ALL).to_pandas()["new"].tolist() == [0]


def test_known_from_the_day_after_becoming_a_customer(log_of):
    reads = [{"time": f"2026-03-{day:02d}T03:00:00Z", "person": "a", "event": "read"} for day in (1, 2, 3, 4)]
    log = arrivals(log_of(reads, customers={"person": ["a"], "since": ["2026-03-01T16:00:00Z"]}))  # local midnight of March 2
    assert counted(log, Definition("customer_date", 0, "all")).to_pandas()["new"].tolist() == [1, 1, 0, 0]


def test_registering_in_the_log_makes_a_customer_too(small_arrivals, log_of):
    rows = [{"time": "2026-03-01T03:00:00Z", "person": "a", "event": event} for event in ("read", "register")]
    later = [{"time": "2026-03-05T03:00:00Z", "person": who, "event": "read"} for who in ("a", "b")]
    assert counted(arrivals(log_of(rows + later)), Definition("customer_date", 0, "all")).to_pandas()["new"].tolist() == [1, 0, 1]


def test_a_definition_that_the_log_cannot_bear(log_of):
    plain = arrivals(log_of([{"time": "2026-03-01T03:00:00Z", "person": "a", "event": "read"}]))
    with pytest.raises(Refusal, match="neither registrations nor customer dates"):
        counted(plain, Definition("customer_date", 0))
    assert len(counted(plain, Definition(burn_in_days=0, reads="forwarded"))) == 1  # without share links all reads count
