"""What the README names is there: make targets, files, pictures, parameters."""

import re

import pytest

from helpers.lesson.shelf import CASES


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def test_every_make_target_exists(readme, root):
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", readme)) <= targets


def test_every_file_exists(readme, root):
    named = re.findall(r"(?:notebooks|data|helpers|tests)/[\w./-]*\w", readme)
    assert [name for name in named if not (root / name).exists()] == []


def test_every_parameter_exists(readme):
    declared = {parameter.name for case in CASES.values() for parameter in case.parameters}
    assert set(re.findall(r"-p (\w+)", readme)) <= declared


def test_every_case_has_its_picture(readme, root):
    for stem in (stem for stem, case in CASES.items() if case.by_default):
        assert f"notebooks/pictures/{stem}.png" in readme and (root / "notebooks" / "pictures" / f"{stem}.png").stat().st_size > 5000
