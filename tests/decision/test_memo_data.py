"""A memo told as data and read back is the same memo."""

import json

import pytest

from helpers.decision.ledger import Claim, Judged
from helpers.decision.memo import Memo, Picture, Step
from helpers.decision.memo_data import claims_of_data, memo_data, memo_of_data, options_of_data, tables_data
from helpers.decision.options import OptionSummary

OPTION = OptionSummary("wait", 1.0, -2.0, 3.0, -4.0, 5.0, 0.6, 7.0, 0.8)
JUDGED = Judged(Claim("all do", "boss", ("why", "so"), "share", "x >= 0.5"), "contradicted", "x 20 %", ("x",))


@pytest.fixture
def memo() -> Memo:
    return Memo("T", "Q?", "Wait.", ("sure",), (OPTION,), ("stands",), (JUDGED,), ("flip",), ("assumed",), (), (Step("a", "b", "c"),), ("note",), Picture(b"\x89PNG", "alt"), {"flips": 2})


def test_there_and_back(memo):
    assert memo_of_data(json.loads(json.dumps(memo_data(memo)))) == memo


def test_tables_hold_what_the_page_left_out(memo):
    data = json.loads(json.dumps(tables_data(memo, [OPTION] * 9, [JUDGED] * 8)))
    assert options_of_data(data["options"]) == (OPTION,) * 9 and claims_of_data(data["claims"]) == (JUDGED,) * 8 and memo_of_data(data["memo"]) == memo
