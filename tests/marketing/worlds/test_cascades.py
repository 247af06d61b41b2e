"""One world: same from the same seed, sound in its structure, and made of what was planted."""

import dataclasses

import numpy as np
import pytest

from helpers.evidence.clustering import icc
from helpers.intake.refusal import Refusal
from helpers.marketing.worlds.cascades import simulate
from helpers.marketing.worlds.outcome import play, tally
from helpers.marketing.worlds.tool import Tool

PLAIN = Tool(taste=0, momentum=0, quality_on_reading=0, quality_on_forwarding=0, quality_on_registration=0, interest_on_registration=0, trend=0, season=0)


@pytest.fixture(scope="module")
def world():
    return simulate(Tool(), np.random.default_rng(1))


def test_same_seed_same_world(world):
    again = simulate(Tool(), np.random.default_rng(1))
    for field in dataclasses.fields(world):
        if isinstance(getattr(world, field.name), np.ndarray):
            np.testing.assert_array_equal(getattr(world, field.name), getattr(again, field.name))


def test_a_forward_comes_after_its_parent_in_the_same_week_and_of_the_same_author(world):
    rows = np.flatnonzero(world.parent >= 0)
    parents = world.parent[rows]
    assert np.all(parents < rows)
    assert np.all(world.when[rows] >= world.when[parents])
    assert np.all(np.floor(world.when[rows]) == np.floor(world.when[parents]))
    assert np.all(world.author[rows] == world.author[parents])


def test_only_two_way_forwards_cross_to_another_page(world):
    rows = np.flatnonzero(world.parent >= 0)
    crossed = world.page[rows] != world.page[world.parent[rows]]
    assert np.all(world.carried[rows][crossed])
    assert crossed.mean() == pytest.approx(world.tool.two_way * world.tool.crossing, abs=0.01)


def test_traffic_and_forwarding_are_as_set():
    worlds = [simulate(PLAIN, np.random.default_rng(i)) for i in range(8)]
    early = [world.present & ~world.late for world in worlds]
    reads = np.mean([rows.sum() for rows in early]) / (PLAIN.salespeople * PLAIN.launch)
    forwarded = np.mean([(world.parent[rows] >= 0).mean() for world, rows in zip(worlds, early, strict=True)])
    assert reads == pytest.approx(PLAIN.reads_per_week, rel=0.02)
    assert forwarded == pytest.approx(PLAIN.forwards_per_read, abs=0.01)  # of all reads, R are forwards where cascades have mean size 1/(1-R)


def test_registration_and_its_icc_are_as_set():
    tool = dataclasses.replace(PLAIN, icc=0.04, registration=0.1, reads_per_reader=1)
    found = []
    for i in range(12):
        world = simulate(tool, np.random.default_rng(i))
        registers = (world.luck < world.chance)[world.present]
        page = world.page[world.present]
        leads, reads = np.bincount(page, registers, tool.salespeople), np.bincount(page, minlength=tool.salespeople)
        found.append((leads.sum() / reads.sum(), icc(leads, reads)))
    rate, correlation = np.mean(found, axis=0)
    assert rate == pytest.approx(0.1, abs=0.005)
    assert correlation == pytest.approx(0.04, abs=0.006)


def test_salespeople_are_heavy_tailed(world):
    reads = tally(world, play(world, np.zeros(len(world.page), bool))).reads.sum(1)
    top = np.sort(reads)[::-1][: len(reads) // 10].sum() / reads.sum()
    assert 0.22 < top < 0.45


def test_better_content_brings_reads_only_after_the_launch(world):
    more = ~world.present
    assert more.any() and np.all(world.late[more])
    without = simulate(dataclasses.replace(world.tool, content_effect=0.0), np.random.default_rng(1))
    assert without.present.all()


@pytest.mark.parametrize("name, value", [("icc", 0.6), ("forwards_per_read", 0.9), ("registration", 0.0), ("salespeople", 3), ("two_way", float("nan"))])
def test_a_parameter_out_of_range_is_refused_by_name(name, value):
    with pytest.raises(Refusal, match=f"'{name}' was given"):
        Tool(**{name: value})


def test_a_launch_without_weeks_on_both_sides_is_refused():
    with pytest.raises(Refusal, match="launch in week 51"):
        Tool(launch=51)
