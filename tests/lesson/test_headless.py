"""Explorers and findings in a notebook that runs without anybody looking."""

import json

import nbformat
import papermill
import pytest
import scrapbook

from helpers.batch.page import page
from helpers.lesson.scraps import scraps_of

SETUP = """
from helpers.evidence.estimate import Estimate
from helpers.evidence.findings import Entry, Findings
from helpers.lesson.controls import slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.picture import Picture
from helpers.lesson.scraps import glue, glue_findings
from matplotlib.figure import Figure

def draw(clerks):
    return Picture(Figure((1, 1)), "A title", "What a <blind> reader needs", {"inverse": str(1 / clerks)})
"""
EXPLORES = """
explorer = Explorer("office", [slider("clerks", "Clerks", 5, 0, 10, 1)], draw)
explorer
"""
RECORDS = """
findings = Findings({"new_share": Entry("new_share", "share", (), "share of new people")}, frozenset())
findings.record("new_share", Estimate(0.29, 0.27, float("nan"), "share"))
glue_findings(findings)
glue("memo_page", "<p>memo</p>")
"""
MOVES = "explorer.controls['clerks'].widget.value = 0"
METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def _execute(folder, *cells):
    source, executed = folder / "source.ipynb", folder / "executed.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=METADATA), source)
    papermill.execute_notebook(str(source), str(executed), progress_bar=False)
    return executed


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    return _execute(tmp_path_factory.mktemp("good"), SETUP, EXPLORES, RECORDS)


def test_an_error_while_drawing_fails_the_run(tmp_path):
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError") as failed:
        _execute(tmp_path, SETUP, EXPLORES, MOVES)
    assert failed.value.source == MOVES


def test_static_readers_find_the_first_picture_and_its_alt_text(executed):
    outputs = nbformat.read(executed, as_version=4).cells[1].outputs
    static = next(output.data["text/html"] for output in outputs if "text/html" in output.get("data", {}))
    assert 'alt="What a &lt;blind&gt; reader needs"' in static and 'id="office"' in static and "0.2" in static


def test_static_readers_find_a_sentence_in_place_of_the_controls(executed):
    outputs = nbformat.read(executed, as_version=4).cells[1].outputs
    living = next(output.data for output in outputs if "application/vnd.jupyter.widget-view+json" in output.get("data", {}))
    assert living["text/plain"] == "Run the notebook to move: Clerks."


def test_findings_are_read_by_scrapbook(executed):
    record = scrapbook.read_notebook(str(executed)).scraps["new_share"].data
    assert (record["name"], record["value"], record["low"], record["high"]) == ("new_share", 0.29, 0.27, None)


def test_our_own_reader_agrees(executed):
    assert scraps_of(json.loads(executed.read_text())).keys() == {"new_share", "memo_page"}


def test_the_page_needs_nothing_from_elsewhere_and_keeps_the_picture(executed):
    html = page(nbformat.read(executed, as_version=4), "A case")
    assert 'alt="What a &lt;blind&gt; reader needs"' in html
    assert not [word for word in ("<script", "<link", "url(", "http:", "https:", "VBox(", "def draw", "memo") if word in html]
