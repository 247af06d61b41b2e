"""Both case notebooks in JupyterLab, from the first cell to the take-away by keyboard alone: cells run, a control moved, the picture and the sentence follow; nobody outside is asked."""

import shutil

import nbformat
import pytest
from playwright.sync_api import expect

from helpers.lesson.shelf import CASES


ACTIVE = "Number(document.querySelector('.jp-Notebook .jp-mod-active').dataset.windowedListIndex)"
IN_FIELD = "document.activeElement.matches('.jp-OutputArea input[type=number]')"
SAID = "[...document.querySelectorAll('.jp-Notebook [role=status]')].map(each => each.textContent).join(' ')"
TABS = 30  # presses within which a field of the cell above is reached


@pytest.fixture(scope="module", params=[stem for stem, case in CASES.items() if case.by_default])
def case(request, root, lab, open_notebook):
    """A case notebook gone through by keyboard: its stem, the notebook, and whether a control moved on the way."""
    path = shutil.copy(root / "notebooks" / f"{request.param}.ipynb", lab.folder)
    opened = open_notebook(f"{request.param}.ipynb")
    return request.param, opened, _gone_through(opened, nbformat.read(path, as_version=4).cells)


def _gone_through(notebook, cells):
    """Shift+Enter from the first cell to the last; at the first explorer with a field, back up to it by Shift+Tab, a step by an arrow key, and on."""
    page, moved = notebook.page, False
    while (at := page.evaluate(ACTIVE)) < len(cells) - 1:
        page.keyboard.press("Shift+Enter")
        if not moved and any("Run the notebook to move" in str(output) for output in cells[at].get("outputs", [])):
            notebook.wait_idle()
            moved = _moved(page, at)
    page.keyboard.press("Shift+Enter")
    notebook.wait_idle()
    return moved


def _moved(page, at):
    if page.locator(f"[data-windowed-list-index='{at}'] input[type=number]").count() == 0:
        return False  # its controls are all choices
    for _ in range(TABS):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(IN_FIELD):
            page.keyboard.press("ArrowDown" if page.evaluate("document.activeElement.value === document.activeElement.max") else "ArrowUp")
            page.keyboard.press("Tab")
            page.wait_for_function(f"{SAID}.includes(' from ')")
            return True
    return False


def test_the_keyboard_alone_leads_to_the_memo(case):
    _, notebook, moved = case
    assert moved
    expect(notebook.page.get_by_text("What would change our mind").first).to_be_attached()


def test_a_control_moved_by_keyboard_changes_picture_and_sentence(case, tmp_path):
    stem, notebook, _ = case
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
    _, notebook, _ = case
    assert notebook.page.locator("[data-mime-type='application/vnd.jupyter.stderr'], .jp-mod-error").count() == 0
    assert notebook.strangers == []
