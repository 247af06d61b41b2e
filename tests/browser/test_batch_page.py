"""The page over all runs, in a real browser and without internet: sorted and filtered by keyboard alone."""

import pytest

from helpers.batch.index import Line, index


@pytest.fixture
def opened(browser, tmp_path):
    """The page of three runs."""
    lines = [Line(name, state, 1.0, why, {"page": f"runs/{name}/page.html"}, {"worth": worth}) for name, state, why, worth in (("b", "done", "", 10), ("a", "failed", "ValueError: x", None), ("c", "done", "", 9))]
    (tmp_path / "index.html").write_text(index("Runs", lines, ["worth"], {"table": "results.csv"}), encoding="utf-8")
    page = browser.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else problems.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    yield page
    assert problems == []
    page.close()


def _shown(page):
    return page.eval_on_selector_all("tbody tr:not([hidden]) th", "cells => cells.map(cell => cell.textContent)")


def test_headings_sort_by_keyboard_numbers_as_numbers_and_nothing_last(opened):
    for _ in range(10):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.textContent") == "worth":
            break
    opened.keyboard.press("Enter")
    assert _shown(opened) == ["c", "b", "a"] and opened.locator("th[aria-sort=ascending]").inner_text().startswith("worth")
    opened.keyboard.press("Enter")
    assert _shown(opened) == ["b", "c", "a"]


def test_words_filter_and_the_count_is_told(opened):
    opened.get_by_label("Show only runs with these words").fill("done 9")
    assert _shown(opened) == ["c"] and opened.locator("[role=status]").inner_text() == "1 of 3 runs"


def test_nothing_in_it_would_stop_people_with_disabilities(opened):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()
