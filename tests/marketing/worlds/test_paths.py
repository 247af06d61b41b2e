"""Readers' paths, against a plain loop, and the credit taken from them."""

from collections import Counter

import numpy as np
import pytest

from helpers.marketing.worlds import credit
from helpers.marketing.worlds.paths import LOOK_BACK
from helpers.marketing.worlds.seasons import live
from helpers.marketing.worlds.tool import Tool

SMALL = Tool(salespeople=12, weeks=12, launch=6, reads_per_week=6, registration=0.05, reads_per_reader=4)


@pytest.fixture(scope="module")
def seasons():
    return live(SMALL, np.random.default_rng(5))


def paths_one_by_one(seasons):
    world, outcome = seasons.world, seasons.deployed
    touches, registered = {}, {}
    for i in np.argsort(world.when, kind="stable"):
        reader = world.reader[i]
        if outcome.present[i] and reader not in registered:
            if world.late[i] and seasons.had[world.page[i]]:
                word = "module" if outcome.viewed[i] else "forward" if world.parent[i] >= 0 else "article"
                touches.setdefault(reader, []).append(word)
            if outcome.lead[i]:
                registered[reader] = world.late[i]
    late = {reader for reader, after in registered.items() if after}
    early = set(registered) - late
    won, lost = Counter(), Counter()
    for reader, path in touches.items():
        if reader not in early:
            (won if reader in late else lost)[tuple(path[-LOOK_BACK:])] += 1
    return won, lost


def test_paths_agree_with_a_plain_loop(seasons):
    won, lost = paths_one_by_one(seasons)
    found = {touches: (conversions, nulls) for touches, conversions, nulls in seasons.paths}
    assert found == {touches: (won[touches], lost[touches]) for touches in won.keys() | lost.keys()}


def test_credit_is_a_share_of_the_leads(seasons):
    leads, reads = (x[seasons.had, 1].sum() for x in (seasons.deployed_tally.leads, seasons.deployed_tally.reads))
    won, _ = paths_one_by_one(seasons)
    last = sum(count for touches, count in won.items() if touches[-1] == "module")
    assert credit.last_touch(seasons).value == pytest.approx(1000 * last / sum(won.values()) * leads / reads)
    even = sum(count / len(set(touches)) for touches, count in won.items() if "module" in touches)
    assert credit.shapley(seasons).value == pytest.approx(1000 * even / sum(won.values()) * leads / reads)


@pytest.mark.parametrize("model", [credit.first_touch, credit.last_touch, credit.shapley, credit.markov])
def test_models_give_no_interval(seasons, model):
    assert not model(seasons).has_interval
    assert 0 < model(seasons).value < 1000
