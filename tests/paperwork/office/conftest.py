"""A queue as an office with one step, the shipped office calibrated once, and the other implementations."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.paperwork.hours import always_open
from helpers.paperwork.office.calibration import calibrate
from helpers.paperwork.office.model import CASE, Arrivals, OfficeModel, Step, needs_of, pack, sessions_of


@pytest.fixture(scope="session")
def oracles():
    """The module oracles.py beside this file."""
    path = Path(__file__).with_name("oracles.py")
    spec = importlib.util.spec_from_file_location("office_oracles", path)
    module = sys.modules["office_oracles"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def queue_model(oracles):
    """A function to the model of one queue: `rate` papers per hour, `hours` to resample service times from (exponential if left out), never closed."""

    def model(rate, mean, clerks, failure=0.0, hours=None, calendar=always_open(), **fields) -> OfficeModel:
        steps = (Step("open"), Step("review", on_failure="again" if failure else ""), Step("again", then="review"), Step("close"))
        needed = np.zeros((2, len(steps), 2))
        needed[1, 1] = 1
        values = (oracles.exponential() if hours is None else np.asarray(hours, float)) * mean
        sessions = sessions_of(calendar, pd.Timestamp("2026-01-05", tz="UTC"), 52)
        return OfficeModel((CASE, "form"), pack({(1, 1, 0): values, (1, 1, 1): values}, 2, len(steps)), needed, np.array([[0, 0], [failure, failure]]),
                           needs_of([np.array([1])]), Arrivals(np.full((7, 24), float(rate))), sessions, clerks, steps=steps,
                           entry=("open", "review", "close"), **fields)  # fmt: skip

    return model


@pytest.fixture(scope="session")
def shipped_office(shipped_times):
    """The office of the shipped log."""
    return calibrate(shipped_times)
