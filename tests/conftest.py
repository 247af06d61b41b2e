"""What all tests share: where the repository is, and the real logs that lie beside it."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "real"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def real_log():
    """A function from the name of a real log to its path; the test skips by that name where it is absent."""

    def find(name: str) -> Path:
        if not (REAL / name).exists():
            pytest.skip(f"real log not here: {name}")
        return REAL / name

    return find


@pytest.fixture(scope="session")
def published():
    """A function from an id to that published value's entry: inputs, expected, tolerance, source."""
    text = (ROOT / "tests" / "published" / "values.json").read_text(encoding="utf-8")
    entries = {entry["id"]: entry for entry in json.loads(text)["entries"]}
    return entries.__getitem__
