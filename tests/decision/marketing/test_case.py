"""Case 1 from parameters to memo: planted truth recovered, three decisions from three sets of beliefs, and logs that hold less than ours."""

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from helpers.decision.marketing.case import open_case
from helpers.decision.marketing.verdict import BUILD, CONTENT, PILOT
from helpers.decision.memo import LINES, lines
from helpers.decision.memo_text import markdown
from helpers.intake.refusal import Refusal

FEW = {"draws": 512}
REAL = {
    "column_map": "time: event_time, person: user_id, event: event_type, article: item_id, salesperson: sharer_id, channel: client",
    "event_map": "publish: reply_posted, read: read_feedback, forward: share_request",
    "time_zone": "Asia/Taipei",
    "burn_in_days": 0.0,
}


@pytest.fixture(scope="module")
def shipped():
    """The case as it is shipped."""
    return open_case({})


@pytest.fixture(scope="module")
def truth(root):
    """What was planted in the shipped log, by name."""
    entries = json.loads((root / "data" / "marketing" / "truth.json").read_text(encoding="utf-8"))["entries"]
    return {name: entry["value"] for name, entry in entries.items()}


def scenario(root: Path, name: str) -> dict:
    """The parameters of a committed scenario."""
    return yaml.safe_load((root / "data" / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8"))["parameters"]


def log_file(folder: Path, columns: dict) -> str:
    """A small log: 500 reads and 40 forwards in 150 days, with the columns given besides time, person and event."""
    rng, count = np.random.default_rng(3), 540
    times = pd.Timestamp("2026-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 150 * 86400, count)), unit="s")
    frame = pd.DataFrame({"time": times.astype(str), "person": [f"p{n}" for n in rng.integers(0, 200, count)], "event": np.where(rng.random(count) < 0.08, "forward", "read")})
    frame.assign(**{name: make(rng, count) for name, make in columns.items()}).to_csv(folder / "log.csv", index=False)
    return str(folder / "log.csv")


# What is found


def test_every_documented_finding_is_there_in_its_unit(shipped):
    found = shipped.findings
    assert list(found.entries) == list(dict.fromkeys(found.entries)) and set(found) == set(found.entries)
    for record in found.records():
        assert record["unit"] == found.entries[record["name"]].unit, record["name"]
    json.dumps(found.records(), allow_nan=False)


def test_what_was_planted_is_recovered(shipped, truth):
    found = shipped.findings
    for name, planted in {"new_share": "new_share_by_id", "forwards_per_read": "forwards_per_read", "reads_per_forward": "reads_per_forward", "reproduction": "reproduction", "registration_rate": "registered_of_new_by_forward"}.items():
        assert found[name].low <= truth[planted] <= found[name].high, name
    assert found["new_share_naive"].high - found["new_share_naive"].low < 0.6 * (found["new_share"].high - found["new_share"].low)  # clusters ignored: trap 1


def test_two_devices_explain_what_is_new_by_id_only(shipped, truth):
    """Trap 8: with the planted part of second devices and late first reads the share comes down to the planted one."""
    mistaken = truth["second_device_of_new"] + truth["not_yet_seen_of_new"]
    corrected = open_case({"second_device": mistaken}).findings["new_share_corrected"]
    assert corrected.low <= truth["new_share"] <= corrected.high and not shipped.findings["new_share"].low <= truth["new_share"]


def test_a_shift_of_topics_is_not_read_as_a_change_of_readers(shipped):
    """The shipped log plants constant shares by topic and a mix that shifts."""
    found = shipped.findings
    assert found["new_share_change"].low > 0 and found["change_by_mix"].low > 0
    assert found["change_by_behaviour"].low < 0 < found["change_by_behaviour"].high
    assert found["change_by_mix"].value + found["change_by_behaviour"].value == pytest.approx(found["new_share_change"].value)


def test_the_ceiling_and_the_traffic_needed_by_hand(shipped):
    found, values = shipped.findings, shipped.values
    assert found["lead_ceiling"].value == pytest.approx(found["new_readers_per_month"].value * values["module_lift_high"])
    lead, lift = np.sqrt(values["value_per_lead_low"] * values["value_per_lead_high"]), (values["module_lift_low"] + values["module_lift_high"]) / 2
    assert found["traffic_needed"].value == pytest.approx(found["module_cost_per_month"].value / lead / lift)
    assert found["traffic_needed"].low < found["traffic_needed"].value < found["traffic_needed"].high


def test_credit_without_effect_and_the_reading_to_trust(shipped):
    """Traps 2 and 3: those who looked, and controls reached by forwards."""
    found = shipped.findings
    assert found["true_effect"].value == 0 and found["bias_viewers"].low > 5 and found["bias_last_touch"].low > 5 and found["coverage_viewers"].high < 0.1
    assert abs(found["bias_holdout"].value) < 1 and found["coverage_holdout"].value > 0.9
    assert found["reading_to_trust"] == "holdout_adjusted"  # by reader the error is smaller, but the interval breaks its promise if the module works


def test_the_test_that_was_run_is_read_by_its_rule(shipped):
    found = shipped.findings
    assert found["trial_effect_naive"].low > 0 > found["trial_effect"].low  # trap 1: naively a success
    assert found["trial_verdict"] == "can't be told" and found["trial_deviations"].value == 0
    assert found["contamination"].basis == "measured"


# What is decided


@pytest.mark.parametrize(("name", "winner"), [(None, CONTENT), ("marketing_build", BUILD), ("marketing_pilot", PILOT)])
def test_beliefs_decide_and_scenarios_say_so(name, winner, root, shipped):
    case = open_case(scenario(root, name)) if name else shipped
    found = case.findings
    assert found["recommendation"] == winner and found["lead_over_next"].value > 30_000
    assert case.memo.recommendation.lower().startswith(winner) and lines(case.memo) <= LINES
    assert (found["pilot_net"].value > 0) is (winner == PILOT)


def test_what_leads_to_the_request_is_said_even_if_no_single_unknown_does(shipped):
    verdict, times = shipped.verdict, shipped.findings["flips_together"].value
    assert BUILD not in {flip.after for flip in verdict.flips} and 2 < times < 15
    lift, value = (each.centre for each in verdict.believed if each.name in ("module_lift", "value_per_lead"))
    for factor, best in ((0.97, CONTENT), (1.03, BUILD)):
        worth = verdict.at({"module_lift": factor * times * lift, "value_per_lead": factor * times * value})
        assert max(worth, key=worth.get) == best
    assert any("Building as asked would be best if lift and margin" in note for note in shipped.memo.notes)


def test_money_conventions_differ_by_exactly_a_month(shipped):
    """Trap 10: a spreadsheet's NPV discounts the first flow, too."""
    late = open_case({"npv_convention": "spreadsheet"}).verdict.worth
    month = (1 + shipped.values["annual_rate"]) ** (1 / 12)
    np.testing.assert_allclose(late[BUILD] * month, shipped.verdict.worth[BUILD])


def test_an_option_of_ones_own_is_compared():
    case = open_case(FEW | {"other_options": "both: content 0, module 9"})
    assert {row.name for row in case.verdict.rows} >= {"both", CONTENT, BUILD, PILOT}
    assert set(case.findings) == set(case.findings.entries)


def test_the_memo_says_what_is_open_and_quotes_findings(shipped):
    text = markdown(shipped.memo)
    assert "31.7 %" in text and "frozen on 2026-05-18" in text and "questions of governance are open" in text
    statuses = {each.claim.claim: each.status for each in shipped.claims}
    assert statuses["Every second reader who comes by a forward is new to us."] == "contradicted"
    settled = open_case(FEW | {"settled": "owner, calendar"})
    assert settled.findings["governance_gaps"].value == shipped.findings["governance_gaps"].value - 2


def test_same_parameters_same_findings_to_the_last_bit(shipped):
    assert open_case({}).findings.records() == shipped.findings.records()
    assert open_case({"alpha": "0.05", "looks": "3", "count_self_reads": "True"}).values == shipped.values  # as plain -p gives them


# Logs that hold less


def test_the_real_log_by_parameters_alone(real_log):
    file = real_log("cofacts_share_log_derived_20190414.csv")
    case = open_case(REAL | {"log_file": str(file)})
    new, reads = first_reads(file)
    found = case.findings
    assert (found["reads_counted"].value, found["new_share"].value) == (reads, new / reads)
    assert round(100 * new / reads, 2) == 28.97
    assert found["reads_meant"] == "reads" and "new_share_forwarded" not in found
    missing = {name for gap in found.unanswered() for name in gap.lacks}
    assert missing == {"registrations", "share_links", "topics", "trial"}
    assert case.known.registration_rate.basis == "assumed" and case.trial is None and case.plan is None
    text = markdown(case.memo)
    assert "Not measured but assumed" in text and "no registrations" in text and "came by a forward, 29" not in text
    assert {each.claim.claim: each.status for each in case.claims}["Every second reader who comes by a forward is new to us."] == "nobody knows"


def first_reads(file: Path) -> tuple[int, int]:
    """By hand: reads by people with an id, and how many of them are the person's first event (of the earliest, the one that stands first)."""
    with file.open(encoding="utf-8", newline="") as rows:
        events = [(row["event_time"], number, row["user_id"], row["event_type"]) for number, row in enumerate(csv.DictReader(rows)) if row["user_id"] and row["event_time"]]
    seen, new, reads = set(), 0, 0
    for _, _, person, event in sorted((pd.Timestamp(time).value, number, person, event) for time, number, person, event in events):
        reads += event == "read_feedback"
        new += event == "read_feedback" and person not in seen
        seen.add(person)
    return new, reads


COLUMNS = {
    "nothing more": {},
    "salespeople": {"salesperson": lambda rng, n: [f"s{k}" for k in rng.integers(0, 12, n)]},
    "one salesperson": {"salesperson": lambda rng, n: ["s1"] * n},
    "articles and topics": {"article": lambda rng, n: [f"a{k}" for k in rng.integers(0, 30, n)], "topic": lambda rng, n: [f"t{k}" for k in rng.integers(0, 3, n)]},
}


@pytest.mark.parametrize("columns", COLUMNS.values(), ids=COLUMNS)
def test_a_log_that_holds_little_still_gets_its_memo(columns, tmp_path):
    case = open_case(FEW | {"log_file": log_file(tmp_path, columns), "burn_in_days": 20})
    found = case.findings
    assert found["recommendation"] and case.memo.cannot_answer and case.guardrails is not None
    assert set(found) == {name for name in found.entries if not found.lacks(name)}


def test_what_the_log_is_silent_on_can_be_believed_otherwise(tmp_path):
    given = FEW | {"log_file": log_file(tmp_path, {}), "burn_in_days": 20}
    rate = open_case(given | {"other_ranges": "registration_rate: 0.1 0.2"}).known.registration_rate
    assert (rate.value, rate.low, rate.high) == pytest.approx((0.15, 0.1, 0.2)) and rate.basis == "assumed"
    assert open_case(FEW | {"other_ranges": "registration_rate: 0.1 0.2"}).known.registration_rate.value < 0.05  # what was measured goes first


def test_registrations_of_nobody_new_plan_no_test(tmp_path):
    file = Path(log_file(tmp_path, COLUMNS["salespeople"]))
    frame = pd.read_csv(file)
    late = frame.iloc[[-1]].assign(event="register")
    pd.concat([frame, late]).to_csv(file, index=False)
    case = open_case(FEW | {"log_file": str(file), "burn_in_days": 20})
    assert case.plan is None and case.findings["registration_rate"].value == 0 and case.memo


@pytest.mark.parametrize("missing", ["publish", "forward", "register"])
def test_without_a_kind_of_event_the_rest_is_answered(missing, tmp_path, root):
    events = pd.read_csv(root / "data" / "marketing" / "events.csv", dtype=str, nrows=30_000)
    events[events["event"] != missing].to_csv(tmp_path / "log.csv", index=False)
    case = open_case(FEW | {"log_file": str(tmp_path / "log.csv"), "burn_in_days": 20})
    found = dict(case.findings)
    assert case.memo and ("cascade_size" in found) == (missing == "register") and ("registration_rate" in found) == (missing != "register")


# What is refused


@pytest.mark.parametrize(("given", "words"), [
    ({"log_file": "nowhere.csv"}, "nowhere.csv"),
    ({"modul_lift_low": 0.1}, "did you mean 'module_lift_low'"),
    ({"alpha": 0.9}, "from 0.001 to 0.2"),
    ({"draws": "many"}, "a whole number"),
    ({"confounding": "a lot"}, "one of none, some, strong"),
    ({"value_per_lead_low": 900.0, "value_per_lead_high": 300.0}, "is not a range"),
    ({"other_ranges": "fatigue_factor: low high"}, "write it as 'name: low high'"),
    ({"other_ranges": "tiredness: 1 2"}, "no assumption is called tiredness"),
    ({"other_options": "both at once"}, "is not an option"),
    ({"other_options": "build as asked: module 3"}, "is there twice"),
    ({"pilot_months": 30, "horizon_months": 12}, "nothing is left to choose"),
    ({"settled": "the owner"}, "the questions are"),
    ({"trial_file": "nowhere.csv"}, "nowhere.csv"),
    ({"known_by": "customer_date", "burn_in_days": 1000.0}, "no read is left to count"),
])  # fmt: skip
def test_what_cant_be_used_is_refused_in_words(given, words):
    with pytest.raises(Refusal, match=words):
        _ = open_case(FEW | given).memo


@pytest.mark.parametrize(("text", "words"), [("time,person\n2026-01-01,a\n", "event"), ("time,person,event\n", "no row"), ("time,person,event\nsoon,a,read\n", "time")])
def test_a_table_that_is_no_log_is_refused_in_words(text, words, tmp_path):
    (tmp_path / "log.csv").write_text(text)
    with pytest.raises(Refusal, match=words):
        _ = open_case({"log_file": str(tmp_path / "log.csv")}).findings["new_share"]
