"""Both case notebooks in JupyterLab: Run All, a control moved by keyboard, the picture and the sentence follow; nobody outside is asked."""

import shutil

import pytest
from playwright.sync_api import expect

from helpers.lesson.shelf import CASES


@pytest.fixture(scope="module", params=[stem for stem, case in CASES.items() if case.by_default])
def case(request, root, lab, open_notebook):
    """A case notebook after Run All, and its stem."""
    shutil.copy(root / "notebooks" / f"{request.param}.ipynb", lab.folder)
    opened = open_notebook(f"{request.param}.ipynb")
    opened.run_all()
    return request.param, opened


def test_a_control_moved_by_keyboard_changes_picture_and_sentence(case, tmp_path):
    stem, notebook = case
    field = notebook.page.locator(".jupyter-widgets input[type=number]").last
    field.scroll_into_view_if_needed()
    explorer = field.locator("xpath=ancestor::*[.//*[@role='status']][1]")
    picture, said = explorer.locator("figure img").last, explorer.get_by_role("status")
    before = picture.get_attribute("src")
    field.focus()
    field.press("ArrowUp")
    field.press("Tab")
    expect(said).to_contain_text("from")
    assert picture.get_attribute("src") != before
    notebook.page.screenshot(path=tmp_path / f"{stem}.png")


def test_no_cell_failed_and_nobody_outside_was_asked(case):
    _, notebook = case
    assert notebook.page.locator("[data-mime-type='application/vnd.jupyter.stderr'], .jp-mod-error").count() == 0
    assert notebook.strangers == []
