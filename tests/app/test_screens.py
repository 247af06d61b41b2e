"""A notebook as screens: told apart by tags, titled by their first words, free of what only a notebook's reader needs."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.app.kernels import NOTEBOOKS
from helpers.app.outputs import WIDGET, pieces
from helpers.app.screens import KINDS, Screen, parameters_cell, screens
from helpers.lesson.shelf import CASES


def tagged(cell, *tags):
    cell.metadata["tags"] = list(tags)
    return cell


def notebook():
    return new_notebook(cells=[
        tagged(new_markdown_cell('# A case\n\nYour role.\n\n<p class="notebook-only">Run it again.</p>'), "screen:start"),
        tagged(new_code_cell("seed: int = 1"), "parameters"),
        tagged(new_markdown_cell("## a. Traffic\n\n**Whom?** Prose."), "screen:predict"),
        new_code_cell("ask()"),
        tagged(new_markdown_cell("**How far?** It goes.<span class=\"notebook-only\"> By `x`.</span>"), "screen:explore"),
        new_code_cell("draw()"),
        tagged(new_code_cell("quiz()"), "screen:explain"),
        tagged(new_markdown_cell("## Appendix"), "screen:none"),
        new_code_cell("everything()"),
    ])  # fmt: skip


def test_a_tag_begins_a_screen_and_cells_without_one_belong_to_it():
    assert [(one.number, one.kind, one.title, one.chapter, one.cells) for one in screens(notebook())] == [
        (1, "start", "A case", "", []),
        (2, "predict", "a. Traffic", "a. Traffic", [3]),
        (3, "explore", "How far?", "a. Traffic", [5]),
        (4, "explain", "What many believe", "a. Traffic", [6]),
    ]
    assert parameters_cell(notebook()) == 1


def test_the_title_and_what_only_a_notebook_needs_are_not_in_the_prose():
    start, _, explore, _ = screens(notebook())
    assert "Your role" in start.parts[0].prose and "A case" not in start.parts[0].prose and "again" not in start.parts[0].prose
    assert explore.parts[0].prose == "<p>It goes.</p>"


def test_prose_stands_beside_pictures_where_there_are_both():
    assert [one.is_beside for one in screens(notebook())] == [False, False, True, False]


@pytest.mark.parametrize("stem", CASES)
def test_every_notebook_is_made_of_screens_from_start_to_take_away(stem):
    committed = nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4)
    found = screens(committed)
    kinds = [one.kind for one in found]
    assert kinds[0] == "start" and kinds[-1] == "take-away" and set(kinds) <= set(KINDS)
    assert all(one.title for one in found) and kinds.index("predict") < kinds.index("reveal")


@pytest.mark.parametrize("stem", list(CASES)[:2])
def test_the_two_cases_have_every_kind_of_screen(stem):
    found: list[Screen] = screens(nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4))
    assert {one.kind for one in found} == set(KINDS)


def test_what_stands_in_for_a_widget_and_what_is_for_machines_is_left_out():
    def shown(**data):
        return nbformat.v4.new_output("display_data", data={kind.replace("__", "/"): content for kind, content in data.items()})

    widget = nbformat.v4.new_output("display_data", data={WIDGET: {"model_id": "abc"}})
    scrap = shown(**{"application__scrapbook.scrap.json+json": "{}"})
    found = pieces([shown(text__html="<p>kept</p>"), shown(text__html="<p>instead</p>"), widget, scrap, shown(text__markdown="**memo**")])
    assert found == [{"html": "<p>kept</p>"}, {"widget": "abc"}, {"html": "<p><strong>memo</strong></p>"}]


def test_a_fault_is_told_in_words_and_a_refusal_in_its_own():
    def fault(name, words):
        return pieces([nbformat.v4.new_output("error", ename=name, evalue=words, traceback=["line 1"])])[0]["html"]

    assert "a <b>" not in fault("Refusal", "a <b> log") and "a &lt;b&gt; log" in fault("Refusal", "a <b> log")
    assert "fault of ours" in fault("KeyError", "'secret'") and "secret" not in fault("KeyError", "'secret'")
