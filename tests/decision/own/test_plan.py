"""The options file: what is read from it, and what is refused, in words that say where."""

import numpy as np
import pytest

from helpers.decision.own.plan import NOTHING, read_plan
from helpers.intake.refusal import Refusal

TOOL = """
unknowns:
  calls: {range: [100, 400], unit: calls, measured_as: rows_per_month}
  taken: {range: [0.1, 0.5], unit: share}
options:
  tool: {name: a tool, cost_now: [1000, 3000], cost_monthly: 50, gain_monthly: calls * taken * 2, adoption: [0.2, 0.3, 0.6], begins: 1, ready_after: 2}
"""


def test_it_is_read_as_written(plan):
    read = plan(TOOL)
    tool, nothing = read.options
    assert (tool.name, tool.begins, tool.ready_after, tool.settles_after) == ("a tool", 1, 2, 0) and nothing.name == NOTHING
    assert [each.name for each in read.unknowns] == ["calls", "taken", "tool_cost_now", "tool_adoption"]
    assert read.measured_as["calls"] == "rows_per_month" and read.log is None
    draws = {"calls": np.array([100.0]), "taken": np.array([0.1])}
    assert tool.gain_monthly.of(draws) == 20 and tool.cost_monthly.of({}) == 50
    shapes = {each.name: each.shape for each in read.unknowns}
    assert shapes == {"calls": "lognormal", "taken": "normal", "tool_cost_now": "lognormal", "tool_adoption": "normal"}
    assert read.unknowns[3].middle == 0.3 and read.unknowns[3].ceiling == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("options: {tool: {name: a tool, cost_nwo: 3}}", "no part 'cost_nwo'"),
        ("options: {tool: {name: a tool, gain_monthly: calls}}", "no unknown is called 'calls'"),
        ("options: {tool: {name: a tool, cost_now: 1k}}", "can't be read as an amount"),
        ("options: {tool: {name: a tool, cost_now: [5, 1]}}", "not a range"),
        ("options: {tool: {name: a tool, cost_now: [1, 2, 3, 4]}}", "4 numbers given"),
        ("options: {tool: {name: a tool, adoption: [20, 60]}}", "write 5 % as 0.05"),
        ("options: {tool: {name: a tool, begins: 1.5}}", "not a number of months"),
        ("options: {Tool: {name: a tool}}", "can't be a name"),
        ("options: {tool: {name: another}}", "'a tool' was asked for"),
        ("options: {tool: {name: a tool}, two: {name: a tool}}", "'a tool' is there twice"),
        ("unknowns: {calls: {meaning: x}}\noptions: {tool: {name: a tool}}", "'range' is missing"),
        ("options: []", "holds nothing"),
        ("log: {columns: {start: x}}\noptions: {tool: {name: a tool}}", "'file' is missing"),
    ],
)
def test_what_can_not_be_meant_is_refused(plan, text, words):
    with pytest.raises(Refusal, match=words):
        plan(text)


@pytest.mark.parametrize(("content", "words"), [(b"a: [", "not valid YAML"), (b"\xff\xfe", "not valid YAML"), (b"- a", "not a list of names")])
def test_a_file_that_is_no_options_file_is_refused(content, words, tmp_path):
    (tmp_path / "options.yaml").write_bytes(content)
    with pytest.raises(Refusal, match=words):
        read_plan(tmp_path / "options.yaml")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Refusal, match="can't be read"):
        read_plan(tmp_path / "options.yaml")


def test_yes_stays_a_word(plan):
    read = plan("log: {file: a.csv, share_of: {rang: [yes, no]}}\noptions: {tool: {name: a tool}}")
    assert read.log.share_of == {"rang": ("yes", "no")}
