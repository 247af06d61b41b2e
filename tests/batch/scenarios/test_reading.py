"""A hostile or careless scenario file is refused in words, before anything of it is believed."""

import pytest

from helpers.batch.scenarios.reading import read_rows, read_yaml
from helpers.batch.scenarios.source import beside, read_source
from helpers.intake.refusal import Refusal

BOMB = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "an anchor or alias"),
        ("parameters: &x {a: 1}", "an anchor or alias"),
        ("!!python/object/apply:os.system ['true']", "a tag"),
        ("a: !!python/name:os.system", "a tag"),
        ("a: !secret 1", "a tag"),
        ("[" * 50_000, "too many levels"),
        ("a: [1", "not valid YAML"),
        ("a: 1\na: 2", "'a' is there twice"),
        ("? [1, 2]\n: 3", "a name must be a word"),
        ("a: \x07", "not valid YAML"),
    ],
)
def test_tricks_are_refused(text, said, tmp_path):
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match=said):
        read_yaml(tmp_path / "x.yaml")


def test_a_huge_file_is_not_even_read(tmp_path):
    with (tmp_path / "x.yaml").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(Refusal, match="larger than 5 MB"):
        read_yaml(tmp_path / "x.yaml")


@pytest.mark.parametrize(("content", "said"), [(None, "can't be read"), (b"a: \xff\xfe", "not written in UTF-8")])
def test_what_can_not_be_read_is_said(content, said, tmp_path):
    if content:
        (tmp_path / "x.yaml").write_bytes(content)
    with pytest.raises(Refusal, match=said):
        read_yaml(tmp_path / "x.yaml")


def test_values_stay_as_they_are_written(tmp_path):
    (tmp_path / "x.yaml").write_text("a: 001\nb: 1e6\nc: false\nd: 2026-01-01\ne: x=y\nf:\ng: ~\nh: 'null'\n", encoding="utf-8")
    assert read_yaml(tmp_path / "x.yaml") == {"a": "001", "b": "1e6", "c": "false", "d": "2026-01-01", "e": "x=y", "f": None, "g": None, "h": "null"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2,3\n", "row 2: there are more cells"),
        ("a,a\n1,2\n", "'a' is there twice"),
        ("a,\n1,2\n", "must name every column"),
        ('a\n"x\n', "not a valid CSV file"),
    ],
)
def test_a_careless_table_is_refused_with_its_row(text, said, tmp_path):
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match=said):
        read_rows(tmp_path / "x.csv")


def test_a_table_as_spreadsheets_write_it_is_read(tmp_path):
    (tmp_path / "x.csv").write_bytes("﻿name;seed;label\r\nfirst;007;\r\n\r\nsecond;;=x\r\n".encode())
    assert read_rows(tmp_path / "x.csv") == [{"name": "first", "seed": "007"}, {"name": "second", "label": "=x"}]


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "~/x", "C:\\x", "C:x", "\\\\server\\share", "\\x", "//server/share", "..\\x"])
def test_no_file_leads_out_of_its_folder(name, tmp_path):
    with pytest.raises(Refusal, match="leads out of the folder"):
        beside(tmp_path / "x.yaml", name, "base")


def test_base_files_that_lead_back_to_themselves_are_refused(tmp_path):
    (tmp_path / "x.yaml").write_text("base: x.yaml\n", encoding="utf-8")
    with pytest.raises(Refusal, match="files stand on each other"):
        read_source(tmp_path / "x.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parameter: {a: 1}", "did you mean 'parameters'"),
        ("scenarios: {}", "must be a list"),
        ("scenarios: [1]", "names and values are needed"),
        ("scenarios:\n  - {nam: x}", "did you mean 'name'"),
        ("grid: {a: 1}", "a list of values or a range"),
        ("grid: {a: []}", "a list of values or a range"),
        ("grid: {a: [1, 1]}", "there twice"),
        ("grid: {a: [[1]]}", "values must be plain"),
        ("grid: {a: {from: 1, to: 2}}", "either 'steps' or 'step'"),
        ("grid: {a: {from: 2, to: 1, steps: 3}}", "must rise"),
        ("grid: {a: {from: 0, to: 1, step: 0}}", "must rise"),
        ("grid: {a: {from: 0, to: 1, step: 1e-9}}", "1 to 10,000 steps"),
        ("grid: {a: {from: 0, to: inf, steps: 3}}", "'inf' is not a number"),
        ("grid: {a: {from: 0, to: 1, steps: 3, spacing: log}}", "log needs a range above 0"),
        ("sample: {count: 3}", "needs 'count' and 'ranges'"),
        ("sample: {count: 3, method: sobol, ranges: {a: [0, 1]}}", "take 2 or 4"),
        ("sample: {count: 0, ranges: {a: [0, 1]}}", "count and seed are whole numbers"),
        ("sample: {count: 4, method: dice, ranges: {a: [0, 1]}}", "latin hypercube, sobol"),
        ("sample: {count: 4, ranges: {a: [1, 0]}}", "must rise"),
        ("sample: {count: 4, ranges: {a: [1]}}", "a range is"),
    ],
)
def test_another_form_is_refused_with_what_would_do(text, said, tmp_path):
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match=said):
        read_source(tmp_path / "x.yaml")
