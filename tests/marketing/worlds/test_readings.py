"""Which readings can be trusted: traps 2 (interference) and 3 (conditioning on what came after) of case 1, and the rest of the field."""

import numpy as np
import pytest

from helpers.marketing.worlds.compare import compare, one_world, runs, runs_of, summary
from helpers.marketing.worlds.readings import RECOMMENDED, WAYS, content_effect
from helpers.marketing.worlds.seasons import live
from helpers.marketing.worlds.tool import Tool

WORLDS = 50


def record(tool):
    return compare(tool, WORLDS, seed=7).set_index("reading")


@pytest.fixture(scope="module")
def usual():
    return record(Tool())


@pytest.fixture(scope="module")
def useless():
    """The module does nothing, nobody chose who has it, nothing is carried along."""
    return record(Tool(module_effect=0, confounding=0, two_way=0))


def test_trap_2_lots_by_reader_are_contaminated_by_forwards_that_run_both_ways():
    quiet = dict(icc=0.001, taste=0.1, momentum=0.1, size_spread=0.4)  # salespeople much alike: the bias shows in few worlds
    both_ways, one_way = record(Tool(**quiet)), record(Tool(two_way=0, **quiet))
    by_reader, by_salesperson = both_ways.loc["holdout_by_reader"], both_ways.loc["holdout_by_salesperson"]
    assert by_reader["bias_high"] < -0.2 * by_reader["truth"]
    assert abs(by_salesperson["bias"]) < 0.12 * by_salesperson["truth"]
    assert by_reader["contamination"] > 5 * by_salesperson["contamination"] > 0
    assert abs(one_way.loc["holdout_by_reader", "bias"]) < 0.12 * one_way.loc["holdout_by_reader", "truth"]
    assert one_way.loc["holdout_by_reader", "contamination"] == 0


def test_trap_3_viewers_against_non_viewers_finds_an_effect_where_there_is_none(useless):
    assert useless.loc["viewers", "bias_low"] > 5
    assert useless.loc["viewers", "coverage"] < 0.6
    assert useless.loc[RECOMMENDED, "bias_low"] < 0 < useless.loc[RECOMMENDED, "bias_high"]
    assert useless.loc[RECOMMENDED, "coverage"] > 0.87


def test_attribution_credits_a_module_that_does_nothing(useless):
    for model in ("first_touch", "last_touch", "shapley", "markov"):
        assert useless.loc[model, "bias_low"] > 5


def test_before_and_after_takes_the_calendar_for_the_module(useless):
    assert useless.loc["before_after", "bias_low"] > 1
    still = dict(trend=0, season=0, momentum=0, registration=0.003, reads_per_reader=1)  # nor are the eager used up
    assert abs(record(Tool(module_effect=0, confounding=0, two_way=0, **still)).loc["before_after", "bias"]) < 0.1 * 3


def test_difference_in_differences_rests_on_like_trends(usual, useless):
    assert usual.loc["difference_in_differences", "bias_low"] > 0.5
    assert abs(useless.loc["difference_in_differences", "bias"]) < 1.2


def test_the_readings_by_lot_of_salespeople_keep_their_promise(usual):
    for name in ("holdout_by_salesperson", "holdout_adjusted", "factorial"):
        assert usual.loc[name, "coverage_high"] > 0.95
    assert usual.loc["holdout_adjusted", "width"] < usual.loc["holdout_by_salesperson", "width"]
    assert usual.loc["factorial", "width"] > usual.loc["holdout_by_salesperson", "width"]


def test_the_two_by_two_finds_the_content_effect_too():
    tool = Tool(two_way=0)
    found = np.mean([content_effect(live(tool, np.random.default_rng([2, i]))).value for i in range(40)])
    expected = 1000 * tool.registration * (np.exp(tool.quality_on_registration * tool.content_effect) - 1)
    assert found == pytest.approx(expected, rel=0.45)


def test_every_reading_is_there_with_its_price(usual):
    assert list(usual.index) == list(WAYS) and len(WAYS) == 11
    assert usual.loc["holdout_adjusted", ["weeks", "withheld", "by_lot"]].tolist() == [52, 0.5, True]
    assert usual.loc["viewers", ["weeks", "withheld", "by_lot"]].tolist() == [26, 0.0, False]


def test_summary_by_hand():
    nan = float("nan")
    blank = [(nan,) * 5] * (len(WAYS) - 1)
    numbers = np.array([[(3, 1, 5, 2, 0.1), *blank], [(7, 6, 9, 2, 0.3), *blank]])
    first = summary(Tool(), numbers).iloc[0]
    assert first["bias"] == 3 and first["rmse"] == pytest.approx(np.sqrt((1 + 25) / 2))
    assert first["coverage"] == 0.5 and first["width"] == 3.5 and first["contamination"] == pytest.approx(0.2)
    assert first["bias_high"] - first["bias"] == pytest.approx(1.96 * np.sqrt(8) / np.sqrt(2))


def test_worlds_are_the_same_in_every_setting():
    mild, strong = (runs(Tool(module_effect=0.3, confounding=c), 2, seed=5) for c in (0, 2))
    np.testing.assert_array_equal(mild[..., 3], strong[..., 3])
    by_lot = list(WAYS).index("holdout_by_salesperson")
    np.testing.assert_array_equal(mild[:, by_lot], strong[:, by_lot])
    assert not np.allclose(mild[:, 0], strong[:, 0])


def test_worlds_grown_once_for_several_tools_are_the_worlds_of_each():
    tools = [Tool(confounding=0.0), Tool(module_effect=0.0)]
    for tool, numbers in zip(tools, runs_of(tools, 2, seed=5), strict=True):
        np.testing.assert_array_equal(numbers, runs(tool, 2, seed=5))
    with pytest.raises(ValueError, match="growth of a world"):
        runs_of([Tool(), Tool(two_way=0)], 1, seed=5)


def test_one_world_shows_every_reading_beside_its_truth():
    frame = one_world(Tool(), seed=4)
    assert list(frame.columns) == ["reading", "value", "low", "high", "truth", "contamination"]
    assert frame["truth"].nunique() == 1 and frame["value"].notna().all()
