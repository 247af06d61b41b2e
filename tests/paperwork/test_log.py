"""Logs of every shape become the same frame; what can't be used is refused in words or counted."""

import pandas as pd
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.log import aliased, load_log
from helpers.paperwork.office_log import CAPABILITIES
from helpers.paperwork.needs import missing, require

PATIENTS = "case: patient, activity: handling, resource: employee, instance: handling_id, lifecycle: registration_type, time: time"


def test_the_shipped_log_has_everything(shipped):
    assert shipped.capabilities == set(CAPABILITIES)
    assert shipped.closing == ("close case",) and shipped.withdrawing == ("withdraw",)
    assert shipped.handlings["start"].is_monotonic_increasing
    assert set(shipped.handlings["party"]) == {"clerk", "client"}
    assert shipped.check.blanks["resource"] > 0 and shipped.check.blanks["end"] > 0


def test_aliases_change_the_step_and_keep_the_name(small_log):
    log = small_log("case,activity,time\n1,review,2026-01-05 10:00\n1,review again,2026-01-05 11:00")
    same = aliased(log, "review again: review")
    assert same.handlings["step"].tolist() == ["review", "review"]
    assert same.handlings["activity"].tolist() == ["review", "review again"]
    with pytest.raises(Refusal, match="second look"):
        aliased(log, "second look: review")


def test_xes_names_are_known(small_log):
    log = small_log("""
        case:concept:name, concept:name, org:resource, lifecycle:transition, time:timestamp
        1, check, ann, start,    2026-01-05T10:00:00+00:00
        1, check, ann, complete, 2026-01-05T10:30:00+00:00
    """)
    row = log.handlings.iloc[0]
    assert (row["case"], row["activity"], row["resource"]) == ("1", "check", "ann")
    assert row["end"] - row["start"] == pd.Timedelta(minutes=30)


def test_one_time_a_row_has_no_touch_time(small_log):
    """Trap 4: the log is told so, and so is who asks."""
    log = small_log("case,activity,time\n1,a,2026-01-05 10:00\n1,b,2026-01-05 11:00")
    assert not log.has("touch_time") and "touch_time" in missing(log)
    assert any("one time a row" in note for note in log.check.notes)
    with pytest.raises(Refusal, match="one time a row"):
        require(log, "touch_time")


def test_rows_that_cannot_be_are_counted(small_log):
    log = small_log("""
        case, activity, start, end
        1, a, 2026-01-05 10:00, 2026-01-05 11:00
        1, b, 2026-01-05 12:00, 2026-01-05 11:00
        1, c, , 
        1, d, 2026-01-05 13:00,
    """)
    assert log.handlings["activity"].tolist() == ["a", "d"]
    assert {aside.reason: aside.rows for aside in log.check.set_aside} == {"no time": (4,), "end before start": (3,)}
    assert log.check.rows_kept == 2


@pytest.mark.parametrize(
    ("lines", "options", "words"),
    [
        ("case,activity\n1,a", {}, "no column for 'time or start or end'"),
        ("case,what,time\n1,a,2026-01-05", {}, "activity"),
        ("case,activity,time\n1,a,soon", {}, "row 2"),
        ("case,activity,time,party\n1,a,2026-01-05,boss", {}, "boss"),
        ("case,activity,time\n1,a,2026-01-05", {"closing": ["b"]}, "no activity is called 'b'"),
        ("case,activity,time,lifecycle\n1,a,2026-01-05,start", {"column_map": "case: kase"}, "kase"),
    ],
)
def test_refusals_say_what_and_where(small_log, lines, options, words):
    with pytest.raises(Refusal, match=words):
        small_log(lines, **options)


def test_kinds_and_parties_can_be_said(small_log):
    lines = "case,activity,time\n1,call,2026-01-05 10:00\n1,fill in,2026-01-05 11:00"
    log = small_log(lines, kinds="call: explain, fill in: prepare", client_activities=["fill in"], closing=["fill in"])
    assert log.handlings["kind"].tolist() == ["explain", "prepare"]
    assert log.handlings["party"].tolist() == ["clerk", "client"]
    assert log.has("kind", "party", "closing")


# The real logs: counts by hand from the files, by other means than ours.


def test_patients(real_log):
    log = load_log(real_log("patients_bupar.csv"), PATIENTS)
    raw = pd.read_csv(real_log("patients_bupar.csv"))
    assert len(log.handlings) == raw["handling_id"].nunique() == 2721
    assert log.handlings["case"].nunique() == 500
    first = raw[raw["handling_id"] == 1].set_index("registration_type")["time"]
    ours = log.handlings[(log.handlings["case"] == "1") & (log.handlings["activity"] == "Registration")].iloc[0]
    assert ours["start"] == pd.Timestamp(first["start"]) and ours["end"] == pd.Timestamp(first["complete"])


def test_headerless_by_position(real_log):
    log = load_log(real_log("primer_eventlog20_headerless.csv"), "case: 1, activity: 2, resource: 3, time: 4")
    assert len(log.handlings) == 120 and log.handlings["case"].nunique() == 20
    assert log.capabilities == {"resource"}


def test_chinese_names_are_kept(real_log):
    log = load_log(real_log("cofacts_handling_log_derived_20190414.csv"), "case: case_id, activity: activity, resource: resource, time: timestamp")
    assert "用户送件" in set(log.handlings["activity"])
    assert len(log.handlings) == 67_669 - 71 and log.handlings["case"].nunique() == 25_673
    assert log.check.blanks["resource"] == 7617


def test_what_the_real_logs_lack(real_log):
    assert missing(load_log()) == {}
    patients = load_log(real_log("patients_bupar.csv"), PATIENTS)
    assert set(missing(patients)) == {"document", "party", "kind", "closing"}
    chinese = load_log(real_log("cofacts_handling_log_derived_20190414.csv"), "case: case_id, activity: activity, resource: resource, time: timestamp")
    assert set(missing(chinese)) == {"touch_time", "document", "party", "kind", "closing"}
