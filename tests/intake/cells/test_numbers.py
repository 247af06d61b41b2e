"""Numbers: thousands, decimals, percent, full-width digits; a column that doesn't tell is asked."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.numbers import read_numbers
from helpers.intake.refusal import Refusal


def _read(*texts, kind="number", mark="auto"):
    column = pd.Series(texts, index=range(2, 2 + len(texts)), dtype="str")
    return [None if pd.isna(value) else value for value in read_numbers(column, kind, Conventions(decimal_mark=mark)).values]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["1", "2.5", None, "-3e2"], [1, 2.5, None, -300]),
        (["1,234.5", "1,234"], [1234.5, 1234]),
        (["1.234,5", "1.234"], [1234.5, 1234]),
        (["12,5", "1,234"], [12.5, 1.234]),
        (["1.234.567", "2"], [1234567, 2]),
        (["1 234", "1'234.5"], [1234, 1234.5]),
        (["12 %", "3.5%", "0.5"], [0.12, 0.035, 0.5]),
        (["３４", "１２％", "－５"], [34, 0.12, -5]),
        (["¥1,200.00", "30元", "(5)", "1.2万"], [1200, 30, -5, 12000]),
        (["ten", "5 min", "1,23,4", "1_000", "0x10", "inf", "nan", "1e999", "-", "--1"], [None] * 10),
    ],
)
def test_forms(texts, numbers):
    assert _read(*texts) == pytest.approx(numbers)


def test_a_column_that_does_not_tell_is_asked_with_both_readings():
    with pytest.raises(Refusal, match="row 2: '1.234' can be 1.234 or 1,234.*decimal_mark"):
        _read("1.234", "5.678")
    with pytest.raises(Refusal, match="'1,5' has a decimal comma, but '2.5' in row 3 a point"):
        _read("1,5", "2.5")
    assert _read("1.234", mark="point") == [1.234] and _read("1.234", mark="comma") == [1234] and _read("1,234", mark="comma") == [1.234]


def test_whole_numbers_have_no_decimals_to_confuse():
    assert _read("1.234", "5", kind="integer") == [1234, 5] and _read("1,234", kind="integer") == [1234]
    assert _read("1.5", "3", str(2**53 + 1), kind="integer") == [None, 3, None]


def test_yes_and_no():
    assert _read("是", "否", "Yes", "0", "perhaps", kind="yes/no") == [True, False, True, False, None]


WRITERS = {"comma": lambda x: f"{x:,.2f}".translate(str.maketrans(",.", ".,")), "point": lambda x: f"{x:,.2f}"}


@given(st.lists(st.floats(-1e9, 1e9).map(lambda x: round(x, 2)), min_size=1, max_size=6), st.sampled_from(["comma", "point"]))
def test_what_is_written_is_read_without_being_told_how(numbers, mark):
    assert _read(*map(WRITERS[mark], numbers)) == pytest.approx(numbers)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=6))
def test_a_programs_own_numbers_are_read_to_the_last_bit(numbers):
    assert _read(*map(repr, numbers), mark="point") == numbers


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5), st.sampled_from(["number", "integer", "yes/no"]))
def test_no_text_raises_anything_but_a_refusal(texts, kind):
    try:
        assert len(_read(*texts, kind=kind)) == len(texts)
    except Refusal as refusal:
        assert refusal.remedy
