"""Variants against a count of tuples."""

from collections import Counter

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.paperwork.log import load_log
from helpers.paperwork.process import variants as module
from helpers.paperwork.process.traces import stable_order, traces
from helpers.paperwork.process.variants import variants, variants_of


@given(st.lists(st.tuples(st.sampled_from("12345"), st.sampled_from("ab")), min_size=1, max_size=40))
@settings(max_examples=60)
def test_against_counted_tuples(rows):
    frame = pd.DataFrame(rows, columns=["case", "step"])
    found = variants_of(traces(frame, ["case"]))
    expected = Counter(frame.groupby("case", sort=False)["step"].agg(tuple))
    assert dict(zip(found.table["steps"], found.table["items"])) == expected
    assert found.table["items"].is_monotonic_decreasing and np.isclose(found.table["coverage"].iloc[-1], 1)
    assert (found.table["length"] == found.table["steps"].map(len)).all()


def test_a_collision_of_hashes_changes_nothing(monkeypatch):
    """With a first salt under which everything collides, the comparison step by step sends it on to the next."""
    frame = pd.DataFrame({"case": list("112233"), "step": list("abbaab")})
    honest = module._mixed
    monkeypatch.setattr(module, "_mixed", lambda numbers, salt: numbers.astype(np.uint64) * np.uint64(0) if salt == module.SALTS[0] else honest(numbers, salt))
    assert variants_of(traces(frame, ["case"])).table["items"].tolist() == [2, 1]


def test_items_know_their_variant():
    frame = pd.DataFrame({"case": list("1223"), "step": list("aaba")})
    found = variants_of(traces(frame, ["case"]))
    assert [found.table["steps"][place] for place in found.of_item] == [("a",), ("a", "b"), ("a",)]
    assert found.needed_for(0.5) == 1 and found.needed_for(1) == 2


@given(st.lists(st.integers(0, 200_000), max_size=50))
def test_order_is_stable(codes):
    codes = np.array(codes, dtype=np.int64)
    assert stable_order(codes).tolist() == np.argsort(codes, kind="stable").tolist()


def test_the_shipped_documents(shipped):
    """Six steps are the way of a document that is right the first time; it is the most frequent one."""
    table = variants(shipped).table
    assert table["steps"][0] == ("explain standard", "send list", "prepare", "register", "review", "file")
    assert table["items"].sum() == shipped.handlings.dropna(subset="document").groupby(["case", "document"]).ngroups


def test_patients_have_seven(real_log):
    log = load_log(real_log("patients_bupar.csv"), "case: patient, activity: handling, instance: handling_id, lifecycle: registration_type, time: time")
    assert variants(log).table["items"].tolist() == [258, 234, 2, 2, 2, 1, 1]
