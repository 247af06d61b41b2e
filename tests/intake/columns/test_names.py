"""Names that are known: compared in plain form, words in English, parts in Chinese."""

import pytest

from helpers.intake.columns.names import known_names, ours_of, ours_within, plain
from helpers.intake.dictionary import read_dictionary


def test_plain():
    assert plain("Case:Concept_Name ") == "caseconceptname" and plain("用户 ＩＤ") == "用户id"


@pytest.mark.parametrize(("case", "header", "ours"), [
    ("marketing", "Event_Time", "time"), ("marketing", "用户ID", "person"), ("marketing", "行为类型", "event"), ("marketing", "业务员", "salesperson"),
    ("paperwork", "case:concept:name", "case"), ("paperwork", "concept:name", "activity"), ("paperwork", "time:timestamp", "time"),
    ("paperwork", "org:resource", "resource"), ("paperwork", "lifecycle:transition", "lifecycle"), ("paperwork", "办理人", "resource"),
    ("paperwork", "环节名称", "activity"), ("paperwork", "材料名称", "document"), ("paperwork", "开始时间", "start"), ("paperwork", "办结时间", "end"),
])  # fmt: skip
def test_headers_that_are_known(case, header, ours):
    assert ours_of(header, known_names(case, "column")) == (ours,)


@pytest.mark.parametrize("case", ["marketing", "paperwork"])
def test_the_list_knows_only_our_columns_and_no_name_twice(case):
    known = known_names(case, "column")
    assert set(known) <= set(read_dictionary(case).table("events"))
    names = [name for each in known.values() for name in each]
    assert len(names) == len(set(names))


def test_parts_of_names():
    known = known_names("marketing", "event")
    assert ours_within("share_request", known) == ("forward",) and ours_within("客户转发文章", known)[0] == "forward"
    assert ours_within("readiness", known) == () and ours_within("bread", known) == ()
