"""Sensitivity: the Ishigami function, linear models by hand, and flips that are found where they were put."""

import numpy as np
import pytest

from helpers.decision import sensitivity as sens
from helpers.decision.uncertainty import Assumption, draw
from helpers.intake.refusal import Refusal

A = Assumption("a", -1, 3, meaning="gain per unit")
B = Assumption("b", 0.5, 1.5)
C = Assumption("c", 2, 2)


def model(draws):
    return {"act": draws["a"] * 2 - draws["b"], "wait": 0 * draws["a"], "half": draws["a"] - 0.25 * draws["b"]}


MEANS = sens.one_by_one(model)


def test_ishigami_analytic(published):
    entry = published("sobol_ishigami")
    got, expected = sens.ishigami_indices(entry["inputs"]["a"], entry["inputs"]["b"]), entry["expected"]
    for key in expected:
        np.testing.assert_allclose(got[key], expected[key], atol=1e-9)


def test_ishigami_monte_carlo(published):
    entry = published("sobol_ishigami")
    a, b = entry["inputs"]["a"], entry["inputs"]["b"]

    class Uniform(Assumption):
        def quantile(self, probability):
            return self.low + (self.high - self.low) * probability

    unknowns = [Uniform(f"x{i}", -np.pi, np.pi) for i in range(3)]
    got = sens.sobol(lambda x: np.sin(x["x0"]) + a * np.sin(x["x1"]) ** 2 + b * x["x2"] ** 4 * np.sin(x["x0"]), unknowns, base=4096)
    np.testing.assert_allclose(got.first, entry["expected"]["S1"], atol=entry["tolerance"]["monte_carlo"])
    np.testing.assert_allclose(got.total, entry["expected"]["ST"], atol=entry["tolerance"]["monte_carlo"])
    assert got.ranked()[0][0] == "x0"


def test_sobol_of_a_linear_model_is_its_variance_shares_and_fixed_unknowns_get_none():
    got = sens.sobol(lambda x: 2 * x["a"] - x["b"] + x["c"], [A, B, C], base=512)
    share = (2 * 4) ** 2 / ((2 * 4) ** 2 + 1)
    assert got.first == pytest.approx([share, 1 - share, 0], abs=0.02)
    assert got.total == pytest.approx([share, 1 - share, 0], abs=0.02)


def test_a_tests_luck_is_drawn_along_and_left_over():
    got = sens.sobol(lambda x: x["a"] + x["luck"], [Assumption("a", -1.2815515655, 1.2815515655)], base=1024)
    assert got.names == ("a",) and got.total == pytest.approx([0.5], abs=0.03)


def test_tornado_by_hand():
    draws = draw([A, B, C], 1024)
    first, second, third = sens.tornado(MEANS, draws, [C, B, A], "act")
    assert (first.name, second.name, third.name) == ("a", "b", "c")
    assert (first.at_low, first.at_high) == pytest.approx((-3, 5), abs=0.01)
    assert second.width == pytest.approx(1) and third.width == 0
    over = sens.tornado(MEANS, draws, [A], "act", over="half")[0]
    assert (over.at_low, over.at_high) == pytest.approx((-1.75, 2.25), abs=0.01)


def test_flips_are_found_where_they_were_put_in_both_directions():
    draws = draw([A, B], 512)
    below, = sens.flip_points(MEANS, draws, A)  # a = 1: act; half leads below a = 0.75, wait below 0.25
    assert (below.before, below.after, below.direction) == ("act", "half", "below")
    assert below.at == pytest.approx(0.75, abs=0.01) and below.within_range
    above, = sens.flip_points(MEANS, draws, B)  # half leads above b = 4/3
    assert (above.after, above.direction) == ("half", "above") and above.at == pytest.approx(4 / 3, abs=0.01)


def test_both_sides_of_one_unknown():
    def middle(draws):
        return {"in": 1 - draws["a"] ** 2, "out": 0 * draws["a"]}

    x = Assumption("a", -0.5, 0.5)
    below, above = sens.flip_points(sens.one_by_one(middle), draw([x], 64), x)
    assert (below.at, above.at) == pytest.approx((-1, 1), abs=1e-3) and not above.within_range
    assert sens.flip_points(sens.one_by_one(middle), draw([x], 64), x, reach=1.5) == ()


def test_positive_unknowns_are_searched_by_factors_so_that_ten_times_the_traffic_is_found():
    traffic = Assumption("traffic", 99, 101, floor=0)
    flip, = sens.flip_points(sens.one_by_one(lambda d: {"wait": 0 * d["traffic"], "build": d["traffic"] - 1000}), draw([traffic], 64), traffic)
    assert (flip.after, flip.direction) == ("build", "above") and flip.at == pytest.approx(1000, rel=1e-3)
    assert sens.search_limits(traffic, 3, 20) == (5, 2000)
    assert sens.search_limits(Assumption("s", 0.2, 0.4, floor=0.1, ceiling=1.0), 3, 20) == (0.1, 1.0)


def test_flips_stop_at_floor_and_are_ordered_by_nearness():
    floored = Assumption("a", 0.9, 1.1, floor=0.8)
    flips = sens.all_flips(MEANS, draw([floored, B], 512), [floored, B])
    assert [flip.name for flip in flips] == ["b"]
    both = sens.all_flips(MEANS, draw([A, B], 512), [A, B])
    assert [flip.name for flip in both] == ["a", "b"]


def test_map_of_the_best_option():
    draws = draw([A, B], 128)
    got = sens.decision_map(MEANS, draws, "a", [-1.0, 0.5, 3.0], "b", [1.0, 1.2])
    assert [got.options[i] for i in got.winner[0]] == ["wait", "half", "act"]
    assert got.winner.shape == got.lead.shape == (2, 3)
    assert got.lead[0, 2] == pytest.approx((6 - 1) - (3 - 0.25))
    assert got.value("act")[0] == pytest.approx([-3, 0, 5])
    at_once = sens.decision_map(sens.at_once(lambda laid, sets: model(laid)), draws, "a", [-1.0, 0.5, 3.0], "b", [1.0, 1.2])
    np.testing.assert_allclose(at_once.worth, got.worth)
    assert at_once.options == got.options
    with pytest.raises(Refusal, match="same unknown"):
        sens.decision_map(MEANS, draws, "a", [1], "a", [1])
