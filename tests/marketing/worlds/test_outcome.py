"""What comes of a world, against a slow second implementation that goes through the readings one by one."""

import dataclasses

import numpy as np
import pytest

from helpers.marketing.worlds.cascades import simulate
from helpers.marketing.worlds.outcome import half, play, tally, truth, volunteers
from helpers.marketing.worlds.tool import Tool

SMALL = Tool(salespeople=12, weeks=12, launch=6, reads_per_week=6, registration=0.2, forwards_per_read=0.6, reads_per_reader=3)


@pytest.fixture(scope="module")
def small():
    return simulate(SMALL, np.random.default_rng(3))


def played_one_by_one(world, placed, better):
    """The same by a plain loop in order of time."""
    tool, n = world.tool, len(world.page)
    present, exposed, lead, registered = np.zeros(n, bool), np.zeros(n, bool), np.zeros(n, bool), set()
    for i in np.argsort(world.when, kind="stable"):
        late, parent = world.when[i] >= tool.launch, world.parent[i]
        improved = late and better[world.author[i]]
        present[i] = world.present[i] or improved
        viewed = present[i] and placed[i] and late and world.looks[i]
        told = parent >= 0 and world.carried[i] and exposed[parent] and present[i]
        exposed[i] = viewed or told
        chance = world.chance[i] * (1 + tool.module_effect if exposed[i] else 1)
        chance *= np.exp(tool.quality_on_registration * tool.content_effect) if improved else 1
        if present[i] and world.luck[i] < chance and world.reader[i] not in registered:
            lead[i] = True
            registered.add(world.reader[i])
    return present, exposed, lead


def test_agrees_with_a_plain_loop(small):
    placed, better = half(small.module_draw)[small.page], half(small.content_draw)
    outcome = play(small, placed, better)
    present, exposed, lead = played_one_by_one(small, placed, better)
    np.testing.assert_array_equal(outcome.present, present)
    np.testing.assert_array_equal(outcome.exposed, exposed)
    np.testing.assert_array_equal(outcome.lead, lead)
    assert outcome.exposed.sum() > outcome.viewed.sum() > 0


def test_truth_is_everywhere_against_nowhere(small):
    nobody = np.zeros(SMALL.salespeople, bool)
    *_, on = played_one_by_one(small, np.ones(len(small.page), bool), nobody)
    present, _, off = played_one_by_one(small, np.zeros(len(small.page), bool), nobody)
    expected = 1000 * (on[small.late].sum() - off[small.late].sum()) / present[small.late].sum()
    assert truth(small) == pytest.approx(expected)
    assert truth(small) > 0


def test_no_effect_no_difference():
    world = simulate(dataclasses.replace(SMALL, module_effect=0.0), np.random.default_rng(3))
    assert truth(world) == 0


def test_nothing_differs_before_the_launch(small):
    everywhere, nowhere = (tally(small, play(small, np.full(len(small.page), on))) for on in (True, False))
    np.testing.assert_array_equal(everywhere.leads[:, 0], nowhere.leads[:, 0])
    assert everywhere.leads[:, 1].sum() > nowhere.leads[:, 1].sum()
    assert everywhere.exposed[:, 0].sum() == 0


def test_without_two_way_forwards_only_viewers_are_exposed():
    world = simulate(dataclasses.replace(SMALL, two_way=0.0), np.random.default_rng(3))
    outcome = play(world, np.ones(len(world.page), bool))
    np.testing.assert_array_equal(outcome.exposed, outcome.viewed)


def test_a_reader_registers_once(small):
    outcome = play(small, np.ones(len(small.page), bool))
    readers = small.reader[outcome.lead]
    assert len(np.unique(readers)) == len(readers) > 50


def test_half_is_half_and_volunteers_are_the_better_ones():
    world = simulate(Tool(), np.random.default_rng(4))
    assert half(world.module_draw).sum() == 100
    standing, chosen = world.taste + world.momentum, volunteers(world)
    assert standing[chosen].mean() - standing[~chosen].mean() > 0.5
    even = simulate(Tool(confounding=0), np.random.default_rng(4))
    standing, chosen = even.taste + even.momentum, volunteers(even)
    assert abs(standing[chosen].mean() - standing[~chosen].mean()) < 0.25
