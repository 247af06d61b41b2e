"""Text that spreadsheets reckon with is marked, numbers and all other text are left alone."""

import pytest

from helpers.intake.cells.formulas import harmless


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", '=HYPERLINK("x")', "＝1+1", "|x", "%x"])
def test_what_begins_like_a_formula_is_marked_as_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("cell", [-1, 0.5, None, "", "a=b", "1-2", "新 +"])
def test_anything_else_stays_as_it_is(cell):
    assert harmless(cell) == cell
