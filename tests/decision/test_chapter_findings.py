"""Findings worked out chapter by chapter: only as far as asked for, each once, and never what the log can't bear."""

import pytest

from helpers.decision.chapter_findings import ChapterFindings
from helpers.evidence.estimate import exactly
from helpers.evidence.findings import Entry
from helpers.intake.refusal import Refusal

ENTRIES = {name: Entry(name, "", needs, name) for name, needs in (("early", ()), ("late", ()), ("touched", ("touch_time",)))}


def counting(log: list, *chapters: dict):
    """Chapters that note when they are worked out."""

    def chapter(number: int, values: dict):
        def work():
            log.append(number)
            return values

        return work

    return [chapter(number, values) for number, values in enumerate(chapters)]


def test_a_chapter_is_worked_out_when_asked_for_and_once():
    worked = []
    found = ChapterFindings(ENTRIES, frozenset(), counting(worked, {"early": exactly(1)}, {"late": exactly(2)}))
    assert worked == []
    assert found["early"].value == 1 and worked == [0]
    assert found["late"].value == 2 and len(found) == 2 and list(found) == ["early", "late"] and worked == [0, 1]
    assert [record["name"] for record in found.records()] == ["early", "late"]


def test_what_the_log_cannot_bear_is_left_out_even_if_given():
    found = ChapterFindings(ENTRIES, frozenset(), counting([], {"touched": exactly(3)}))
    assert "touched" not in found and len(found) == 0 and found.get("touched") is None
    assert "touched" in ChapterFindings(ENTRIES, frozenset({"touch_time"}), counting([], {"touched": exactly(3)}))


def test_a_refused_chapter_is_refused_again():
    def refused():
        raise Refusal("the clerks can't keep up")

    found = ChapterFindings(ENTRIES, frozenset(), [*counting([], {"early": exactly(1)}), refused])
    assert found["early"].value == 1
    for _ in range(2):
        with pytest.raises(Refusal):
            found["late"]


def test_an_undocumented_finding_is_an_error():
    with pytest.raises(KeyError):
        ChapterFindings(ENTRIES, frozenset(), counting([], {"unheard_of": exactly(1)}))["late"]
