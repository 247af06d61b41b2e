"""How long the simulated tool and the test plan take: a year of it, one move of a slider. Run by name."""

from dataclasses import replace
from time import perf_counter

import numpy as np
import pandas as pd
import pytest

from helpers.marketing.fatigue import Response, breaking_point, curve, lead_peak
from helpers.marketing.trial.contamination import contamination
from helpers.marketing.trial.looks import prices, schedule
from helpers.marketing.trial.plan import Plan, horizon, power_curve, sizes
from helpers.marketing.trial.reading import read
from helpers.marketing.trial.rule import Rule, freeze
from helpers.marketing.upkeep import Upkeep, cost
from helpers.marketing.worlds.cascades import simulate
from helpers.marketing.worlds.compare import one_world
from helpers.marketing.worlds.same import draw, record
from helpers.marketing.worlds.tool import Tool

TURNS, SLIDER_MS, YEAR_MS = 9, 60, 150
PLAN = Plan(0.03, 0.01, 0.01, 4 * np.exp(0.7 * np.random.default_rng(0).standard_normal(200)), looks=3)


def fastest(work) -> float:
    """The best of TURNS runs in milliseconds: what the code takes when nobody else is on the machine."""
    times = []
    for turn in range(TURNS):
        start = perf_counter()
        work(turn)
        times.append(perf_counter() - start)
    return 1000 * min(times)


def plan_answer(turn):
    plan = replace(PLAN, icc=0.01 + turn / 1e4)
    return sizes(plan), horizon(plan, 6), power_curve(plan, np.arange(1, 105)), contamination(0.45, 0.8, 0.1, 0.35)


def fatigue_answer(turn):
    response, rng = Response(pieces=3 + turn), np.random.default_rng(turn)
    return curve(response, rng), breaking_point(response, 0.05, rng), lead_peak(response, rng)


SLIDERS = {
    "one world, every reading": lambda turn: one_world(Tool(confounding=turn / 4), turn),
    "plan": plan_answer,
    "looks": lambda turn: (schedule(2 + turn, 26), prices(2 + turn)),
    "fatigue": fatigue_answer,
    "upkeep": lambda turn: cost(Upkeep(months=24 + turn), np.random.default_rng(turn)),
    "200 A/A worlds": lambda turn: record(draw(np.full(172, 25), 0.2, 0.04, 200, np.random.default_rng(turn))),
}


@pytest.mark.parametrize("name", SLIDERS)
def test_a_slider_is_answered_in_time(name):
    taken = fastest(SLIDERS[name])
    print(f"{name}: {taken:.1f} ms")
    assert taken < SLIDER_MS


def test_a_year_of_two_hundred_salespeople():
    taken = fastest(lambda turn: simulate(Tool(), np.random.default_rng(turn)))
    print(f"one year of {Tool().salespeople} salespeople: {taken:.1f} ms")
    assert taken < YEAR_MS


def test_a_test_of_a_hundred_thousand_units_is_read_in_time():
    rng = np.random.default_rng(0)
    cluster = rng.integers(200, size=100_000)
    units = pd.DataFrame({"arm": np.where(cluster % 2, "module", "control"), "cluster": cluster, "outcome": rng.integers(2, size=len(cluster))})
    taken = fastest(lambda turn: read(units, freeze(Rule("leads", 0.01, 8), "2026-11-01")))
    print(f"100,000 units read: {taken:.1f} ms")
    assert taken < YEAR_MS


if __name__ == "__main__":
    raise SystemExit(pytest.main([__file__, "-q", "-s", "-o", "addopts="]))
