"""Prose quotes findings by name, and tells what a log lacks instead of inventing a number."""

import pandas as pd
import pytest

from helpers.evidence.estimate import Estimate
from helpers.evidence.findings import Entry, Findings
from helpers.lesson.chapter import answers
from helpers.lesson.say import say
from helpers.lesson.table import Table

ENTRIES = {"new_share": Entry("new_share", "share", (), "new"), "depth": Entry("depth", "", ("share_links",), "depth"), "advice": Entry("advice", "text", (), "do")}


@pytest.fixture
def findings():
    found = Findings(ENTRIES, frozenset())
    found.record("new_share", Estimate(0.2897, 0.27, 0.31, "share"))
    found.record("advice", "content first")
    return found


def test_numbers_come_from_findings(findings):
    said = say("Of all reads {new_share} are new, {new_share:bare} in short: {advice}.", findings)
    assert repr(said) == "Of all reads 29.0 % (95 % interval 27.0 to 31.0, measured) are new, 29.0 % in short: content first."


def test_what_the_log_lacks_is_said(findings):
    assert "holds no share links" in repr(say("Depth: {depth}.", findings))


def test_what_such_a_log_came_to_nothing_for_is_said():
    assert repr(say("Steps: {new_share}.", Findings(ENTRIES, frozenset()))) == "Steps: (nothing in this log to tell it from)."


def test_an_undocumented_name_is_an_error(findings):
    with pytest.raises(KeyError):
        say("{nothing}", findings)


def test_a_chapter_function_says_what_the_log_lacks_instead_of_drawing(findings):
    class Case:
        pass

    case = Case()
    case.findings = findings

    @answers("depth")
    def show(case):
        raise AssertionError("drawn all the same")

    assert repr(show(case)) == "This log can't answer it: it holds no share links."


def test_a_table_escapes_what_it_shows():
    html = Table(pd.DataFrame({"<b>": ["<script>"]}), "a & b")._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html and "a &amp; b" in html
