"""The shipped request and others: three decisions from one method, claims judged, a log that isn't there, and what is refused."""

import numpy as np
import pytest
import yaml

from helpers.decision.own.case import ENTRIES, open_case
from helpers.decision.own.keeping import start
from helpers.evidence.findings import read_entries
from helpers.intake.refusal import Refusal

FEW = {"draws": 256}


def statuses(case) -> list[str]:
    return [each.status for each in case.claims]


def test_the_shipped_request_leads_elsewhere_than_asked(shipped):
    found = shipped.findings
    assert found["recommendation"] == "a text message at each step" and found["value_asked"].high < 0 < found["value_best"].value
    assert statuses(shipped) == ["contradicted", "contradicted", "assumed", "assumed", "nobody knows"]
    assert found["amount_per_month"].basis == "measured" and shipped.memo.options[-1].name == "an app to follow the repair"


def test_every_documented_finding_is_there_and_no_other(shipped):
    assert set(shipped.findings) == set(read_entries(ENTRIES))


@pytest.mark.parametrize(("name", "decision"), [("own_app", "an app to follow the repair"), ("own_nothing", "do nothing")])
def test_scenarios_lead_elsewhere(name, decision, root):
    given = yaml.safe_load((root / "data" / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8"))["parameters"]
    case = open_case(FEW | given)
    assert case.findings["recommendation"] == decision and decision[0].upper() + decision[1:] in case.memo.recommendation


def test_without_a_log_everything_is_believed_and_the_memo_says_so():
    case = open_case(FEW | {"with_log": False})
    assert {each.basis for each in case.priced.unknowns} == {"assumed"} and "rows_counted" not in case.findings
    assert statuses(case) == ["nobody knows", "nobody knows", "assumed", "assumed", "nobody knows"]
    assert "there is no log" in case.memo.cannot_answer[0] and case.findings["recommendation"]


def test_the_log_moves_the_decision(shipped):
    """Twenty times the calls, and the app pays as well: what was measured is what is reckoned with."""
    measured = next(each for each in shipped.priced.unknowns if each.name == "calls_per_month")
    assert measured.basis == "measured" and measured.low < shipped.findings["amount_per_month"].value < measured.high
    many = open_case(FEW | {"other_ranges": "calls_per_month: 7000 8000"})
    assert many.findings["value_asked"].value > 0 > shipped.findings["value_asked"].value


def test_a_flip_point_is_one(shipped):
    flip = shipped.priced.flips[0]
    at = {side: shipped.priced.at({flip.name: flip.at * factor}) for side, factor in (("before", 0.97), ("after", 1.03))}
    best = {side: max(worth, key=worth.get) for side, worth in at.items()}
    assert set(best.values()) == {flip.before, flip.after}


def test_the_example_copied_is_the_same_request(shipped, tmp_path):
    start(tmp_path / "mine")
    mine = open_case(FEW | {"folder": str(tmp_path / "mine")})
    assert mine.findings.records() == shipped.findings.records() and mine.request == shipped.request


def test_ids_of_ones_own_log_are_shown_as_pseudonyms_only(tmp_path):
    start(tmp_path / "mine")
    hidden, seen = (open_case(FEW | {"folder": str(tmp_path / "mine"), "keep_ids": keep}).log for keep in (False, True))
    assert "W01" in set(seen.rows["cluster"]) and "W01" not in set(hidden.rows["cluster"]) and "R00001" not in set(hidden.rows["case"])


def test_another_log_by_parameters_alone(tmp_path):
    lines = ["order no,begun,done,shop,result"] + [f"{n},2026-0{1 + n % 3}-{1 + n % 27:02d} 10:00,2026-0{2 + n % 3}-{1 + n % 27:02d} 10:00,s{n % 5},{'lost' if n % 4 else 'won'}" for n in range(60)]
    (tmp_path / "calls.csv").write_text("\n".join(lines), encoding="utf-8")
    given = {"log_file": str(tmp_path / "calls.csv"), "column_map": "start: begun, end: done, cluster: shop", "share_of": "result: won"}
    found = open_case(FEW | given).findings
    assert found["share_of_interest"].value == 0.25 and found["rows_counted"].value == 60 and found.lacks("amount_mean") == ("amount",)


def test_the_request_may_be_given_as_text():
    assert open_case(FEW | {"request": "Boss: all of it, now."}).request == "Boss: all of it, now."


def test_fixed_numbers_alone_are_priced_too(tmp_path):
    files = start(tmp_path / "mine")
    files.options.write_text("title: T\nquestion: Q\nasked: a tool\noptions:\n  tool: {name: a tool, cost_now: 100, gain_monthly: 20}\n", encoding="utf-8")
    case = open_case(FEW | {"folder": str(tmp_path / "mine"), "annual_rate": 0.0})
    assert case.findings["value_best"].value == pytest.approx(20 * 24 - 100) and case.findings["confidence"].value == 1 and case.memo.flips


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"folder": "nowhere"}, "no request.md"),
        ({"other_ranges": "prise_per_call: 1 2"}, "no unknown is called prise_per_call"),
        ({"other_ranges": "app_takes: 20 60"}, "write 5 % as 0.05"),
        ({"log_file": "nowhere.csv"}, "nowhere.csv"),
        ({"folders": "x"}, "did you mean 'folder'"),
        ({"share_of": "rang: maybe"}, "no row has 'maybe'"),
    ],
)
def test_what_can_not_be_used_is_refused(given, words):
    with pytest.raises(Refusal, match=words):
        open_case(FEW | given)


def test_the_same_seed_gives_the_same_numbers(shipped):
    assert open_case(FEW).findings.records() == shipped.findings.records()
    assert not np.array_equal(open_case(FEW | {"seed": 1}).priced.worth["an app to follow the repair"], shipped.priced.worth["an app to follow the repair"])
