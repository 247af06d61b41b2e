"""The notebook for one's own request in JupyterLab, by keyboard alone: a claim added is judged at once, a control moved is answered; and slides from a file."""

import nbformat
import pytest
from playwright.sync_api import expect

from helpers.app.printed import read_executed
from helpers.app.slides import slides
from helpers.batch.order import NOTEBOOKS
from helpers.decision.own.keeping import start

STEM = "3_your_own_request"
TYPED = {
    "What was said": "Hardly anybody rings twice.", "Who said it": "head of workshops", "Why?": "Twice would be dear.", "And why is that?": "", "So what counts?": "",
    "The metric that would settle it": "calls per repair", "Its rule (may stay blank)": "amount_mean < 2",
}  # fmt: skip


@pytest.fixture(scope="module")
def own(lab, open_notebook):
    """The notebook on a folder of its own, after Run All."""
    start(lab.folder / "mine")
    notebook = nbformat.read(NOTEBOOKS / f"{STEM}.ipynb", as_version=4)
    (cell,) = [each for each in notebook.cells if "parameters" in each.metadata.get("tags", [])]
    cell.source = cell.source.replace("folder: str = ''", f"folder: str = {str(lab.folder / 'mine')!r}")
    nbformat.write(notebook, lab.folder / f"{STEM}.ipynb")
    opened = open_notebook(f"{STEM}.ipynb")
    opened.run_all()
    return opened


def test_a_claim_typed_in_is_kept_and_judged(own, lab, tmp_path):
    page = own.page
    page.get_by_role("textbox", name=next(iter(TYPED))).focus()
    for label, words in TYPED.items():
        field = page.get_by_role("textbox", name=label, exact=True)
        expect(field).to_be_focused()
        page.keyboard.type(words)
        expect(field).to_have_value(words)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add this claim")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Kept: its status is measured")).to_be_visible()
    expect(page.get_by_role("cell", name="Hardly anybody rings twice.").first).to_be_visible()
    assert "Hardly anybody rings twice." in (lab.folder / "mine" / "claims.yaml").read_text(encoding="utf-8")
    page.screenshot(path=tmp_path / "claims.png")


def test_a_control_moved_by_keyboard_changes_picture_and_sentence(own, tmp_path):
    field = own.page.get_by_role("spinbutton", name="Used once settled by (%)", exact=True)
    field.scroll_into_view_if_needed()
    explorer = field.locator("xpath=ancestor::*[.//*[@role='status']][1]")
    picture = explorer.locator("figure img").last
    before = picture.get_attribute("src")
    field.focus()
    field.press("ArrowDown")
    field.press("Tab")
    expect(explorer.get_by_role("status")).to_contain_text("from 80 % to 79 %")
    assert picture.get_attribute("src") != before
    own.page.screenshot(path=tmp_path / "by_month.png")


def test_no_cell_failed_and_nobody_outside_was_asked(own):
    assert own.page.locator("[data-mime-type='application/vnd.jupyter.stderr'], .jp-mod-error").count() == 0
    assert own.strangers == []


def test_slides_open_from_a_file_and_move_by_keyboard(browser, tmp_path):
    file = tmp_path / "slides.html"
    file.write_text(slides(read_executed(NOTEBOOKS / f"{STEM}.ipynb")), encoding="utf-8")
    page, asked = browser.new_page(viewport={"width": 1366, "height": 768}), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    seen = [page.evaluate("scrollY")]
    for key in ("ArrowRight", "PageDown", "End", "ArrowLeft", "Home"):
        page.keyboard.press(key)
        seen.append(page.evaluate("scrollY"))
    page.close()
    assert seen[0] == seen[5] == 0 < seen[1] < seen[2] < seen[4] < seen[3]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
