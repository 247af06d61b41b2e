"""The form that maps a log's columns, by keyboard alone in a real JupyterLab."""

import json

import pytest

pytest.importorskip("playwright", reason="no playwright here")

from playwright.sync_api import expect

from helpers.intake.columns.mapping_file import read_mapping_file

LOG = "wann,用户,was\n" + "2026-03-01 09:00,b,read_feedback\n2026-03-01 09:10,c,share_request\n" * 4


def test_it_is_filled_in_and_kept_by_keyboard(open_notebook, lab):
    (lab.folder / "log.csv").write_text(LOG, encoding="utf-8")
    source = f"from helpers.lesson.mapping_form import map_columns\nmap_columns('marketing', {str(lab.folder / 'log.csv')!r})"
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    (lab.folder / "form.ipynb").write_text(json.dumps({"cells": [cell], "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}}, "nbformat": 4, "nbformat_minor": 5}))
    notebook = open_notebook("form.ipynb")
    notebook.run_all()
    page = notebook.page
    person, keep = page.get_by_role("combobox", name="person", exact=True), page.get_by_role("button", name="Keep the mapping")
    expect(person).to_have_value("用户")
    page.get_by_role("combobox", name="article", exact=True).focus()
    page.keyboard.type("nowhere")
    page.keyboard.press("Tab")
    keep.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").last).to_contain_text("Not kept: the log has no column 'nowhere'")
    page.get_by_role("combobox", name="article", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    keep.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").last).to_contain_text("Kept in log.mapping.yaml")
    assert read_mapping_file(lab.folder / "log.mapping.yaml").columns == {"time": "wann", "person": "用户", "event": "was"}
    assert notebook.strangers == []
