"""The notebook for one's own request: a run of the example, another decision, another folder, and refusals."""

import json

import pytest
from docx import Document
from openpyxl import load_workbook

from helpers.batch.order import NOTEBOOKS, orders
from helpers.batch.run import run
from helpers.decision.own.keeping import start
from helpers.intake.refusal import Refusal

NOTEBOOK = NOTEBOOKS / "3_your_own_request.ipynb"


def test_a_run_leaves_everything_a_boss_opens(tmp_path):
    done = run(NOTEBOOK, {"draws": 256}, tmp_path / "own", progress=False)
    assert [path.name for path in done.paths] == [NOTEBOOK.name, "3_your_own_request.html", "findings.json", "memo.html", "memo.docx", "findings.xlsx"]
    found = {each["name"]: each for each in json.loads((done.folder / "findings.json").read_text(encoding="utf-8"))}
    assert found["recommendation"]["value"] == "a text message at each step" and not any(name.startswith("memo") for name in found)
    assert "A text message at each step." in "\n".join(paragraph.text for paragraph in Document(str(done.folder / "memo.docx")).paragraphs)
    book = load_workbook(done.folder / "findings.xlsx")
    assert book.sheetnames == ["Options", "Claims", "Findings"] and book["Findings"].max_row == len(found) + 1 and book["Claims"].max_row == 6


def test_a_scenario_in_a_folder_of_ones_own_leads_elsewhere(root, tmp_path):
    start(tmp_path / "mine")
    (order,) = orders([], {}, root / "data" / "scenarios" / "own_app.yaml")
    done = run(NOTEBOOK, {**order.parameters, "folder": str(tmp_path / "mine"), "draws": 256}, tmp_path / "out", progress=False, office=False)
    assert "An app to follow the repair." in (done.folder / "memo.html").read_text(encoding="utf-8") and not (done.folder / "memo.docx").exists()


def test_a_refused_run_leaves_nothing(tmp_path):
    with pytest.raises(Refusal, match="make a folder with all three"):
        run(NOTEBOOK, {"folder": "nowhere"}, tmp_path / "out", progress=False)
    assert not (tmp_path / "out").exists()
