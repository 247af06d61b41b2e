"""What the notes on batches tell people to write works as it stands there."""

import re
import subprocess
import sys
from importlib import import_module

import papermill
import pytest
from click.testing import CliRunner
from papermill.iorw import papermill_io

from helpers.command.line import cli
from helpers.batch.comparing import copy_to
from helpers.batch.driver.places import Places
from helpers.batch.scenarios.expand import scenarios
from helpers.intake.refusal import Refusal
from helpers.lesson.scraps import scraps_of


@pytest.fixture(scope="module")
def notes(root):
    return (root / "notebooks" / "batch" / "README.md").read_text(encoding="utf-8")


def _block(notes, language, number=0):
    return re.findall(rf"```{language}\n(.*?)```", notes, re.DOTALL)[number]


def test_the_scenario_file_in_the_notes_expands(notes, tmp_path):
    (tmp_path / "x.yaml").write_text(_block(notes, "yaml"), encoding="utf-8")
    (tmp_path / "house.yaml").write_text("parameters: {slot_cap: 8}\n", encoding="utf-8")
    found = scenarios(tmp_path / "x.yaml")
    assert len(found.scenarios) == 2 * 3 * 4 * 32 and all(one.parameters["slot_cap"] == 8 and one.parameters["seed"] == 7 for one in found.scenarios)
    assert {"slots_at_start", "horizon_months", "annual_rate", "module_lift_high", "convention"} < set(found.varied)


def test_the_commands_in_the_notes_have_the_options_that_they_use(notes):
    for line in re.findall(r"^casebook (.*?)(?:\s+#.*)?$", notes, re.MULTILINE):
        command, *words = line.split()
        known = CliRunner().invoke(cli, [command, "--help"]).output
        assert [word for word in words if word.startswith("--") and word not in known] == []


def test_a_dry_run_shows_the_scenarios_and_makes_nothing(root, tmp_path):
    done = CliRunner().invoke(cli, ["batch", str(root / "data" / "batch" / "marketing_sample.yaml"), "--to", str(tmp_path / "out"), "--dry-run"])
    assert done.exit_code == 0 and "64 runs of 1_marketing_module.ipynb, 64 still to make: about" in done.output and "… and 44 more" in done.output
    assert not (tmp_path / "out").exists()


def test_the_array_job_of_the_notes_makes_its_part(notebook, tmp_path):
    (tmp_path / "part-3.csv").write_text("name,seed\na,1\nb,2\n", encoding="utf-8")
    words = [sys.executable, "-m", "helpers", "batch", "part-3.csv", "--notebook", "tiny.ipynb", "--to", "runs/part-3", "--no-progress"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert {path.stem for path in (tmp_path / "runs/part-3/runs").glob("*.ipynb")} == {"a", "b"}


def test_what_the_papermill_operator_calls_runs_the_notebook_as_we_do(notebook, tmp_path):
    """The operator calls papermill with these arguments and no others (apache-airflow-providers-papermill)."""
    ran = papermill.execute_notebook(str(notebook), str(tmp_path / "out.ipynb"), parameters={"seed": 3}, progress_bar=False, report_mode=True)
    assert scraps_of(ran)["value"]["unit"] == "CNY"


@pytest.mark.parametrize(("module", "options"), [("dask_scheduler", ["--host"]), ("dask_worker", ["--nthreads", "--nworkers", "--death-timeout"])])
def test_dask_has_the_options_of_the_notes(module, options):
    pytest.importorskip("distributed")
    known = {option for parameter in import_module(f"distributed.cli.{module}").main.params for option in parameter.opts}
    assert set(options) <= known


def test_copies_go_wherever_papermill_writes(scenario_file, tmp_path, monkeypatch):
    store, places = {}, Places(tmp_path / "out")
    (places.runs / "a").mkdir(parents=True)
    for path in (places.notebook("a"), places.file("a", "findings.json"), places.folder / "results.csv"):
        path.write_text(path.name)
    handler = type("Store", (), {"write": staticmethod(lambda text, path: store.update({path: text}))})
    monkeypatch.setattr(papermill_io, "_handlers", [*papermill_io._handlers])
    papermill_io.register("mem://", handler)
    assert copy_to(places, "mem://bucket/") == 3
    assert store == {"mem://bucket/a.findings.json": "findings.json", "mem://bucket/a.ipynb": "a.ipynb", "mem://bucket/results.csv": "results.csv"}
    with pytest.raises(Refusal, match="can't be written there.*runs themselves are safe"):
        copy_to(places, str(tmp_path / "nowhere"))
