"""Lifecycle rows are paired: by instance where there is one, otherwise first in, first out."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake.refusal import Refusal
from helpers.paperwork.lifecycle import paired
from helpers.paperwork.log import load_log
from helpers.paperwork.pain.rework import rework_of_steps, rework_share


def rows(*cells: tuple, columns=("activity", "lifecycle", "time")) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=list(columns)).assign(case="1")
    return frame.assign(time=pd.Timestamp("2026-01-05", tz="UTC") + pd.to_timedelta(frame["time"], unit="min"))


def minutes(frame: pd.DataFrame) -> list[tuple]:
    since = pd.Timestamp("2026-01-05", tz="UTC")
    ordered = frame.assign(by=frame["start"].fillna(frame["end"])).sort_values("by")
    as_minutes = lambda moment: None if pd.isna(moment) else int((moment - since).total_seconds() // 60)
    return [(as_minutes(start), as_minutes(end)) for start, end in zip(ordered["start"], ordered["end"])]


def test_first_in_first_out():
    frame, notes = paired(rows(("a", "start", 0), ("a", "start", 5), ("a", "complete", 10), ("a", "complete", 20)))
    assert minutes(frame) == [(0, 10), (5, 20)]
    assert "first in, first out" in notes[0]


def test_a_completion_without_a_start_takes_nobody_elses():
    frame, _ = paired(rows(("a", "complete", 0), ("a", "start", 5), ("a", "complete", 10)))
    assert minutes(frame) == [(None, 0), (5, 10)]


def test_a_start_without_completion_stays_open():
    frame, _ = paired(rows(("a", "start", 0), ("a", "complete", 3), ("a", "start", 5)))
    assert minutes(frame) == [(0, 3), (5, None)]


def test_the_instance_id_goes_before_order():
    columns = ("activity", "lifecycle", "time", "instance")
    frame, notes = paired(rows(("a", "start", 0, "x"), ("a", "start", 5, "y"), ("a", "complete", 10, "y"), ("a", "complete", 20, "x"), columns=columns))
    assert minutes(frame) == [(0, 20), (5, 10)]
    assert "instance" in notes[0]


def test_schedule_suspend_and_resume_are_passed_over():
    frame, notes = paired(rows(("a", "schedule", 0), ("a", "start", 1), ("a", "suspend", 2), ("a", "resume", 3), ("a", "complete", 4)))
    assert minutes(frame) == [(1, 4)]
    assert any("3 rows" in note for note in notes)


def test_unknown_stages_alone_are_refused():
    with pytest.raises(Refusal, match="start"):
        paired(rows(("a", "begun?", 0)))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), min_size=1, max_size=30).filter(lambda xs: len(xs) > 0))
@settings(max_examples=60)
def test_against_a_queue(stages):
    """A second implementation: a list of open starts per activity, taken from the front."""
    frame = rows(*[(name, "start" if starts else "complete", i) for i, (name, starts) in enumerate(stages)])
    expected, waiting = [], {"a": [], "b": []}
    for i, (name, starts) in enumerate(stages):
        if starts:
            waiting[name].append(len(expected))
            expected.append([i, None])
        elif waiting[name]:
            expected[waiting[name].pop(0)][1] = i
        else:
            expected.append([None, i])
    assert sorted(minutes(paired(frame)[0]), key=str) == sorted(map(tuple, expected), key=str)


def test_patients_have_no_rework_when_paired_and_all_of_it_when_miscounted(real_log):
    path, names = real_log("patients_bupar.csv"), "case: patient, activity: handling, resource: employee, time: time"
    one = load_log(path, names + ", instance: handling_id, lifecycle: registration_type")
    assert rework_share(one).value == 0
    without_id = load_log(path, names + ", lifecycle: registration_type")
    assert rework_share(without_id).value == 0
    miscounted = rework_of_steps(load_log(path, names))
    assert (miscounted["repeated"] == miscounted["items"]).all()
