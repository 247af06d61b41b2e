"""Notebooks that go wrong in every way among one that goes well: each is told truly, none disturbs another."""

import csv
import json

import nbformat
import pytest
import scrapbook

from helpers.batch.again import again
from helpers.batch.command import Wish, make
from helpers.batch.driver.places import Places

BEHAVIOURS = """
parameters: {seed: 7, label: "=1+1 <b>'x' = \\\\ {y}"}
scenarios:
  - {name: well}
  - {name: raises, parameters: {behave: raise}}
  - {name: refuses, parameters: {behave: refuse}}
  - {name: dies, parameters: {behave: die}}
  - {name: hangs, parameters: {behave: hang}}
  - {name: "../../../leaves", parameters: {works: "false", scale: 1e0}}
  - {name: full disk, parameters: {behave: "fill /dev/full"}}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory, tiny):
    """The batch of all of them, through the command: its folder, exit code and words."""
    folder = tmp_path_factory.mktemp("batch")
    tiny(folder / "tiny.ipynb")
    (folder / "all.yaml").write_text(f"notebook: tiny.ipynb\n{BEHAVIOURS}", encoding="utf-8")
    said = []
    code = make(folder / "all.yaml", Wish(folder / "out", processes=2, cell_timeout=3.0, run_timeout=30.0), said.append)
    return Places(folder / "out"), code, "\n".join(said)


def test_good_ones_go_well_among_bad_ones(made):
    places, code, said = made
    assert code == 1 and "2 of 7 runs went well" in said
    found = {each["name"]: each["value"] for each in places.findings("well")}
    assert found["label"] == "=1+1 <b>'x' = \\ {y}" and isinstance(found["value"], float)


def test_each_failure_is_told_in_a_line_with_its_cell(made):
    places, _, said = made
    failures = {name: places.record(name).failure for name in ("raises", "refuses", "dies", "hangs")}
    assert {name: failure.cell for name, failure in failures.items()} == dict.fromkeys(failures, 1)
    assert failures["raises"].words == "ValueError: a = b, 'c' <d>" and failures["refuses"].words == "log.csv: no such column. map it."
    assert "died" in failures["dies"].words and "longer than 3 s" in failures["hangs"].words
    assert all(f"  {name}: {failure.words}" in said for name, failure in failures.items())
    assert "No space left" in said


def test_only_what_may_pass_is_tried_twice(made):
    places, _, _ = made
    assert {name: places.record(name).attempts for name in ("well", "raises", "refuses", "dies", "hangs")} == {"well": 1, "raises": 1, "refuses": 1, "dies": 2, "hangs": 2}


def test_a_failed_run_keeps_its_partial_notebook_and_log_and_has_no_findings(made):
    places, _, _ = made
    for run in ("raises", "dies", "hangs"):
        notebook = nbformat.read(places.notebook(run), as_version=4)
        assert notebook.metadata.papermill.exception is True
        assert "failed at cell 1" in places.file(run, "log.txt").read_text() and not places.file(run, "findings.json").exists()


def test_a_name_from_a_file_does_not_leave_the_folder(made):
    places, _, _ = made
    runs = {path.name for path in places.runs.iterdir() if path.is_dir()}
    (left,) = runs - {"well", "raises", "refuses", "dies", "hangs"} - {run for run in runs if run.startswith("full_disk")}
    assert left.startswith("leaves-") and {path.name for path in places.folder.parent.iterdir()} == {"tiny.ipynb", "all.yaml", "out"}
    assert places.provenance(left)["parameters"]["works"] is False


def test_scrapbook_reads_all_notebooks_at_once(made):
    read = scrapbook.read_notebooks(str(made[0].runs))
    assert read["well"].scraps["choice"].data["value"] in ("build", "=nothing")


def test_a_run_tells_of_no_place_on_the_machine(made):
    places, _, _ = made
    for file in (places.notebook("well"), places.file("well", "provenance.json"), places.file("well", "record.json"), places.file("well", "log.txt")):
        assert str(places.folder.parent) not in file.read_text(encoding="utf-8")


def test_failures_are_listed_without_formulas(made):
    places, _, _ = made
    with (places.folder / "failures.csv").open(newline="") as lines:
        listed = list(csv.DictReader(lines))
    assert len(listed) == 5 and all(not row["error"].startswith("=") for row in listed)


def test_provenance_holds_what_it_takes_to_make_the_run_again(made):
    content = made[0].provenance("well")
    assert content["seed"] == 7 and content["parameters"]["scale"] == 1.0 and content["given"].keys() == {"seed", "label"}
    assert {"shipped data"} == content["data"].keys() and content["packages"]["pandas"] and len(content["helpers"]) == 64
    assert content["git"] is None or set(content["git"]) == {"commit", "dirty"}


def test_again_from_its_provenance_the_findings_are_the_same_bit_for_bit(made, tmp_path):
    places, _, _ = made
    said = []
    assert again(places.file("well", "provenance.json"), tmp_path / "again", said.append) == 0
    assert Places(tmp_path / "again").file("well", "findings.json").read_bytes() == places.file("well", "findings.json").read_bytes()
    assert len(said) == 1


def test_again_with_another_source_says_so(made, tmp_path):

    places, _, _ = made
    changed = {**json.loads(places.file("raises", "provenance.json").read_text()), "helpers": "0" * 64}
    places.file("raises", "provenance.json").write_text(json.dumps(changed))
    said = []
    assert again(places.file("raises", "provenance.json"), tmp_path / "again", said.append) == 1
    assert said[0] == "Not as it was: our own source. The findings may differ." and "ValueError" in said[1]
