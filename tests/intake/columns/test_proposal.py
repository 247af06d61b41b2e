"""Proposals: certain by a known name, doubtful by everything else, and a line that can be pasted."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.columns.mapping import read_mapping
from helpers.intake.columns.names import known_names
from helpers.intake.columns.proposal import as_text, grouped, looks_like_times, propose_columns, propose_words
from helpers.intake.dictionary import read_dictionary

TIMES = [f"{day:02d}/05/2026 10:00" for day in range(1, 31)]


def _propose(columns, case="marketing", one_of=()):
    frame = pd.DataFrame(columns, dtype="str")
    return propose_columns(frame, read_dictionary(case).table("events"), known_names(case, "column"), one_of)


def test_chinese_headers_are_certain():
    found = _propose({"时间": TIMES, "用户编号": ["a", "b"] * 15, "行为": ["阅读"] * 30, "备注": [None] * 30})
    assert found.certain and found.mapping(certain_only=True) == {"time": "时间", "person": "用户编号", "event": "行为"}
    assert read_mapping(found.text()) == found.mapping()


def test_contents_alone_are_a_proposal_not_a_decision():
    found = _propose({"a": [f"k{n // 3}" for n in range(120)], "b": ["开始", "审核", "结束"] * 40, "c": TIMES * 4}, "paperwork", ("time", "start", "end"))
    assert found.mapping() == {"case": "a", "activity": "b", "time": "c"} and found.mapping(certain_only=True) == {}
    assert found.missing == ("case", "activity", "time or start or end") and all(pair.reason for pair in found.pairs)


def test_two_columns_of_known_names_leave_it_open():
    found = _propose({"时间": TIMES, "event": ["read"] * 30, "用户id": ["a"] * 30, "客户编号": ["b"] * 30})
    assert "person" not in found.mapping(certain_only=True) and "客户编号" in next(pair.reason for pair in found.pairs if pair.ours == "person")
    own = _propose({"time": TIMES, "event": ["read"] * 30, "person": ["a"] * 30, "客户编号": ["b"] * 30})
    assert own.mapping(certain_only=True)["person"] == "person"


def test_a_known_name_over_other_contents_is_doubtful():
    found = _propose({"时间": ["soon"] * 30, "event": ["read"] * 30})
    assert found.missing == ("time",)


def test_times_are_known_whatever_their_order():
    assert looks_like_times(pd.Series(["04/05/2026", "03/05/2026"], dtype="str")) and looks_like_times(pd.Series(["1774937100"], dtype="str"))
    assert not looks_like_times(pd.Series(["007", "1-109"], dtype="str")) and not looks_like_times(pd.Series([None], dtype="str"))


def test_words_of_events_and_kinds():
    found = propose_words(["阅读", "客户转发", "留言", "打开"], known_names("marketing", "event"))
    assert [(pair.theirs, pair.ours, pair.certain) for pair in found.pairs] == [("阅读", "read", True), ("客户转发", "forward", False), ("打开", "read", True)]
    assert grouped(found) == 'read: "阅读 | 打开", forward: 客户转发'


@given(st.dictionaries(st.sampled_from(["time", "person", "event", "case"]), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), min_size=1))
def test_what_is_proposed_can_be_pasted(mapping):
    mapping = {ours: theirs.strip() for ours, theirs in mapping.items()}
    assert read_mapping(as_text(mapping)) == mapping


@pytest.mark.parametrize(("name", "case", "ours"), [
    ("cofacts_handling_log_derived_20190414.csv", "paperwork", {"case": "case_id", "activity": "activity", "resource": "resource", "time": "timestamp"}),
    ("cofacts_share_log_derived_20190414.csv", "marketing", {"time": "event_time", "person": "user_id", "event": "event_type", "article": "item_id", "salesperson": "sharer_id"}),
])  # fmt: skip
def test_real_logs(real_log, name, case, ours):
    frame = pd.read_csv(real_log(name), dtype=str, encoding="utf-8-sig")
    one_of = ("time", "start", "end") if case == "paperwork" else ()
    found = propose_columns(frame, read_dictionary(case).table("events"), known_names(case, "column"), one_of)
    assert found.certain and found.mapping(certain_only=True) == ours
