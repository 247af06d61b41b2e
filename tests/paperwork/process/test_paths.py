"""The typical way against the shortest."""

import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.process.paths import paths, shortest_way
from helpers.paperwork.process.process_map import process_map


def ways(*cases: str) -> str:
    rows = [f"{number},{step},2026-01-05 {9 + place:02d}:00" for number, way in enumerate(cases) for place, step in enumerate(way)]
    return "\n".join(["case,activity,time", *rows])


def test_by_hand(small_log):
    """abcd is typical; abd was taken once; nobody went acd, but a-c and c-d were."""
    found = paths(small_log(ways("abcd", "abcd", "abcd", "abcbcd", "acbcd", "abd", "ab")))
    assert found.items == 6 and found.typical == tuple("abcd")
    assert found.fewest == tuple("abd") and found.fewest_items == 1
    assert found.mean_steps.value == pytest.approx(26 / 6) and found.superfluous == pytest.approx(26 / 6 - 3)


def test_a_way_nobody_took(small_log):
    found = paths(small_log(ways("abcxd", "axcyd", "acyxd")), rare=0.3)
    assert found.shortest == tuple("axd") and len(found.fewest) == 5


def test_rare_short_cuts_do_not_count(small_log):
    log = small_log(ways(*["abcd"] * 99, "ad"))
    assert paths(log, rare=0.05).shortest == tuple("abcd")
    assert paths(log, rare=0.001).shortest == tuple("ad")


def test_no_way_and_no_end(small_log):
    log = small_log(ways("ab"))
    assert shortest_way(process_map(log), at_least=5) == ()
    with pytest.raises(Refusal, match="ends with z"):
        paths(log, ending=("z",))


def test_six_steps_would_do(shipped):
    found = paths(shipped)
    assert len(found.fewest) == len(found.shortest) == 6 and found.mean_steps.value > 7
