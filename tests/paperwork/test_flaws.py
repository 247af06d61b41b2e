"""What is odd about an office's log, planted by hand."""

import pandas as pd

from helpers.paperwork.flaws import odd_office_log


def _told(rows, columns=("case", "activity", "resource"), **more):
    frame = pd.DataFrame(rows, columns=columns, dtype="str").assign(**more)
    return {odd.what: odd for odd in odd_office_log(frame, frame)}


def test_repeats_by_many_people_are_demand():
    crowd = _told([("1", "ask", f"u{n}") for n in range(20)])
    assert crowd["Steps that recur in a case"].size == "19" and "100% of them by somebody who hadn't" in crowd["Steps that recur in a case"].remark
    assert "Steps that recur in a case" not in _told([("1", "review", "clerk")] * 20)


def test_stages_in_a_column_that_is_not_mapped():
    assert "Stages in column 'status'" in _told([("1", "a", "x", "Start"), ("1", "a", "x", "COMPLETE")], ("case", "activity", "resource", "status"))
    assert not any("Stages" in what for what in _told([("1", "a", "x", "start"), ("1", "a", "x", "complete")], ("case", "activity", "resource", "lifecycle")))


def test_kinds_of_work_that_never_occur():
    assert _told([("1", "a", "x", "review"), ("1", "b", "x", "close")], ("case", "activity", "resource", "kind"))["Kinds of work that never occur"].size.startswith("open, explain")
