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


def _nbval(path, root):
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", f"--nbval-sanitize-with={root}/tests/notebooks/sanitize.cfg", str(path)]
    return subprocess.run(words, capture_output=True, text=True, cwd=path.parent, timeout=120)


def _html(change):
    """The committed output after `change`."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SOURCE)])
    NotebookClient(notebook, kernel_name="python3").execute()
    data = notebook.cells[0].outputs[0].data
    data["text/html"], data["text/plain"] = change(data["text/html"]), change(data["text/plain"])
    return notebook


@pytest.mark.parametrize(
    ("change", "passes"),
    [(lambda text: text.replace("<b>7</b>", "<b>8</b>"), False), (lambda text: re.sub(r"base64,[^\"]+", "base64,AAAA", text), True)],
    ids=["a number", "a picture's bytes"],
)
def test_a_changed_number_fails_and_a_redrawn_picture_passes(change, passes, tmp_path, root):
    nbformat.write(_html(change), tmp_path / "doctored.ipynb")
    done = _nbval(tmp_path / "doctored.ipynb", root)
    assert (done.returncode == 0) is passes, done.stdout[-2000:]
