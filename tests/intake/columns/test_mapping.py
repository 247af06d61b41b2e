"""Column mappings: what people write, and what they get wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.columns.mapping import read_mapping
from helpers.intake.refusal import Refusal

WORD = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


def test_pairs_on_one_line_or_one_a_line():
    assert read_mapping("person: user_id, salesperson: sharer_id") == {"person": "user_id", "salesperson": "sharer_id"}
    assert read_mapping("person: user_id\nsalesperson: sharer_id\n") == {"person": "user_id", "salesperson": "sharer_id"}
    assert read_mapping("{person: user_id}") == read_mapping({"person": "user_id"}) == {"person": "user_id"}
    assert read_mapping("") == read_mapping("  ") == {}


def test_everything_stays_text():
    assert read_mapping("case: 1, event: no, time: 007, person: null") == {"case": "1", "event": "no", "time": "007", "person": "null"}
    assert read_mapping({"case": 1}) == {"case": "1"}


def test_names_with_spaces_and_colons():
    assert read_mapping("time: Event Time, person: 'User: id', event: 事件") == {"time": "Event Time", "person": "User: id", "event": "事件"}


@given(st.dictionaries(WORD, WORD, max_size=6))
def test_what_is_written_is_read(pairs):
    assert read_mapping(", ".join(f'"{ours}": "{theirs}"' for ours, theirs in pairs.items())) == pairs


@pytest.mark.parametrize("text", ["person", "person:user_id", "person: ", "a: b: c", "[a, b]", "a: [b, c]", "{a: b", "person：user_id", "'a"])
def test_malformed_is_refused_with_an_example(text):
    with pytest.raises(Refusal, match="column mapping.*person: user_id"):
        read_mapping(text)


def test_a_name_twice_is_refused():
    with pytest.raises(Refusal, match="'time' is given twice"):
        read_mapping("time: a, time: b")
