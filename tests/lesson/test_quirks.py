"""Each quirk of the real logs is told by the check report when that log is loaded with nothing but a mapping."""

import re

import pytest

from helpers.decision.marketing.case import open_case as open_marketing
from helpers.decision.paperwork.case import open_case as open_paperwork
from helpers.lesson.marketing import ground as marketing_ground
from helpers.lesson.paperwork import ground as paperwork_ground

SHARE = {"column_map": "time: event_time, person: user_id, event: event_type, article: item_id, salesperson: sharer_id", "event_map": "publish: reply_posted, read: read_feedback, forward: share_request"}
HANDLING = {"column_map": "case: case_id, activity: activity, resource: resource, time: timestamp"}
PATIENTS = {"column_map": "case: patient, activity: handling, resource: employee, instance: handling_id, lifecycle: registration_type, time: time"}
HEADERLESS = {"column_map": "case: 1, activity: 2, resource: 3, time: 4"}


@pytest.fixture(scope="module")
def told(real_log, tmp_path_factory):
    """A function from a real log's first word and its mapping to the report as people read it, a line a row."""
    names = {"share": "cofacts_share_log_derived_20190414.csv", "handling": "cofacts_handling_log_derived_20190414.csv", "patients": "patients_bupar.csv", "headerless": "primer_eventlog20_headerless.csv"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOOK_KEY_FILE", str(tmp_path_factory.mktemp("key") / "key"))
        reports = {}

        def of(name: str, mapping: dict) -> str:
            if name not in reports:
                open_case, ground = (open_marketing, marketing_ground) if name == "share" else (open_paperwork, paperwork_ground)
                report = ground.check_report(open_case({"log_file": str(real_log(names[name])), **mapping}))
                reports[name] = "\n".join(" | ".join(map(str, row)) for row in report.frame.itertuples(index=False))
            return reports[name]

        yield of


@pytest.mark.parametrize(("quirk", "words"), [
    ("blank users, not one giant user", r"Rows with a blank person \| 7,5\d\d \| .*never taken for one person"),
    ("blank users among all rows", r"Blank cells \| .*7,617 in person"),
    ("blank times", r"Set aside: blank time \| 71 \| rows \d+"),
    ("exact duplicates", r"Exact duplicates \| 99 \| kept"),
    ("rows out of time order", r"Rows earlier than the row above \| [1-9]"),
    ("times in Z, people at UTC+8", r"Times written in UTC \| 140,867 \| days and months are those of Asia/Shanghai: 15,658 rows would fall on another day in UTC, 446 in another month"),
    ("one sharer has most reads", r"Largest share of one salesperson \| (59\.|60\.)\d % \| one name holds most rows"),
    ("test clients", r"Rows that look like tests, by column 'client' \| 122 \| 'DEVELOPMENT_FRONTEND' \(88\), 'DEVELOPMENT_BACKEND' \(34\)"),
    ("first month censored, last partial", r"First and last moment \| .* \| the first and the last month are not whole"),
    ("self-reads", r"Reads of one's own article \| 16 \|"),
    ("events that never occur", r"Events that never occur \| register"),
    ("the longest silence", r"Longest silence \| 3\.0 days \| after 2016-12-1"),
], ids=lambda each: each.replace(" ", "_") if "\\" not in each else "")  # fmt: skip
def test_the_share_log(told, quirk, words):
    assert re.search(words, told("share", SHARE)), told("share", SHARE)


@pytest.mark.parametrize(("name", "mapping", "quirk", "words"), [
    ("handling", HANDLING, "repeats by many people are demand", r"Steps that recur in a case \| 10,599 \| 94% of them by somebody who hadn't done it there before: demand rather than rework"),
    ("handling", HANDLING, "byte-order mark", r"encoding utf-8-sig"),
    ("handling", HANDLING, "one time a row", r"touch time and waiting can't be told apart"),
    ("handling", HANDLING, "blank users", r"Rows with a blank resource \| 7,617"),
    ("handling", HANDLING, "blank times", r"Set aside: no time \| 71"),
    ("patients", PATIENTS, "start and complete rows are one handling", r"start and complete rows paired by their instance id"),
    ("patients", PATIENTS, "start and complete rows counted", r"Handlings \| 2,721 \| pairs of start and complete rows"),
    ("headerless", HEADERLESS, "no header", r"no header: columns go by position"),
    ("headerless", HEADERLESS, "semicolons", r"delimiter: semicolon"),
    ("headerless", HEADERLESS, "no zone", r"120 times without an offset taken as local in Asia/Shanghai"),
])  # fmt: skip
def test_the_other_logs(told, name, mapping, quirk, words):
    assert re.search(words, told(name, mapping)), told(name, mapping)


def test_stages_that_are_not_mapped_are_told(real_log, monkeypatch, tmp_path):
    """Two rows of one handling counted as two make rework of everything: 100 % instead of 0 %."""
    monkeypatch.setenv("CASEBOOK_KEY_FILE", str(tmp_path / "key"))
    case = open_paperwork({"log_file": str(real_log("patients_bupar.csv")), "column_map": "case: patient, activity: handling, resource: employee, time: time"})
    assert "Stages in column 'registration_type'" in repr(paperwork_ground.check_report(case))


def test_the_report_shows_no_id(told):
    for name, mapping, raw in (("share", SHARE, "u09712"), ("handling", HANDLING, "u09712"), ("patients", PATIENTS, "r1,")):
        assert raw not in told(name, mapping)
