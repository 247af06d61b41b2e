"""What is added is kept whole: nothing else in the file changes, what can't be read isn't written, and many may add at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.decision.ledger import Claim, read_claims
from helpers.decision.own.keeping import add_claim, add_option, start
from helpers.decision.own.plan import read_plan
from helpers.intake.refusal import Refusal

ENTRY = {"name": "ring back", "cost_now": [0.0, 100.0], "gain_monthly": [10.0, 20.0], "adoption": [0.5, 0.9], "begins": 1}


@pytest.fixture
def files(tmp_path):
    return start(tmp_path / "mine")


def test_a_folder_with_a_request_is_not_written_over(files):
    with pytest.raises(Refusal, match="there already"):
        start(files.options.parent)


def test_a_claim_is_added_and_all_else_stays(files):
    before = files.claims.read_text(encoding="utf-8")
    claim = Claim("It's “simple”: yes, no # 1", "老板", ("why: because", "- so"), "a metric", "rows_per_month >= 3")
    add_claim(files.claims, claim)
    assert files.claims.read_text(encoding="utf-8").startswith(before) and read_claims(files.claims)[-1] == claim


def test_a_claim_whose_rule_can_not_be_read_is_not_written(files):
    before = files.claims.read_bytes()
    with pytest.raises(Refusal, match="can't be read"):
        add_claim(files.claims, Claim("c", "", (), "m", "import os"))
    assert files.claims.read_bytes() == before


def test_an_option_is_added_below_the_last_one_and_all_else_stays(files):
    before = files.options.read_text(encoding="utf-8").splitlines()
    add_option(files.options, "ring_back", ENTRY)
    after = files.options.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line in before] == before  # comments and order too
    assert [option.name for option in read_plan(files.options).options] == ["an app to follow the repair", "a text message at each step", "tell a date and keep it", "ring back", "do nothing"]


def test_an_option_at_the_end_of_the_file_is_added_too(files):
    files.options.write_text("title: T\nquestion: Q\nasked: a tool\noptions:\n  tool:\n    name: a tool", encoding="utf-8")
    add_option(files.options, "ring_back", ENTRY)
    assert read_plan(files.options).options[1].begins == 1


@pytest.mark.parametrize(("key", "entry", "words"), [("app", ENTRY, "can't be added"), ("x", ENTRY | {"cost_now": [2.0, 1.0]}, "not a range"), ("x", {"name": "a text message at each step"}, "there twice")])
def test_an_option_that_can_not_be_is_not_written(files, key, entry, words):
    before = files.options.read_bytes()
    with pytest.raises(Refusal, match=words):
        add_option(files.options, key, entry)
    assert files.options.read_bytes() == before


def test_many_may_add_at_once(files):
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda number: add_claim(files.claims, Claim(f"claim {number}", "", (), "m")), range(24)))
    assert {each.claim for each in read_claims(files.claims)} >= {f"claim {number}" for number in range(24)}
    assert not list(files.claims.parent.glob(".partial-*"))
