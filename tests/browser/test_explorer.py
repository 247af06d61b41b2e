"""An explorer in JupyterLab, moved by keyboard: the picture answers, in words too, and there is a way back."""

import nbformat
import pytest
from playwright.sync_api import expect

CELL = '''
from helpers.intake.refusal import Refusal
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.style import canvas

@drawn
def draw(clerks, rule):
    if clerks < 3:
        raise Refusal("the office can't keep up", where=f"{clerks} clerks", remedy="At least 3 clerks are needed")
    figure, axes = canvas()
    axes.plot(range(clerks), [n**2 for n in range(clerks)], marker="o")
    axes.set_xlabel("clerks")
    axes.set_ylabel("clients a week (number)")
    return Picture(figure, f"{clerks} clerks wait by {rule}", f"A curve for {clerks} clerks.", {"waiting time": f"{60 / clerks:.0f} min"})

Explorer("office", [slider("clerks", "Clerks in the office", 5, 1, 20, 1, "clerks"), choice("rule", "Who is next", [("in order", "order"), ("by urgency", "urgency")], "order")], draw)
'''


PICTURE = ".widget-html figure img"


@pytest.fixture(scope="module")
def notebook(lab, open_notebook):
    cells = [nbformat.v4.new_markdown_cell("# An office"), nbformat.v4.new_code_cell(CELL)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), lab.folder / "office.ipynb")
    opened = open_notebook("office.ipynb")
    opened.run_all()
    opened.page.locator(PICTURE).wait_for()
    return opened


@pytest.fixture
def page(notebook):
    """The page with its explorer at the first values, brought back after each test."""
    page = notebook.page
    yield page
    if page.get_by_label("Clerks in the office").input_value() != "5" or _title(page, "urgency").count():
        page.get_by_role("status").evaluate("sentence => sentence.textContent = ''")
        page.get_by_role("button", name="Reset").click()
        expect(page.get_by_role("status")).not_to_be_empty()  # the kernel's last message


def _title(page, title):
    return page.locator(".widget-html figure", has_text=title)


def _source(page) -> str:
    return page.locator(PICTURE).get_attribute("src")


def test_the_living_picture_takes_the_place_of_the_static_one(page):
    expect(page.locator("figure#office")).to_be_hidden()
    expect(page.locator(PICTURE)).to_be_visible()
    assert page.locator(PICTURE).get_attribute("alt") == "A curve for 5 clerks."


def test_controls_are_reached_by_tab_and_have_names(page):
    page.locator(".jp-CodeCell .jp-InputPrompt").first.click()
    named = [page.get_by_role("spinbutton", name="Clerks in the office (clerks)"), page.get_by_role("button", name="by urgency"), page.get_by_role("button", name="Reset")]
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached |= {number for number, control in enumerate(named) if control.evaluate("control => control === document.activeElement")}
    assert reached == {0, 1, 2}


def test_an_arrow_key_changes_picture_and_sentence(page):
    before = _source(page)
    page.get_by_role("spinbutton", name="Clerks in the office").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("status")).to_have_text("Clerks in the office from 5 clerks to 6 clerks: waiting time 12 min → 10 min.")
    expect(_title(page, "6 clerks wait by order")).to_be_visible()
    assert _source(page) != before


def test_the_slider_answers_to_the_keyboard_and_is_tied_to_the_field(page):
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status")).to_contain_text("to 6 clerks: waiting time 12 min → 10 min")
    expect(page.get_by_label("Clerks in the office")).to_have_value("6")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_choice_answers_to_the_keyboard(page, key):
    page.get_by_role("button", name="by urgency").focus()
    page.keyboard.press(key)
    expect(page.get_by_role("status")).to_have_text("Who is next from in order to by urgency: none of the numbers below the picture changed.")
    expect(_title(page, "5 clerks wait by urgency")).to_be_visible()


def test_many_presses_end_at_the_last(page):
    page.get_by_label("Clerks in the office").focus()
    for _ in range(10):
        page.keyboard.press("ArrowUp")
    expect(_title(page, "15 clerks wait by order")).to_be_visible()


def test_what_cannot_be_is_refused_in_words_and_can_be_taken_back(page):
    page.get_by_label("Clerks in the office").fill("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Not possible: 2 clerks: the office can't keep up. At least 3 clerks are needed.")
    expect(_title(page, "5 clerks wait by order")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("status")).not_to_contain_text("Not possible")


def test_the_page_does_not_jump_when_the_picture_changes(page):
    def height():
        return page.locator(".jp-CodeCell .jp-Cell-outputArea").bounding_box()["height"]

    before = height()
    page.get_by_label("Clerks in the office").focus()
    page.keyboard.press("ArrowUp")
    expect(_title(page, "6 clerks wait by order")).to_be_visible()
    assert abs(height() - before) < 2


def test_nothing_is_fetched_from_elsewhere(notebook, page):
    assert notebook.strangers == []
