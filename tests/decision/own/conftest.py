"""What the tests of one's own request share: the shipped example on few draws, and plans written on the spot."""

import textwrap

import pytest
import yaml

from helpers.decision.own.case import open_case
from helpers.decision.own.plan import plan_of

FEW = {"draws": 256}


@pytest.fixture(scope="package")
def shipped():
    """The shipped example on few draws."""
    return open_case(FEW)


@pytest.fixture(scope="session")
def plan():
    """A function from the text of an options file to its plan; title, question and asked are there already."""

    def read(text: str, asked: str = "a tool"):
        head = f"title: T\nquestion: Q\nasked: {asked}\n"
        return plan_of(yaml.load(head + textwrap.dedent(text), Loader=yaml.BaseLoader), "options.yaml")

    return read
