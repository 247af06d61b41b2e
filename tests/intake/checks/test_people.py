"""Who is nobody: told always, taken for blank only if said; tests told, ids never shown."""

import pandas as pd

from helpers.intake.checks.people import odd_people, signs_of_tests, stand_ins, taken_for_nobody

WHO = pd.Series(["unknown", "u1", "unknown", "匿名用户", "0", "-", None, "NULL", "Test", "u2"], dtype="str")


def test_words_for_nobody_are_told_with_what_to_do():
    assert stand_ins(WHO.value_counts()) == {"unknown": 2, "匿名用户": 1, "0": 1, "-": 1, "NULL": 1, "Test": 1}
    blank, words = odd_people(pd.DataFrame({"person": WHO}), ("person", "salesperson"))
    assert blank.size == "1" and words.size == "7" and "'unknown' (2)" in words.remark and "parameter nobody" in words.remark


def test_they_are_blank_only_if_said():
    assert taken_for_nobody(WHO, "").equals(WHO)
    assert taken_for_nobody(WHO, "Unknown, 0 , -").isna().sum() == 5


def test_ids_are_not_taken_for_words():
    assert stand_ins(pd.Series(["007", "u0", "1-109", "nana", "tester9"], dtype="str").value_counts()) == {}


def test_tests_of_the_system_are_told_by_column():
    frame = pd.DataFrame({"client": ["APP", "DEVELOPMENT_BACKEND", "dev", "web"], "activity": ["blood test"] * 4, "person": ["test_zhang", "a", "b", "contest"], "note": ["latest", "x", "测试", "attestation"]}, dtype="str")
    told = {odd.what: odd for odd in signs_of_tests(frame, ("activity",), ("person",))}
    assert set(told) == {f"Rows that look like tests, by column '{name}'" for name in ("client", "person", "note")}
    assert told["Rows that look like tests, by column 'client'"].size == "2"
    assert "zhang" not in told["Rows that look like tests, by column 'person'"].remark and "测试" in told["Rows that look like tests, by column 'note'"].remark
