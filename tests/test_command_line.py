"""The command line: what is asked for is checked before a kernel starts, and what can't be done is said in words."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from helpers.command.line import cli
from helpers.batch.order import orders
from helpers.intake.refusal import Refusal
from helpers.lesson.shelf import CASES


def casebook(*words):
    """The finished process of `casebook` with these words."""
    return subprocess.run([sys.executable, "-m", "helpers", *words], capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("command", ["run", "data", "notebooks", "template", "warm"])
def test_every_command_explains_itself(command):
    shown = CliRunner().invoke(cli, [command, "--help"])
    assert shown.exit_code == 0 and len(shown.output.splitlines()[2]) > 20


def test_a_template_is_written_once(tmp_path):
    written, again = (CliRunner().invoke(cli, ["template", "paperwork", "--to", str(tmp_path / "log.csv")]) for _ in range(2))
    assert written.exit_code == 0 and "log.csv" in written.output and (tmp_path / "log.csv").exists()
    assert isinstance(again.exception, Refusal) and "nothing of yours is written over" in again.exception.words()


def test_without_names_both_cases_are_run():
    assert [order.name for order in orders((), {}, None)] == [stem for stem, case in CASES.items() if case.by_default] == list(CASES)[:2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "1_marketing_modul"), "there is no notebook '1_marketing_modul'"),
        (("run", "1_marketing_module", "-p", "horizn_months", "12"), "did you mean 'horizon_months'?"),
        (("run", "1_marketing_module", "-p", "horizon_months", "1"), "from 6 to 120"),
        (("run", "--scenario", "nowhere.yaml"), "the scenario file can't be read"),
    ],
)
def test_what_can_not_be_done_is_said_in_words(words, said, tmp_path):
    done = casebook(*words, "--to", str(tmp_path / "runs"))
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("- a list", "needs 'notebook' and 'parameters'"), ("a: [", "not valid YAML"), ("notebook: x\nparameters: {}", "there is no notebook 'x'"), ("!!python/object:os.system {}", "not valid YAML")],
)
def test_a_scenario_file_of_another_form_is_refused(text, said, tmp_path):
    file = tmp_path / "scenario.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match=said):
        orders((), {}, file)


def test_the_command_line_outranks_the_scenario_file(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("notebook: 1_marketing_module\nparameters: {seed: 1, horizon_months: 12}\n", encoding="utf-8")
    (order,) = orders((), {"seed": "2"}, file)
    assert order.parameters == {"seed": 2, "horizon_months": 12} and order.name == "1_marketing_module--mine"
