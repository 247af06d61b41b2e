"""The teaching note holds together: ninety minutes without a gap, and no number that a notebook could change is typed."""

import re

import pytest

from helpers.lesson import workshop


def test_the_plan_runs_from_first_to_last_minute_without_a_gap():
    plan = workshop.note()["plan"]
    assert plan[0][0] == 0 and plan[-1][1] == 90 and all(before[1] == after[0] for before, after in zip(plan, plan[1:]))
    assert all(begin < end for begin, end, *_ in plan)


@pytest.mark.parametrize("show", [workshop.objectives, workshop.plan, workshop.roles, workshop.board, workshop.cuts, workshop.variants])
def test_every_table_is_there_and_filled(show):
    frame = show().frame
    assert len(frame) >= 3 and frame.map(lambda cell: bool(str(cell).strip())).all(axis=None)


@pytest.mark.parametrize("case", ["marketing", "paperwork"])
def test_every_reply_is_told_with_the_notebooks_numbers(case):
    frame = workshop.replies(case).frame
    told = " ".join(frame["You may answer"])
    assert len(frame) >= 6 and "{" not in told and "nan" not in told and len(re.findall(r"\d", told)) > 10
    assert len(workshop.board_at_the_end(case).frame) == 7


def test_no_number_is_typed_into_a_reply():
    typed = [re.findall(r"\d+", re.sub(r"\{.*?\}", "", f"{said} {reply}")) for _, said, reply in workshop.note()["replies"]]
    assert not any(typed)


def test_a_finding_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        workshop.told("{marketing.no_such_finding}")
