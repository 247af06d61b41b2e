"""A sweep finds what the notebooks find, to the last bit, for every case; interrupted it goes on; what can't be is told."""

import json
from importlib import import_module

import pytest

from helpers.batch.command import Wish, make, sweep
from helpers.batch.driver.places import Places
from helpers.batch.sweep.ledger import Ledger
from helpers.intake.refusal import Refusal

FILES = {
    "marketing": "notebook: 1_marketing_module\nscenarios:\n  - {name: dear, parameters: {value_per_lead_low: 110, draws: 256}}\n  - {name: other, parameters: {draws: 256, seed: 5, horizon_months: 36}}\n",
    "paperwork": "notebook: 2_paperwork_standardisation\nparameters: {replications: 3, draws: 256}\nscenarios:\n  - {name: more, parameters: {margin_per_client_low: 30}}\n  - {name: hire, parameters: {clerks: 9, seed: 5}}\n",
    "own": "notebook: 3_your_own_request\nparameters: {draws: 256}\nscenarios:\n  - {name: long, parameters: {horizon_months: 48}}\n  - {name: blind, parameters: {with_log: false}}\n",
}
MORE = {
    "marketing": "  - {name: again, parameters: {value_per_lead_low: 110, draws: 256}}\n  - {name: late, parameters: {draws: 256, pilot_months: 6, burn_in_days: 60}}\n",
    "paperwork": "  - {name: money, parameters: {margin_per_client_low: 30, horizon_months: 48}}\n  - {name: water, parameters: {waterline: 0.6}}\n",
    "own": "  - {name: lucky, parameters: {horizon_months: 48, seed: 7}}\n  - {name: dear, parameters: {annual_rate: 0.2}}\n",
}
AFRESH = {"marketing": {"draws": 256, "pilot_months": 6, "burn_in_days": 60}, "paperwork": {"replications": 3, "draws": 256, "waterline": 0.6}, "own": {"draws": 256, "annual_rate": 0.2}}
COUNTS = {"marketing": 200, "paperwork": 200, "own": 40}  # rows at least: a finding each


@pytest.mark.parametrize("case", list(FILES))
def test_a_sweep_finds_what_the_notebooks_find_to_the_last_bit(case, tmp_path, monkeypatch):
    """Two scenarios by notebook, among four by functions that remember each other's steps; the other two against the case opened afresh."""
    monkeypatch.delenv("CASEBOOK_KERNELS")  # the notebooks' kernels needn't import everything anew
    (tmp_path / "two.yaml").write_text(FILES[case], encoding="utf-8")
    (tmp_path / "four.yaml").write_text(FILES[case] + MORE[case], encoding="utf-8")
    said = []
    assert make(tmp_path / "two.yaml", Wish(tmp_path / "made", processes=2), said.append) == 0, said
    assert sweep(tmp_path / "four.yaml", Wish(tmp_path / "swept", processes=1), (), said.append) == 0, said
    made, swept = (_rows(tmp_path / name / "results.csv") for name in ("made", "swept"))
    assert len(made) > COUNTS[case] and made == [row for row in swept if row.partition(",")[0] in {row.partition(",")[0] for row in made}]
    _same_as_afresh(case, tmp_path / "swept")


def _rows(file):
    """Rows as they stand there: every number with all its digits."""
    return file.read_text(encoding="utf-8").splitlines()[1:]


def _same_as_afresh(case, folder):
    open_case = import_module(f"helpers.decision.{case}.case").open_case
    afresh = json.loads(json.dumps(open_case(AFRESH[case]).findings.records()))
    assert afresh in [json.loads(line[65:]).get("findings") for line in (folder / "sweep.jsonl").read_text(encoding="utf-8").splitlines()]


def test_an_interrupted_sweep_goes_on_and_a_line_that_was_cut_off_is_worked_out_again(tmp_path):
    ledger = Ledger(tmp_path / "sweep.jsonl")
    for letter in "abc":
        ledger.add(letter * 64, {"findings": [letter]})
    ledger.close()
    whole = (tmp_path / "sweep.jsonl").read_bytes()
    (tmp_path / "sweep.jsonl").write_bytes(whole[:-10])
    ledger = Ledger(tmp_path / "sweep.jsonl")
    assert ["a" * 64 in ledger, "b" * 64 in ledger, "c" * 64 in ledger] == [True, True, False]
    ledger.add("c" * 64, {"findings": ["c again"]})
    assert [ledger.read(letter * 64)["findings"] for letter in "abc"] == [["a"], ["b"], ["c again"]]
    ledger.close()
    again = Ledger(tmp_path / "sweep.jsonl")
    assert again.read("c" * 64) == {"findings": ["c again"]}
    again.close()


def test_scenarios_that_the_case_refuses_are_listed_and_the_others_worked_out(tmp_path):
    file = tmp_path / "x.yaml"
    file.write_text("notebook: 2_paperwork_standardisation\nscenarios:\n  - {name: bad, parameters: {log_file: nowhere.csv}}\n", encoding="utf-8")
    said = []
    assert sweep(file, Wish(tmp_path / "out", processes=1), (), said.append) == 1
    assert "nowhere.csv" in "\n".join(said) and "nowhere.csv" in (tmp_path / "out" / "failures.csv").read_text()


def test_a_notebook_without_functions_of_its_own_is_refused(scenario_file, tmp_path):
    with pytest.raises(Refusal, match="no functions of its own"):
        sweep(scenario_file("grid: {seed: [1]}"), Wish(tmp_path / "out"), (), print)


def test_notebooks_are_made_for_the_chosen_only(tmp_path, monkeypatch, scenario_file):
    monkeypatch.setattr("helpers.batch.sweep.run._swept", lambda name: type("Case", (), {"findings": lambda self, given: [{"name": "seed", "value": given["seed"]}]})())
    said = []
    file = scenario_file("grid: {seed: [1, 2, 3]}")
    assert sweep(file, Wish(tmp_path / "out", processes=1), ("seed-2",), said.append) == 0
    places = Places(tmp_path / "out")
    assert [path.stem for path in places.runs.glob("*.ipynb")] == ["seed-2"] and "3 of 3 scenarios" in said[0]
    with pytest.raises(Refusal, match="no scenario is called 'seed-9'"):
        sweep(file, Wish(tmp_path / "out", processes=1), ("seed-9",), said.append)
