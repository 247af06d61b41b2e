"""Sample sizes against published ones under each convention, and power as their inverse."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

from helpers.evidence.clustering import design_effect
from helpers.evidence.sample_size import clusters_per_arm, minimum_detectable_effect, per_arm, per_arm_for_change, power_of
from helpers.intake.refusal import Refusal

CONVENTIONS = ["evan_miller", "pooled", "arcsine", "unpooled"]
shares = st.floats(0.01, 0.99)


def test_evan_millers_default(published):
    entry = published("ss_evanmiller_20_5pp")
    needed = per_arm(0.2, 0.2 + entry["inputs"]["mde_abs"])
    assert needed == pytest.approx(entry["expected"]["unrounded"], abs=0.01)
    assert round(needed) == entry["expected"]["n_per_arm"]


def test_pooled_is_rs_power_prop_test(published):
    entry = published("ss_pooled_20_25")
    needed = per_arm(0.2, 0.25, convention="pooled")
    assert needed == pytest.approx(entry["expected"]["n_per_arm_unrounded"], abs=0.01)
    assert np.ceil(needed) == entry["expected"]["n_per_arm"]
    assert per_arm(0.5, 0.75, power=0.9, convention="pooled") == pytest.approx(76.7, abs=0.05)  # the example in R's help page
    library = samplesize_proportions_2indep_onetail(0.05, 0.2, 0.8, alpha=0.05, alternative="two-sided")
    assert needed == pytest.approx(library)


def test_arcsine_is_statsmodels_normal_power():
    h = 2 * np.arcsin(np.sqrt(0.25)) - 2 * np.arcsin(np.sqrt(0.2))
    library = NormalIndPower().solve_power(h, alpha=0.05, power=0.8)
    assert per_arm(0.2, 0.25, convention="arcsine") == pytest.approx(library, rel=1e-4)


def test_unpooled_is_the_textbook_formula():
    assert per_arm(0.2, 0.25, convention="unpooled") == pytest.approx((1.959964 + 0.841621) ** 2 * (0.16 + 0.1875) / 0.05**2, rel=1e-5)


def test_chain_to_salespeople(published):
    entry = published("ss_cluster_chain")
    inputs, expected = entry["inputs"], entry["expected"]
    n = per_arm(inputs["p1"], inputs["p2"], convention="pooled")
    assert n == pytest.approx(expected["n_individual"], abs=0.01)
    inflation = design_effect(inputs["icc"], inputs["clients_per_salesperson"])
    assert inflation == pytest.approx(expected["design_effect"], abs=1e-9)
    assert n * inflation == pytest.approx(expected["n_clustered"], abs=0.05)
    assert clusters_per_arm(n, inputs["clients_per_salesperson"], inputs["icc"]) == expected["clusters_per_arm"]


def test_unequal_clusters_need_more_of_them():
    assert clusters_per_arm(1000, 25, 0.04, size_cv=1.0) > clusters_per_arm(1000, 25, 0.04)
    assert clusters_per_arm([100, 1000], 25, 0.0).tolist() == [4, 40]


def test_one_side_needs_fewer_and_a_fall_is_a_change_too():
    assert per_arm(0.2, 0.25, two_sided=False) < per_arm(0.2, 0.25)
    assert per_arm_for_change(0.2, -0.05) == pytest.approx(per_arm(0.2, 0.15))
    assert per_arm_for_change(0.2, 0.25, relative=True) == pytest.approx(per_arm(0.2, 0.25))


def test_millers_calculator_mirrors_high_baselines():
    assert per_arm_for_change(0.8, 0.05, either_direction=True) == pytest.approx(1030.219, abs=0.001)
    assert per_arm_for_change(0.98, 0.05, either_direction=True) == pytest.approx(per_arm(0.98, 0.93))


def test_arrays_broadcast():
    sizes = per_arm(0.2, np.array([0.2, 0.22, 0.25]))
    assert sizes[0] == np.inf and sizes[2] == pytest.approx(per_arm(0.2, 0.25))
    assert power_of(0.2, 0.25, np.array([100, 1000, 10_000])).shape == (3,)


def test_nonsense_is_refused():
    with pytest.raises(Refusal, match="between 0 and 1"):
        per_arm(0.9, 1.1)
    with pytest.raises(Refusal, match="convention"):
        per_arm(0.2, 0.3, convention="guess")


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.floats(0.7, 0.99), st.sampled_from(CONVENTIONS))
def test_power_at_the_size_is_the_power_asked_for(p1, p2, power, convention):
    """Up to the far tail, which power counts and sizes by convention leave out."""
    assume(0.005 < abs(p1 - p2) < 0.4)
    n = per_arm(p1, p2, power=power, convention=convention)
    assert power_of(p1, p2, n, convention=convention) == pytest.approx(power, abs=0.002)
    assert power_of(p1, p2, 3 * n, design_effect=3, convention=convention) == pytest.approx(power, abs=0.002)


@given(shares, shares, st.sampled_from(CONVENTIONS))
def test_more_power_or_less_error_costs_more(p1, p2, convention):
    assume(abs(p1 - p2) > 0.005)
    base = per_arm(p1, p2, convention=convention)
    assert per_arm(p1, p2, power=0.9, convention=convention) > base
    assert per_arm(p1, p2, alpha=0.01, convention=convention) > base


def test_power_without_an_effect_is_alpha():
    assert power_of(0.2, 0.2, 1000, alpha=0.03) == pytest.approx(0.03)


@settings(max_examples=40)
@given(st.floats(0.01, 0.6), st.integers(200, 100_000), st.sampled_from(CONVENTIONS))
def test_detectable_effect_is_the_inverse_of_the_size(p1, n, convention):
    rise = minimum_detectable_effect(p1, n, convention=convention)
    assert per_arm(p1, p1 + rise, convention=convention) == pytest.approx(n, rel=1e-6)


def test_too_few_trials_detect_nothing_and_clustering_costs():
    assert np.isnan(minimum_detectable_effect(0.2, 2))
    plain, clustered = minimum_detectable_effect(0.2, 1030.2192831), minimum_detectable_effect(0.2, 1030.2192831, design_effect=1.96)
    assert plain == pytest.approx(0.05) and clustered > plain


def test_power_is_what_simulation_says():
    """Planted truth: 20,000 tests with 500 in each arm, read with the pooled z test."""
    rng = np.random.default_rng(2)
    a, b = rng.binomial(500, 0.2, 20_000) / 500, rng.binomial(500, 0.27, 20_000) / 500
    pooled = (a + b) / 2
    found = np.abs(b - a) > 1.959964 * np.sqrt(pooled * (1 - pooled) * 2 / 500)
    assert found.mean() == pytest.approx(power_of(0.2, 0.27, 500, convention="pooled"), abs=0.012)
