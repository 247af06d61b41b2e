"""Whatever comes in ends in the right facts or in a refusal in words: never in another exception, never in a silently wrong cell.

The inputs stand in tests/intake/bad_inputs, a module for each kind, each a list of dictionaries: name; content (bytes, or a function that makes
the file at a path); file, its name; mapping and options to read it by; and either what must be read (rows, with names and numbers of the rows
where they matter, and what the notes must say) or, in refused, words that the refusal must hold.
"""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options
from helpers.intake.refusal import Refusal
from helpers.marketing.log import load_log as load_share_log
from helpers.paperwork.log import load_log as load_office_log


def _inputs(file: Path) -> list[dict]:
    spec = spec_from_file_location(file.stem, file)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.INPUTS


INPUTS = [given for file in sorted((Path(__file__).parents[1] / "bad_inputs").glob("*.py")) for given in _inputs(file)]


@pytest.fixture
def made(tmp_path):
    """A function that makes an input's file and tells where it is."""

    def make(given, folder="here") -> Path:
        (tmp_path / folder).mkdir(exist_ok=True)
        path = tmp_path / folder / given.get("file", "log.csv")
        content = given["content"]
        return (content(path) or path) if callable(content) else (path.write_bytes(content), path)[1]

    return make


def test_there_are_enough_of_them():
    assert len(INPUTS) >= 60 and len({given["name"] for given in INPUTS}) == len(INPUTS)
    assert all(("rows" in given) != ("refused" in given) for given in INPUTS)


@pytest.mark.parametrize("given", INPUTS, ids=lambda given: given["name"].replace(" ", "_"))
def test_the_right_facts_or_a_refusal(made, given):
    path = made(given)
    if "refused" in given:
        with pytest.raises(Refusal) as refused:
            read_table(path, given.get("mapping"), Options(**given.get("options", {})))
        assert [words for words in given["refused"] if words not in refused.value.words()] == [], refused.value.words()
        assert refused.value.remedy
    else:
        table = read_table(path, given.get("mapping"), Options(**given.get("options", {})))
        frame = table.frame[given.get("names", ["time", "person", "event"])]
        assert frame.fillna("").values.tolist() == given["rows"]
        assert frame.index.tolist() == given.get("numbers", list(range(2, 2 + len(frame))) if frame.columns[0] != "1" else list(range(1, 1 + len(frame))))
        assert given.get("says", "") in "; ".join(table.notes)


def _loaded(load, path, given):
    """The log, or None where it is refused in words; nothing else may come."""
    try:
        return load(path)
    except Refusal as refused:
        assert refused.words()
    except Exception as error:
        raise AssertionError(f"{given['name']} ends in {error!r}") from error


def test_the_marketing_case_gets_the_rows_as_they_are_or_refuses(made):
    compared = 0
    for place, given in enumerate(INPUTS):
        log = _loaded(load_share_log, made(given, str(place)), given)
        by_itself = not {"names", "options", "mapping"} & set(given)
        if by_itself and all(all(row) for row in given.get("rows", [[""]])):
            assert log.events[["person", "event"]].values.tolist() == [row[1:] for row in given["rows"]], given["name"]
            compared += 1
        elif by_itself and "refused" in given:
            assert log is None, given["name"]
    assert compared > 50


def test_the_paperwork_case_refuses_what_is_no_log_of_its_own(made):
    for place, given in enumerate(given for given in INPUTS if "rows" in given and "file" not in given):
        log = _loaded(load_office_log, made(given, str(place)), given)
        assert log is None, given["name"]
