"""The money model's clerk hours against the office model's: two ways to the same work per client, on the shipped log."""

import numpy as np
import pytest

from helpers.decision.paperwork.case import open_case
from helpers.decision.paperwork.office import clerk_hours
from helpers.decision.paperwork.plan import OPTIONS
from helpers.decision.paperwork.trial import changes, office_option
from helpers.paperwork.office.load import load


@pytest.fixture(scope="module")
def case():
    return open_case({})


@pytest.mark.parametrize("explain, rework, adoption", [(0.575, 0.475, 0.675), (0.9, 0.0, 0.5), (0.0, 0.9, 1.0)])
def test_work_saved_per_client_is_that_of_the_office_model(case, explain, rework, adoption):
    measured = case.measured
    beliefs = {"explain_cut": explain, "rework_cut": rework, "adoption": adoption}
    x = {f"{way}_{name}": np.array([[value]]) for way in ("excel", "standard") for name, value in beliefs.items()}
    x |= {name: np.array([[found.value]]) for name, found in (("clerk_hours", measured.clerk), ("explain_hours", measured.explain), ("rework_hours", measured.rework))}
    ways = changes({name: value.item() for name, value in x.items()}, case.chosen)
    taken_up = {"Excel online": (np.ones(1), np.zeros(1)), "standardise": (np.zeros(1), np.ones(1))}
    today = load(case.office).hours_per_client
    for option in OPTIONS:
        if option.name in taken_up:
            money = (clerk_hours(x, case.settled, *taken_up[option.name]) / x["clerk_hours"]).item()
            assert money == pytest.approx(load(case.office, office_option(option, ways)).hours_per_client / today, abs=0.005)
