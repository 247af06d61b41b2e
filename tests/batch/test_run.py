"""A headless run leaves everything or nothing: files in place at the end, earlier results whole after a failure."""

import json

import nbformat
import pytest

from helpers.batch.run import run
from helpers.intake.refusal import Refusal

GOOD = """
from IPython.display import HTML, display
from helpers.lesson.scraps import glue
glue("answer", {"name": "answer", "value": answer})
glue("memo_page", "<!doctype html><title>memo</title>")
display(HTML("<img alt='a finding' src='data:image/png;base64,AAAA'>"))
"""
REFUSES = "from helpers.intake.refusal import Refusal\nraise Refusal('no such column', where='log.csv', remedy='Map it')"


def _notebook(path, source):
    parameters = nbformat.v4.new_code_cell("answer: int = 1  # of the test", metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[parameters, nbformat.v4.new_code_cell(source)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A good run, then a refused one into the same folder."""
    folder = tmp_path_factory.mktemp("runs")
    done = run(_notebook(folder / "case.ipynb", GOOD), {"answer": 7}, folder / "case", progress=False)
    before = {path.name: path.read_bytes() for path in done.paths}
    with pytest.raises(Refusal) as refused:
        run(_notebook(folder / "case.ipynb", REFUSES), {}, folder / "case", progress=False)
    return done, before, refused.value


def test_a_run_leaves_notebook_page_findings_and_memo(runs):
    done, _, _ = runs
    assert [path.name for path in done.paths] == ["case.ipynb", "case.html", "findings.json", "memo.html"]
    assert json.loads((done.folder / "findings.json").read_text()) == [{"name": "answer", "value": 7}]
    assert "a finding" in (done.folder / "case.html").read_text()


def test_a_refusal_comes_through_in_words(runs):
    assert "log.csv: no such column. Map it." in str(runs[2]) and "Traceback" not in str(runs[2])


def test_a_failed_run_leaves_the_earlier_one_whole_and_nothing_half_written(runs):
    done, before, _ = runs
    assert {path.name: path.read_bytes() for path in done.folder.iterdir()} == before


def test_a_refused_run_makes_no_folder(tmp_path):
    with pytest.raises(Refusal):
        run(_notebook(tmp_path / "case.ipynb", REFUSES), {}, tmp_path / "runs" / "case", progress=False)
    assert [path.name for path in tmp_path.iterdir()] == ["case.ipynb"]
