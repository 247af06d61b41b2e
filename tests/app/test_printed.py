"""Slides and exhibits: everything that a notebook shows, nothing from elsewhere, findings only where they belong."""

import re
from html import escape

import pytest

from helpers.app.exhibits import exhibits
from helpers.app.printed import printed, read_executed, shown
from helpers.app.screens import screens
from helpers.app.slides import slides
from helpers.batch.order import NOTEBOOKS
from helpers.intake.refusal import Refusal
from helpers.lesson.shelf import CASES


@pytest.fixture(scope="module", params=list(CASES)[::2])
def notebook(request):
    """A case notebook as it is committed."""
    return read_executed(NOTEBOOKS / f"{request.param}.ipynb")


@pytest.fixture(scope="module")
def pages(notebook):
    """Its screens as executed."""
    return list(shown(notebook))


@pytest.fixture(scope="module")
def printed_pages(notebook):
    """Its slides and its exhibits."""
    return slides(notebook), exhibits(notebook)


def test_there_is_a_slide_for_each_screen_and_a_picture_for_each_figure(notebook, pages, printed_pages):
    html = printed_pages[0]
    assert html.count("<section") == len(screens(notebook)) and html.count("<h1") == 1
    assert html.count("<img") == sum(len(page.figures) for page in pages) > 5 and len(re.findall(r'<img[^>]*alt="[^"]{30,}', html)) == html.count("<img")


def test_nothing_is_asked_for_from_elsewhere(printed_pages):
    for html in printed_pages:
        assert not re.search(r'(?:src|href)="(?!data:|#)', html) and "@import" not in html and "url(" not in html


def test_exhibits_tell_their_findings_on_the_last_pages_only(pages, printed_pages):
    before, answers = printed_pages[1].split("For the facilitator")
    told = [figure.title for page in pages if page.screen.kind == "explore" for figure in page.figures]
    visible = re.sub(r'alt="[^"]*"', "", before)
    assert len(told) > 4 and all(escape(title) in answers and escape(title) not in visible for title in told)
    assert before.count("<h2>Exhibit ") == before.count("<img") - sum(len(page.figures) for page in pages if page.screen.kind == "brief") and "Your predictions" in before


def test_files_are_named_after_what_they_hold(tmp_path):
    made = list(printed(["3_your_own_request"], "slides", slides, tmp_path / "out"))
    assert [path.name for path in made] == ["slides_3_your_own_request.html"] and made[0].stat().st_size > 50_000


def test_a_notebook_that_was_not_run_is_refused(tmp_path):
    (tmp_path / "empty.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    (tmp_path / "broken.ipynb").write_text("{")
    with pytest.raises(Refusal, match="none of its cells has been run"):
        read_executed(tmp_path / "empty.ipynb")
    with pytest.raises(Refusal, match="can't be read"):
        read_executed(tmp_path / "broken.ipynb")
