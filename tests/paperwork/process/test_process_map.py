"""The map's counts against a plain loop, published or hand-made logs, and the real logs' own facts."""

from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake.refusal import Refusal
from helpers.paperwork.hours import always_open
from helpers.paperwork.log import load_log
from helpers.paperwork.process.process_map import END, START, follows, process_map
from helpers.paperwork.process.traces import traces
from helpers.paperwork.process.visible import visible

LOGS = st.lists(st.tuples(st.sampled_from("123"), st.sampled_from("abcd")), min_size=1, max_size=60)


def by_loop(rows) -> Counter:
    """Edges with START and END, counted one case at a time."""
    ways = {}
    for case, step in rows:
        ways.setdefault(case, [START]).append(step)
    return Counter(pair for way in ways.values() for pair in pairwise([*way, END]))


@given(LOGS)
@settings(max_examples=60)
def test_edges_against_a_loop(rows):
    drawn = follows(traces(pd.DataFrame(rows, columns=["case", "step"]), ["case"]))
    assert {(a, b): n for a, b, n in drawn.edges[["source", "target", "count"]].itertuples(index=False)} == by_loop(rows)
    assert dict(zip(drawn.nodes["step"], drawn.nodes["count"])) == Counter(step for _, step in rows)
    assert dict(zip(drawn.nodes["step"], drawn.nodes["items"])) == Counter(step for _, step in set(rows))


def test_items_of_an_edge_count_once():
    frame = pd.DataFrame({"case": ["1"] * 5 + ["2"] * 2, "step": list("ababaab")})
    edges = follows(traces(frame, ["case"])).edges.set_index(["source", "target"])
    assert edges.loc[("a", "b")].tolist() == [3, 2]


def test_work_on_the_whole_case_is_no_document(shipped):
    """The map of documents leaves out opening and closing; the map of cases has them."""
    documents, cases = process_map(shipped), process_map(shipped, item=["case"])
    assert "open case" not in set(documents.nodes["step"]) and documents.items > cases.items
    assert cases.nodes.set_index("step").loc["open case", "starts"] == cases.items


def test_median_times_by_hand(small_log):
    log = small_log("""
        case, activity, start, end
        1, a, 2026-01-05 09:00, 2026-01-05 10:00
        1, b, 2026-01-05 12:00, 2026-01-05 12:30
        2, a, 2026-01-05 09:00, 2026-01-05 12:00
        2, b, 2026-01-05 16:00, 2026-01-05 16:30
    """)
    drawn = process_map(log, always_open())
    assert drawn.nodes.set_index("step")["median_h"].to_dict() == {"a": 2.0, "b": 0.5}
    assert drawn.edges.set_index(["source", "target"])["median_h"][("a", "b")] == 3.0


def reachable(edges: pd.DataFrame, origin: str) -> set[str]:
    seen, border = {origin}, [origin]
    while border:
        after = set(edges.loc[edges["source"] == border.pop(), "target"]) - seen
        seen |= after
        border += list(after)
    return seen


@given(LOGS, st.floats(0, 1))
@settings(max_examples=60)
def test_whatever_is_shown_can_be_reached_and_left(rows, share):
    whole = follows(traces(pd.DataFrame(rows, columns=["case", "step"]), ["case"]))
    shown = visible(whole, share)
    steps = set(shown.nodes["step"])
    turned = shown.edges.rename(columns={"source": "target", "target": "source"})
    assert steps <= reachable(shown.edges, START) and steps <= reachable(turned, END)
    assert set(shown.edges["source"]) | set(shown.edges["target"]) == steps | {START, END}


def test_more_shows_all_that_less_did(shipped):
    whole = process_map(shipped, item=["case"], by="activity")
    edges = [set(zip(shown.edges["source"], shown.edges["target"])) for shown in (visible(whole, share / 10) for share in range(11))]
    assert all(less <= more for less, more in pairwise(edges))
    assert len(edges[-1]) == len(whole.edges) and len(edges[0]) < len(whole.edges) / 2
    with pytest.raises(Refusal):
        visible(whole, 1.5)


def test_an_empty_document_column_leaves_cases(small_log):
    drawn = process_map(small_log("case,activity,document,time\n1,a,,2026-01-05 10:00\n1,b,,2026-01-05 11:00"))
    assert drawn.items == 1 and len(drawn.edges) == 3


def test_the_headerless_log(real_log):
    """Counted by a loop over the file's own lines."""
    path = real_log("primer_eventlog20_headerless.csv")
    drawn = process_map(load_log(path, "case: 1, activity: 2, resource: 3, time: 4"))
    lines = sorted((line.split(";")[3], line.split(";")[0], line.split(";")[1]) for line in path.read_text().split("\n") if line)
    assert {(a, b): n for a, b, n in drawn.edges[["source", "target", "count"]].itertuples(index=False)} == by_loop((case, step) for _, case, step in lines)


def test_patients_map(real_log):
    drawn = process_map(load_log(real_log("patients_bupar.csv"), "case: patient, activity: handling, instance: handling_id, lifecycle: registration_type, time: time"))
    counts = drawn.nodes.set_index("step")["count"].to_dict()
    assert counts == {"Registration": 500, "Triage and Assessment": 500, "Discuss Results": 495, "Check-out": 492, "X-Ray": 261, "Blood test": 237, "MRI SCAN": 236}
