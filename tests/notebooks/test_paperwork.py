"""The paperwork notebook run headlessly: as it is, by another scenario, on a real log by parameters alone, and refused in words."""

import json
import re

import nbformat
import papermill
import pytest
import yaml

from helpers.batch.run import run
from helpers.intake.refusal import Refusal
from helpers.lesson.scraps import scraps_of

STEM = "2_paperwork_standardisation"
HANDLING_LOG = {
    "column_map": "case: case_id, activity: activity, resource: resource, time: timestamp",
    "time_zone": "Asia/Taipei", "office_hours": "Mon-Sun 0-24", "holidays": "none", "repeats": "same person",
}  # fmt: skip


@pytest.fixture(scope="module")
def notebook(root):
    """The committed notebook's path."""
    return root / "notebooks" / f"{STEM}.ipynb"


@pytest.fixture(scope="module")
def committed(notebook):
    """The committed notebook, read."""
    return nbformat.read(notebook, as_version=4)


@pytest.fixture(scope="module")
def done(notebook, tmp_path_factory):
    """The folder of a run as it is."""
    return run(notebook, {}, tmp_path_factory.mktemp("run"), progress=False).folder


def by_name(folder) -> dict:
    """The findings of a run by name."""
    return {record["name"]: record for record in json.loads((folder / "findings.json").read_text(encoding="utf-8"))}


def test_a_run_leaves_page_findings_and_memo(done, root):
    assert {path.name for path in done.iterdir()} == {f"{STEM}.ipynb", f"{STEM}.html", "findings.json", "memo.html", "memo.docx", "findings.xlsx"}
    found = by_name(done)
    assert found["best_option"]["value"] == "standardise" and found["communication_share"]["basis"] == "measured"
    memo, page = ((done / name).read_text(encoding="utf-8") for name in ("memo.html", f"{STEM}.html"))
    assert "Standardise." in memo and not re.search(r'(?:src|href)="https?:', memo + page)


def test_a_run_as_it_is_comes_out_as_committed(done, committed, outputs_of):
    """To the last byte, pictures included, though its kernel came from the warm server."""
    assert outputs_of(nbformat.read(done / f"{STEM}.ipynb", as_version=4)) == outputs_of(committed)


def test_another_scenario_leads_elsewhere_by_plain_papermill(notebook, root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parameters = yaml.safe_load((root / "data" / "scenarios" / "paperwork_online_first.yaml").read_text(encoding="utf-8"))["parameters"]
    papermill.execute_notebook(str(notebook), "out.ipynb", parameters, progress_bar=False)
    found = scraps_of(nbformat.read("out.ipynb", as_version=4))
    assert found["best_option"]["value"] == "Excel online" and "Excel online." in found["memo_page"]


def test_a_real_log_by_parameters_alone(notebook, real_log, tmp_path):
    path = real_log("cofacts_handling_log_derived_20190414.csv")
    folder = run(notebook, {"log_file": str(path), **HANDLING_LOG}, tmp_path / "real", progress=False).folder
    found, page = by_name(folder), (folder / f"{STEM}.html").read_text(encoding="utf-8")
    assert found["clients"]["value"] == 25_673 and found["handlings"]["value"] == 67_598 and "touch_share" not in found
    assert "编辑回复-不实" in page and "has one time a row" in page and "Measure first" in (folder / "memo.html").read_text(encoding="utf-8")
    assert not re.search(r"\bnan\b", page)


def test_an_office_that_cannot_keep_up_is_refused_and_leaves_nothing(notebook, tmp_path):
    with pytest.raises(Refusal, match=r"can't keep up: utilisation would be .* At least 9 clerks are needed"):
        run(notebook, {"volume": 1.33}, tmp_path / "busy", progress=False)
    assert not (tmp_path / "busy").exists()


def test_plain_papermill_refuses_an_unknown_name_and_a_value_out_of_range(notebook, tmp_path):
    with pytest.raises(papermill.PapermillExecutionError) as failure:
        papermill.execute_notebook(str(notebook), str(tmp_path / "out.ipynb"), {"volumes": 2, "budget_days": -1.0}, progress_bar=False)
    assert "did you mean 'volume'?" in failure.value.evalue and "'budget_days' was given -1.0, allowed is a number from 0 to 5000" in failure.value.evalue
