"""Case 2 from parameters to memo: planted truth recovered, three decisions from three sets of beliefs, and logs that hold less than ours."""

import csv
import json
from datetime import datetime
from math import isclose
from pathlib import Path
from statistics import mean

import numpy as np
import pytest
import yaml

from helpers.decision.memo import LINES, lines
from helpers.decision.memo_text import markdown
from helpers.decision.paperwork.case import open_case
from helpers.decision.paperwork.steps.start import SIMULATION
from helpers.intake.refusal import Refusal
from helpers.paperwork.log import SHIPPED

FEW = {"draws": 512, "replications": 3}
ONLY_WITHOUT_PARTY = {"hours_per_client"}
HANDLING_LOG = {
    "column_map": "case: case_id, activity: activity, resource: resource, time: timestamp",
    "time_zone": "Asia/Taipei", "office_hours": "Mon-Sun 0-24", "holidays": "none", "repeats": "same person",
}  # fmt: skip
PATIENTS = {
    "column_map": "case: patient, activity: handling, resource: employee, instance: handling_id, lifecycle: registration_type, time: time",
    "time_zone": "UTC", "office_hours": "Mon-Sun 0-24", "holidays": "none", "closing": "Check-out",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped():
    """The case as it is shipped."""
    return open_case({})


@pytest.fixture(scope="module")
def truth(root):
    """What was planted in the shipped log, and what came of it."""
    return json.loads((root / "data" / "paperwork" / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    """A function that writes the first weeks of the shipped log without some columns, and returns the file's path."""

    def write(*without: str, rows: int = 14_000) -> str:
        with SHIPPED.open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))[:rows]
        path = tmp_path_factory.mktemp("log") / "events.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [name for name in table[0] if name not in without], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(table)
        return str(path)

    return write


def scenario(root: Path, name: str) -> dict:
    """The parameters of a committed scenario."""
    return yaml.safe_load((root / "data" / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8"))["parameters"]


# What is found


def test_every_documented_finding_is_there_in_its_unit(shipped):
    found = shipped.findings
    assert set(found) == set(found.entries) - ONLY_WITHOUT_PARTY
    for record in found.records():
        assert record["unit"] == found.entries[record["name"]].unit, record["name"]
    json.dumps(found.records())


def test_what_was_planted_is_recovered(shipped, truth):
    found, realised, expected = shipped.findings, truth["realised"], truth["expected"]
    pairs = {
        "communication_share": realised["communication_share_ratio_of_means"], "communication_share_per_client": realised["communication_share_mean_of_ratios"],
        "clerk_hours_per_client": realised["clerk_hours_per_client"], "client_hours_per_client": realised["client_hours_per_client"],
        "documents_per_client": expected["documents_per_client"], "lead_time_p50": realised["lead_time"]["clock_days"]["median"],
        "utilisation": truth["realised"]["utilisation"],
    }  # fmt: skip
    for name, planted in pairs.items():
        assert found[name].low <= planted <= found[name].high, name
    assert found["communication_claim"] == "borne out"
    assert found["heaviest_document"] == "financial statements"
    assert found["longest_step_clerks"] == "explain standard"


def test_dropping_open_cases_flatters(shipped):
    assert shipped.findings["lead_time_p90_closed_only"].value < shipped.findings["lead_time_p90"].value


def test_second_passes_under_another_name_count(shipped, tmp_path):
    unaware = open_case({"same_steps": ""})
    assert unaware.findings["rework_share"].value < 0.8 * shipped.findings["rework_share"].value


def test_clerks_and_clients_hours_are_never_added(shipped):
    clerk, client = shipped.findings["clerk_hours_per_client"].value, shipped.findings["client_hours_per_client"].value
    told = [record["value"] for record in shipped.findings.records() if record["unit"] == "h"]
    assert not any(isclose(hours, clerk + client, rel_tol=1e-3) for hours in told)
    assert "hours_per_client" not in shipped.findings


def test_parts_of_the_way_make_it_up(shipped):
    found = shipped.findings
    parts = sum(found[name].value for name in ("working_share", "waiting_client_share", "waiting_queue_share", "waiting_held_share"))
    assert parts == pytest.approx(1, abs=1e-6)


def test_same_parameters_same_numbers_to_the_last_bit():
    first, second = (open_case(FEW).findings.records() for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


# What is decided


def test_the_shipped_evidence_leads_to_standardising(shipped):
    assert shipped.findings["best_option"] == "standardise"
    assert "Standardise" in shipped.memo().recommendation
    assert {each.claim.claim: each.status for each in shipped.claims} == {
        "At least two thirds of a clerk's time per client goes into explaining.": "measured",
        "With two more clerks we could take a good many more clients a week.": "contradicted",
        "Papers sent in are mostly in order.": "contradicted",
        "Every paper is a case of its own.": "contradicted",
        "What takes long is waiting for clients.": "measured",
        "Online sheets alone take a fifth off the time.": "contradicted",
        "Once it runs we save three clerks.": "assumed",
    }


@pytest.mark.parametrize(("name", "expected"), [("paperwork_hire", "hire two clerks"), ("paperwork_online_first", "Excel online")])
def test_other_beliefs_lead_elsewhere(root, name, expected):
    case = open_case(scenario(root, name))
    assert case.findings["best_option"] == expected
    assert case.memo().recommendation.lower().startswith(expected.lower())


def test_the_memo_says_what_would_flip_it(shipped):
    assert any("do nothing" in flip or "hire" in flip for flip in shipped.memo().flips)
    assert lines(shipped.memo()) <= LINES


def test_without_a_budget_nothing_is_standardised():
    case = open_case({**FEW, "budget_days": 0})
    assert case.findings["documents_chosen"].value == 0
    assert not any("standardise" in row.name for row in case.money.rows)
    assert any("No document is ready" in note for note in case.memo().notes)


def test_a_higher_waterline_keeps_documents_out(shipped):
    few = open_case({**FEW, "waterline": 0.7})
    assert 0 < few.findings["documents_ready"].value < shipped.findings["documents_ready"].value
    assert few.findings["explain_covered"].value < shipped.findings["explain_covered"].value


def test_the_spreadsheets_convention_discounts_one_period_more(shipped):
    other = open_case({"npv_convention": "spreadsheet"})
    factor = 1.08 ** (-1 / 12)
    assert np.allclose(other.money.worth["standardise"], shipped.money.worth["standardise"] * factor)


def test_an_office_that_cannot_keep_up_is_refused_with_the_clerks_that_would_do():
    with pytest.raises(Refusal, match=r"can't keep up.*At least 8 clerks"):
        open_case({**FEW, "volume": 1.1, "clerks": 7}).findings["lead_time_today"]
    with pytest.raises(Refusal, match=r"At least 9 clerks"):
        open_case({**FEW, "volume": 1.3}).memo()
    assert open_case({**FEW, "volume": 1.3}).findings["communication_share"].value > 0  # what needs no simulation is still answered


def test_an_option_that_cannot_keep_up_is_refused_and_the_others_stay():
    case = open_case({**FEW, "volume": 1.1, "excel_explain_cut_low": -0.7, "excel_explain_cut_high": -0.5})
    assert case.findings["refused_options"] == "Excel online" and "lead_time_excel" not in set(case.findings)
    assert "Excel online" not in case.money.worth
    assert "At least 9 clerks" in case.trial.refused["Excel online"].words()


def test_more_clerks_keep_the_back_test_on_the_logs_own_office():
    case = open_case({**FEW, "clerks": 10})
    assert case.office.clerks == 10 and case.logged_office.clerks == 8
    assert case.findings["utilisation_today"].value < case.findings["utilisation"].value
    assert case.back_test.passed


# Logs that hold less


@pytest.mark.parametrize(("column", "lost"), [("party", "clerk_hours_per_client"), ("kind", "communication_share"), ("start", "touch_share")])
def test_without_a_column_the_rest_is_answered_and_the_memo_says_measure_first(quarter, column, lost):
    case = open_case({"log_file": quarter(column)})
    found = case.findings
    assert found.lacks(lost) and lost not in found and found["rework_share"].value >= 0
    assert not case.can_simulate and set(SIMULATION) - case.capabilities
    memo = markdown(case.memo())
    assert "Measure first" in memo and "nan" not in memo.lower()
    assert all(name in found.entries for name in found)


@pytest.mark.parametrize("kept", [lambda row: row["kind"] not in ("explain", "send"), lambda row: row["party"] == "client"], ids=["nobody explains", "clients only"])
def test_a_log_in_which_some_work_never_happens_is_answered_as_far_as_it_goes(tmp_path, kept):
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        table = [row for row in list(csv.DictReader(file))[:14_000] if kept(row)]
    with (tmp_path / "log.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    case = open_case({"log_file": str(tmp_path / "log.csv"), **FEW})
    found, memo = dict(case.findings), markdown(case.memo())
    assert case.can_simulate == ("net_value_standard" in found) == any(row["party"] == "clerk" for row in table)
    assert "nan" not in memo.lower().split() and (not case.can_simulate or np.isfinite(found["net_value_standard"].value))


def test_without_documents_all_papers_count_as_one(quarter):
    case = open_case({"log_file": quarter("document"), **FEW, "clerks": 8})
    assert case.order is None and case.covered("explain").value == 1 and case.findings.lacks("documents_per_client")
    assert case.findings["best_option"] in case.money.worth
    assert "Measure first" not in markdown(case.memo())


def test_without_names_the_parameter_says_how_many_clerks(quarter):
    path = quarter("resource")
    assert not open_case({"log_file": path}).can_simulate
    assert open_case({"log_file": path, "clerks": 8, **FEW}).findings["utilisation_today"].value < 1


# Real logs, against a hand calculation


def _rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_handling_log_by_parameters_alone(real_log):
    path = real_log("cofacts_handling_log_derived_20190414.csv")
    found = open_case({"log_file": str(path), **HANDLING_LOG}).findings
    rows = [row for row in _rows(path) if row["timestamp"]]
    seen, repeats = set(), 0
    for row in rows:  # by the same person only: many people sending the same thing is demand
        key = (row["case_id"], row["activity"], row["resource"])
        repeats += bool(row["resource"]) and key in seen
        seen.add(key)
    assert found["clients"].value == len({row["case_id"] for row in rows}) == 25_673
    assert found["handlings"].value == len(rows) == 67_669 - 71
    assert found["steps_in_log"].value == 6
    assert found["rework_share"].value == pytest.approx(repeats / len(rows))
    assert {"touch_time", "document", "party", "kind", "closing"} <= {lack for gap in found.unanswered() for lack in gap.lacks}


def test_the_handling_log_with_its_closing_named(real_log):
    path = real_log("cofacts_handling_log_derived_20190414.csv")
    closing = "编辑回复-不实, 编辑回复-属实, 编辑回复-不在查证范围, 编辑回复-含个人意见"
    found = open_case({"log_file": str(path), **HANDLING_LOG, "closing": closing}).findings
    answered = {row["case_id"] for row in _rows(path) if row["timestamp"] and row["activity_en"].startswith("reply")}
    assert found["open_cases"].value == 25_673 - len(answered)
    assert found["lead_time_p50"].value > 0


def test_patients_have_no_rework_once_starts_and_ends_are_paired(real_log):
    path = real_log("patients_bupar.csv")
    found = open_case({"log_file": str(path), **PATIENTS}).findings
    hours, patients = {}, {}
    for row in _rows(path):
        moment = datetime.fromisoformat(row["time"].replace("Z", "+00:00")).timestamp() / 3600
        hours.setdefault(row["handling_id"], {})[row["registration_type"]] = moment
        patients.setdefault(row["patient"], set()).add(row["handling_id"])
    assert found["clients"].value == 500 and found["handlings"].value == len(hours) == 2_721
    assert found["rework_share"].value == 0 and found["moves_back_share"].value == 0
    done = [case for case in patients.values() if len(case) >= 5]
    each = [sum(hours[one]["complete"] - hours[one]["start"] for one in case) for case in done]
    assert found["hours_per_client"].value == pytest.approx(mean(each), rel=0.03)  # ours is over cases old enough to have closed
    assert found["open_cases"].value == 500 - 492


# Bad input


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"log_file": "nowhere.csv"}, "there is no such file"),
        ({"column_map": "case: Client"}, "no column 'Client'"),
        ({"clerks": "many"}, "'clerks' was given 'many'"),
        ({"volume": 99}, "'volume' was given 99, allowed is a number from 0.05 to 20"),
        ({"volumes": 2}, "there is no parameter 'volumes' (did you mean 'volume'?)"),
        ({"office_hours": "nine to five"}, "can't be read as days and hours"),
        ({"office_hours": "Mon-Fri 18-9"}, "don't ascend"),
        ({"holidays": "nowhere.csv"}, "there is no such file"),
        ({"time_zone": "Asia/Atlantis"}, "no time zone 'Asia/Atlantis'"),
        ({"same_steps": "second look: review"}, "no activity is called 'second look'"),
        ({"closing": "shut"}, "no activity is called 'shut'"),
    ],
)
def test_bad_input_is_refused_in_words(given, words):
    with pytest.raises(Refusal) as refusal:
        open_case(given)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"weights": "beauty: 1"}, "no measure is called 'beauty'"),
        ({"weights": "volume: much"}, "no number"),
        ({"weights": "volume: 0"}, "not all 0"),
        ({"other_ranges": "luck: 1 2"}, "luck"),
        ({"other_ranges": "day_rate: dear"}, "day_rate"),
        ({"growth_per_year_low": 0.3, "growth_per_year_high": 0.1}, "not a range"),
    ],
)
def test_bad_beliefs_are_refused_before_anything_is_worked_out(given, words):
    with pytest.raises(Refusal) as refusal:
        open_case({**given, "log_file": "nowhere.csv"})
    assert words in str(refusal.value)


def test_a_list_of_prerequisites_that_is_not_there_is_refused():
    with pytest.raises(Refusal, match="there is no such file"):
        open_case({"prerequisites_file": "nowhere.csv"}).work


def test_an_empty_table_and_text_for_a_time_are_refused(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("case,activity,start,end\n", encoding="utf-8")
    with pytest.raises(Refusal, match="no row below it"):
        open_case({"log_file": str(log)})
    log.write_text("case,activity,start,end\nA,review,soon,later\n", encoding="utf-8")
    with pytest.raises(Refusal, match="'soon' is not a time.*|'soon'"):
        open_case({"log_file": str(log)})


def test_a_log_of_one_row_is_not_an_error(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("case,activity,time\nA,review,2026-03-02 10:00\n", encoding="utf-8")
    found = open_case({"log_file": str(log)}).findings
    assert found["handlings"].value == 1 and found["moves_back_share"].value == 0 and "longest_sojourn" not in set(found)


def test_holidays_from_a_file(tmp_path, shipped):
    days = tmp_path / "days.csv"
    days.write_text("date,name\n2026-01-02,closed\n", encoding="utf-8")
    case = open_case({"holidays": str(days)})
    assert case.calendar.holidays == ("2026-01-02",) and case.hours_per_month > shipped.hours_per_month


def test_defaults_of_names_hold_for_the_shipped_log_only(quarter):
    steps = [set(open_case({"log_file": log}).log.handlings["step"]) for log in ("", quarter())]
    assert "review again" not in steps[0] and "review again" in steps[1]
