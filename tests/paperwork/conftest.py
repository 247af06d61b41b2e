"""The shipped log read once, the truth beside it, and small logs written out in a test."""

import json

import pytest

from helpers.paperwork.durations import timed
from helpers.paperwork.hours import office_calendar
from helpers.paperwork.log import SHIPPED, load_log


@pytest.fixture(scope="session")
def shipped():
    """The shipped log with its renamed second pass declared the same."""
    return load_log(aliases="review again: review")


@pytest.fixture(scope="session")
def shipped_times(shipped):
    """The shipped log's times under the office's calendar."""
    return timed(shipped, office_calendar())


@pytest.fixture(scope="session")
def truth():
    """What is planted in the shipped log."""
    return json.loads((SHIPPED.parent / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture
def small_log(tmp_path):
    """A function from CSV lines (blanks around cells don't matter) to a log in UTC."""

    def load(lines: str, **options):
        path = tmp_path / "small.csv"
        path.write_text("\n".join(",".join(cell.strip() for cell in line.split(",")) for line in lines.strip().splitlines()) + "\n", encoding="utf-8")
        return load_log(path, **({"time_zone": "UTC"} | options))

    return load
