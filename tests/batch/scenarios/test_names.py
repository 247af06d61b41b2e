"""Names of runs are safe on any file system and differ even where case doesn't count."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.batch.scenarios.names import LONGEST, RESERVED, distinct, safe, told
from helpers.intake.refusal import Refusal


@given(st.text(max_size=300))
def test_any_name_is_one_plain_word_within_bounds(text):
    name = safe(text)
    assert name and len(name.encode()) <= LONGEST and name == name.strip(". ") and ".." not in name
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\s]', name) and name.split(".")[0].lower() not in RESERVED
    assert safe(name) == name or len(name.encode()) == LONGEST


@pytest.mark.parametrize("text", ["../../x", "/etc/passwd", "C:\\x", "\\\\server\\x", "CON", "nul.txt", "com1", "a" * 500, "", ".", "..", "-rf", "x\n", "<b>", "=cmd", "名" * 200, "‮x"])
def test_what_had_to_be_changed_says_so_by_its_fingerprint(text):
    assert re.fullmatch(r".+-[0-9a-f]{8}", safe(text))


@pytest.mark.parametrize("text", ["cheap", "Ω-2", "第一", "a.b", "seed-1_scale-0.5"])
def test_a_harmless_name_stays(text):
    assert safe(text) == text


@given(st.lists(st.text(max_size=12), unique=True, max_size=30))
def test_different_names_stay_different_where_case_does_not_count(texts):
    assert len({name.casefold() for name in distinct(texts)}) == len(texts)


def test_upper_and_lower_case_are_told_apart_by_fingerprint():
    assert len({name.casefold() for name in distinct(["Cheap", "cheap", "CHEAP", "dear"])}) == 4 and distinct(["Cheap", "cheap", "dear"])[2] == "dear"


def test_the_same_name_twice_is_refused():
    with pytest.raises(Refusal, match="two scenarios are called 'a'"):
        distinct(["a", "a"])


def test_parameters_make_a_name_that_does_not_depend_on_the_other_scenarios():
    assert told({"seed": 1, "scale": 0.5}) == "seed-1_scale-0.5"
    assert told({"label": "x" * 99}).startswith("run-") and told({"label": "a/b"}).startswith("run-")
