"""Scenarios: every one checked by the notebook's declared types before a kernel starts, all faults in one message; crossed, drawn, counted."""

import numpy as np
import pytest

from helpers.batch.scenarios.declared import declared
from helpers.batch.scenarios.expand import read_notebook, scenarios
from helpers.intake.refusal import Refusal


@pytest.fixture
def given(scenario_file):
    """A function from the text of a file to its scenarios' parameters."""
    return lambda text, name="scenarios.yaml", **options: [dict(one.parameters) for one in scenarios(scenario_file(text, name), **options).scenarios]


def test_a_notebook_declares_its_parameters_by_its_cell(notebook):
    found = {each.name: each for each in declared(notebook, read_notebook(notebook))}
    assert found["seed"].default == 1 and (found["seed"].low, found["seed"].high, found["seed"].unit) == (0, 99, "whole number")
    assert found["kind"].choices == ("plain", "fancy") and found["scale"].meaning == "what is drawn"
    assert isinstance(found["scale"].default, float) and found["works"].default is True


def test_values_are_converted_by_their_declared_types(given):
    (values,) = given("parameters: {seed: 007, scale: 1e0, works: 'false', label: 007, kind: fancy}")
    assert values == {"seed": 7, "scale": 1.0, "works": False, "label": "007", "kind": "fancy"} and type(values["seed"]) is int
    assert given("parameters: {label: 'x=y', works: TRUE}") == [{"label": "x=y", "works": True}]


def test_what_looks_like_code_is_text_or_refused(given):
    assert given("parameters: {label: \"__import__('os').system('true')\"}") == [{"label": "__import__('os').system('true')"}]
    with pytest.raises(Refusal, match="'seed' was given .__import__"):
        given("parameters: {seed: \"__import__('os')\"}")


def test_one_message_lists_all_that_is_wrong_and_where(given):
    text = "parameters: {sed: 1}\nscenarios:\n  - {name: a, parameters: {scale: 11}}\n  - {name: b, parameters: {scale: 11, works: 1}}\ngrid: {seed: [1, 2.5, x], kind: [odd]}\nsample: {count: 2, ranges: {label: [0, 1]}}"
    with pytest.raises(Refusal) as refused:
        given(text)
    said = str(refused.value)
    for part in ("'sed' (did you mean 'seed'?) [parameters]", "'scale' was given '11'", "scenario 1 and 1 more]", "'works' was given '1'", "given '2.5'", "given 'x'", "one of plain, fancy", "'label' was given", "nothing was run"):
        assert part in said


def test_very_many_faults_are_counted(given):
    with pytest.raises(Refusal, match="50 things are wrong.*and 38 more"):
        given("scenarios:\n" + "".join(f"  - {{name: s{n}, parameters: {{p{n}: 1}}}}\n" for n in range(50)))


def test_a_parameter_may_be_set_in_one_place_only(given):
    with pytest.raises(Refusal, match="'seed' is set in more than one of"):
        given("grid: {seed: [1]}\nsample: {count: 2, ranges: {seed: [1, 5]}}")


def test_list_grid_and_sample_are_crossed(given):
    found = given("parameters: {scale: 2}\nscenarios:\n  - {name: a, parameters: {kind: plain}}\n  - {name: b, parameters: {kind: fancy}}\ngrid: {seed: {from: 1, to: 3, step: 1}, works: [true, false]}")
    assert len(found) == 12 and all(one["scale"] == 2.0 for one in found)
    assert [(one["kind"], one["seed"], one["works"]) for one in found][:3] == [("plain", 1, True), ("plain", 1, False), ("plain", 2, True)]


def test_ranges_are_even_or_logarithmic(given):
    assert [one["scale"] for one in given("grid: {scale: {from: 0, to: 0.3, steps: 4}}")] == [0.0, 0.1, 0.2, 0.3]
    assert [one["scale"] for one in given("grid: {scale: {from: 0.01, to: 1, steps: 3, spacing: log}}")] == [0.01, 0.1, 1.0]


@pytest.mark.parametrize("method", ["latin hypercube", "sobol"])
def test_samples_fill_their_ranges_evenly_and_are_the_same_each_time(method, given):
    text = f"sample: {{method: {method}, count: 64, seed: 3, ranges: {{scale: [0, 8], seed: [0, 3], works: {{choices: ['true', 'false']}}}}}}"
    found = given(text)
    assert found == given(text) != given(text.replace("seed: 3,", "seed: 4,"))
    assert np.histogram([one["scale"] for one in found], bins=8, range=(0, 8))[0].tolist() == [8] * 8
    assert {seed: sum(one["seed"] == seed for one in found) for seed in range(4)} == dict.fromkeys(range(4), 16)
    assert sum(one["works"] for one in found) == 32


def test_a_range_that_leads_out_of_what_is_allowed_is_refused(given):
    with pytest.raises(Refusal, match="'scale' was given 80.0"):
        given("sample: {count: 4, ranges: {scale: [0, 80]}}")


def test_the_same_scenario_drawn_twice_is_run_once(scenario_file):
    found = scenarios(scenario_file("sample: {count: 64, ranges: {seed: [0, 3]}}"))
    assert len(found.scenarios) == 4 and found.dropped == 60


def test_a_table_is_a_list_over_a_base_file(given, scenario_file):
    base = scenario_file("parameters: {scale: 3}", "base.yaml")
    assert given("name,seed,label\na,1,\nb,2,x\n", "list.csv", base=base) == [{"seed": 1, "scale": 3.0}, {"seed": 2, "scale": 3.0, "label": "x"}]
    with pytest.raises(Refusal, match="it isn't said which notebook"):
        given("seed\n1\n", "list.csv")


def test_a_grid_of_a_million_is_refused_with_an_estimate_unless_it_is_meant(given, monkeypatch):
    text = "grid: {seed: {from: 0, to: 99, step: 1}, scale: {from: 0, to: 1, steps: 10000}}"
    with pytest.raises(Refusal, match="1,000,000 scenarios, about 833 hours.*--yes"):
        given(text)
    monkeypatch.setattr("helpers.batch.scenarios.expand.MANY", 10)
    assert len(given("grid: {seed: {from: 0, to: 99, step: 1}}", many=True)) == 100
    with pytest.raises(Refusal, match="100 scenarios"):
        given("grid: {seed: {from: 0, to: 99, step: 1}}")


def test_too_many_are_refused_even_if_they_are_meant(given):
    with pytest.raises(Refusal, match="100,000,000 scenarios"):
        given("grid: {scale: {from: 0, to: 1, steps: 10000}, label: [" + ", ".join(f"l{n}" for n in range(10_000)) + "]}", many=True)


def test_a_base_file_lies_beneath(given, scenario_file):
    scenario_file("parameters: {scale: 3, seed: 4}\ngrid: {kind: [plain, fancy]}", "base.yaml")
    assert given("base: base.yaml\nparameters: {seed: 5}") == [{"seed": 5, "scale": 3.0, "kind": "plain"}, {"seed": 5, "scale": 3.0, "kind": "fancy"}]


def test_a_case_is_checked_by_its_own_list(tmp_path):
    (tmp_path / "x.yaml").write_text("notebook: 1_marketing_module\ngrid: {horizon_months: [12, 2000]}\n", encoding="utf-8")
    with pytest.raises(Refusal, match="from 6 to 120"):
        scenarios(tmp_path / "x.yaml")


def test_values_that_can_not_be_together_are_found_before_anything_runs(tmp_path):
    (tmp_path / "x.yaml").write_text("notebook: 1_marketing_module\ngrid: {build_cost_low: [100000, 900000, 950000]}\n", encoding="utf-8")
    with pytest.raises(Refusal, match="2 of 3 scenarios can't be.*build_cost_low-900000.*is not a range"):
        scenarios(tmp_path / "x.yaml")


@pytest.mark.parametrize(("name", "said"), [("nothing", "there is no notebook 'nothing'"), ("../tiny.ipynb", "leads out of the folder"), ("scenarios.yaml", "this is not a notebook")])
def test_only_a_notebook_is_run(name, said, given, notebook):
    (notebook.parent / "other.yaml").write_text(f"notebook: {name}\n", encoding="utf-8")
    (notebook.parent / "scenarios.yaml").write_text("a: 1", encoding="utf-8")
    with pytest.raises(Refusal, match=said):
        scenarios(notebook.parent / "other.yaml")
