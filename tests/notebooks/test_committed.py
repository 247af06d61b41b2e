"""The cases' notebooks as they are committed: short cells, declared parameters, pictures with words, prose without numbers of a log, nothing of a machine."""

import re
from statistics import median, quantiles

import nbformat
import pytest

from helpers.intake.parameters import cell
from helpers.lesson.shelf import CASES

FEWEST_PICTURES = {"1_marketing_module": 17, "2_paperwork_standardisation": 15, "3_your_own_request": 8}
CONVENTIONS = {"0", "1", "2", "80", "95"}  # scores from 0 to 1, case 2, the levels of ranges and intervals


@pytest.fixture(scope="module", params=CASES)
def stem(request):
    return request.param


@pytest.fixture(scope="module")
def path(root, stem):
    return root / "notebooks" / f"{stem}.ipynb"


@pytest.fixture(scope="module")
def committed(path):
    return nbformat.read(path, as_version=4)


def _code(notebook):
    return [one for one in notebook.cells if one.cell_type == "code"]


def test_cells_are_few_and_short(committed):
    code = _code(committed)
    sizes = [len(one.source.splitlines()) for one in code if "parameters" not in one.metadata.get("tags", [])]
    assert len(committed.cells) <= 60 and 2 * len(code) <= len(committed.cells)
    assert median(sizes) <= 4 and quantiles(sizes, n=10)[-1] <= 9 and not any(re.search(r"^\s*def ", one.source, re.MULTILINE) for one in code)


def test_the_parameters_cell_is_the_declared_one(committed, stem):
    assert [one.source for one in _code(committed) if "parameters" in one.metadata.get("tags", [])] == [cell(CASES[stem].parameters)]


def test_every_picture_has_words_and_one_is_the_key_figure(committed, stem):
    html = "".join(output.get("data", {}).get("text/html", "") for one in _code(committed) for output in one.outputs)
    images = re.findall(r"<img [^>]*>", html)
    assert len(images) >= FEWEST_PICTURES[stem] and all(re.search(r'alt="[^"]{30,}"', image) for image in images)
    assert len(re.findall(r'id="key-figure"', html)) == 1


def test_prose_holds_no_number_that_a_log_could_change(committed):
    prose = " ".join(re.sub(r"`[^`]*`", "", one.source) for one in committed.cells if one.cell_type == "markdown")
    assert set(re.findall(r"\d+(?:\.\d+)?", prose)) <= CONVENTIONS


def test_nothing_of_this_machine_is_in_it(path):
    assert not re.search(r"/(?:home|root|work|Users|tmp)/|https?://", path.read_text(encoding="utf-8"))
