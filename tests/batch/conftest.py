"""A notebook of two cells that can be made to fail in every way, and batches of it."""

import nbformat
import pytest

from helpers.batch.driver.batch import Batch
from helpers.batch.driver.places import Places
from helpers.batch.driver.task import Limits
from helpers.batch.scenarios.expand import scenarios

PARAMETERS = """
seed: int = 1  # whole number, 0 to 99: of the draw
scale: float = 1.0  # times, 0 to 10: what is drawn
works: bool = True  # yes or no: whether it does
label: str = 'a'  # text: put through
kind: str = 'plain'  # name, plain | fancy: one of two
log_file: str = ''  # path: read by nobody
behave: str = 'well'  # name: how the notebook behaves
"""
BODY = """
from helpers.intake.refusal import Refusal
from helpers.lesson.scraps import glue
import os, random, time
from pathlib import Path
if behave == "raise": raise ValueError("a = b, 'c' <d>")
if behave == "refuse": raise Refusal("no such column", "log.csv", "map it")
if behave == "die": os._exit(9)
if behave == "hang": time.sleep(600)
if behave.startswith("fill "): Path(behave[5:]).write_bytes(bytes(50_000_000))
value = random.Random(seed).gauss(0, 1) * scale
glue("value", {"name": "value", "value": value, "low": value - 1, "high": value + 1, "unit": "CNY", "basis": "simulated"})
glue("choice", {"name": "choice", "value": "build" if value > 0 else "=nothing", "unit": "text"})
glue("label", {"name": "label", "value": label, "unit": "text"})
"""


def write_notebook(path):
    """Write that notebook; returns its path."""
    cells = [nbformat.v4.new_code_cell(PARAMETERS.strip(), metadata={"tags": ["parameters"]}), nbformat.v4.new_code_cell(BODY.strip())]
    content = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    nbformat.write(content, path)
    return path


@pytest.fixture(autouse=True, scope="module")
def plain_kernels():
    """Kernels that depend on nothing but themselves: the warm server has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOOK_KERNELS", "plain")
        yield


@pytest.fixture
def notebook(tmp_path):
    """The path of the notebook, in a folder of its own."""
    return write_notebook(tmp_path / "tiny.ipynb")


@pytest.fixture(scope="session")
def tiny():
    """A function from a path to that notebook written there."""
    return write_notebook


@pytest.fixture
def scenario_file(notebook):
    """A function from YAML text (without its first line) to the path of a scenario file for that notebook."""

    def write(text, name="scenarios.yaml"):
        path = notebook.parent / name
        path.write_text(f"notebook: tiny.ipynb\n{text}" if name.endswith("yaml") else text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def batch(scenario_file, tmp_path):
    """A function from YAML text to a batch of it in the folder `out`."""

    def make(text="grid: {seed: [1, 2, 3, 4]}", out="out", limits=Limits(60, 60)):
        return Batch(scenarios(scenario_file(text)), Places(tmp_path / out), limits)

    return make
