"""nbval holds the committed notebooks to their numbers: a number that changes makes it fail, the bytes of a picture don't."""

import re
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

SOURCE = """
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.style import canvas
@drawn
def show(leads):
    figure, axes = canvas()
    axes.bar(["leads"], [leads])
    return Picture(figure, "Few leads", "A bar", {"leads": str(leads)})
show(7)
"""


DOCTORED = {
    "a_number": lambda text: text.replace("<b>7</b>", "<b>8</b>"),
    "the_bytes_of_a_picture": lambda text: re.sub(r"base64,[^\"]+", "base64,AAAA", text),
    "nothing": lambda text: text,
}


@pytest.fixture(scope="module")
def told(root, tmp_path_factory):
    """What nbval says of notebooks whose committed output was doctored, each in its own way: all that it prints."""
    folder, notebook = tmp_path_factory.mktemp("doctored"), nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SOURCE)])
    NotebookClient(notebook, kernel_name="python3").execute()
    honest = {kind: notebook.cells[0].outputs[0].data[kind] for kind in ("text/html", "text/plain")}
    for name, change in DOCTORED.items():
        notebook.cells[0].outputs[0].data.update({kind: change(text) for kind, text in honest.items()})
        nbformat.write(notebook, folder / f"{name}.ipynb")
    assert len({path.read_bytes() for path in folder.iterdir()}) == len(DOCTORED)
    words = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", "--nbval", f"--nbval-sanitize-with={root}/tests/notebooks/sanitize.cfg", str(folder)]
    return subprocess.run(words, capture_output=True, text=True, cwd=folder, timeout=180).stdout


@pytest.mark.parametrize(("name", "outcome"), [("a_number", "FAILED"), ("the_bytes_of_a_picture", "PASSED"), ("nothing", "PASSED")])
def test_a_changed_number_fails_and_a_redrawn_picture_passes(told, name, outcome):
    assert re.search(rf"^{outcome} {name}\.ipynb::Cell 0", told, re.MULTILINE), told[-2000:]
