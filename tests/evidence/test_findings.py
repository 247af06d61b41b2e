"""Findings: only documented names are recorded, and what a log can't bear is listed by name."""

import math

import pytest

from helpers.evidence.estimate import Estimate
from helpers.evidence.findings import Entry, Findings, read_entries

ENTRIES = {
    "new_share": Entry("new_share", "share", (), "reads by new people"),
    "depth": Entry("depth", "forwards", ("share_links",), "how deep forwards go"),
    "advice": Entry("advice", "text", (), "what to do"),
}


def test_an_undocumented_name_is_an_error():
    with pytest.raises(KeyError, match="newshare"):
        Findings(ENTRIES, frozenset()).record("newshare", Estimate(0.3, 0.2, 0.4))


def test_what_the_log_lacks_is_listed_by_name():
    gaps = Findings(ENTRIES, frozenset()).unanswered()
    assert [(gap.name, gap.lacks) for gap in gaps] == [("depth", ("share_links",))]
    assert Findings(ENTRIES, frozenset({"share_links"})).unanswered() == []


def test_records_are_fit_for_json_and_keep_their_order():
    findings = Findings(ENTRIES, frozenset())
    findings.record("advice", "wait")
    findings.record("new_share", Estimate(0.3, math.nan, math.inf, "share"))
    advice, share = findings.records()
    assert advice == {"name": "advice", "value": "wait", "unit": "text", "meaning": "what to do"}
    assert (share["value"], share["low"], share["high"], share["basis"]) == (0.3, None, None, "measured")


def test_a_dictionary_is_read_from_a_file(tmp_path):
    file = tmp_path / "findings.csv"
    file.write_text("name,unit,needs,meaning\ndepth,forwards,share_links topics,how deep\n", encoding="utf-8")
    assert read_entries(file) == {"depth": Entry("depth", "forwards", ("share_links", "topics"), "how deep")}
