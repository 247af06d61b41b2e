"""Value of information: published examples, closed forms, invariants over draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from helpers.decision import information as info
from helpers.decision.uncertainty import Assumption, chance, draw
from helpers.intake.refusal import Refusal


def test_evpi_published(published):
    entry = published("evpi_wikipedia")
    payoff, p, expected = entry["inputs"]["payoff"], entry["inputs"]["p"], entry["expected"]
    assert info.expected_payoffs(payoff, p) == pytest.approx(expected["emv"])
    assert info.evpi_table(payoff, p) == pytest.approx(expected["evpi"])
    assert info.expected_payoffs(payoff, p).max() + info.evpi_table(payoff, p) == pytest.approx(expected["ev_given_pi"])


def test_evpi_of_draws_is_that_of_the_table_they_were_drawn_from(published):
    entry = published("evpi_wikipedia")["inputs"]
    states = np.repeat([0, 1, 2], [500, 300, 200])
    values = {str(i): np.array(row)[states] for i, row in enumerate(entry["payoff"])}
    assert info.evpi(values) == pytest.approx(350)
    assert info.evppi_binned(states, values, bins=10) == pytest.approx(350)


def test_evsi_published(published):
    entry = published("evsi_goferbroke")
    given_, expected = entry["inputs"], entry["expected"]
    payoff, prior = [given_["payoff"]["drill"], given_["payoff"]["sell"]], [given_["prior_oil"], 1 - given_["prior_oil"]]
    favourable = np.array([given_["p_favourable"]["oil"], given_["p_favourable"]["dry"]])
    survey = info.evsi_table(payoff, prior, [favourable, 1 - favourable])
    assert info.expected_payoffs(payoff, prior).max() == pytest.approx(expected["emv_prior"])
    assert info.evpi_table(payoff, prior) == pytest.approx(expected["evpi"])
    assert survey.evsi == pytest.approx(expected["evsi"])
    assert survey.net(given_["survey_cost"]) == pytest.approx(expected["net_value_of_survey"])
    assert survey.posterior[:, 0] == pytest.approx(list(expected["posterior_oil"].values()))
    assert survey.choice == (0, 1)  # drill if favourable, else sell


@given(st.integers(2, 4), st.integers(2, 4), st.integers(2, 4), st.integers(0, 10**6))
def test_sample_information_lies_between_nothing_and_perfect(options, states, messages, seed):
    rng = np.random.default_rng(seed)
    payoff, p = rng.normal(0, 100, (options, states)), rng.dirichlet(np.ones(states))
    evsi = info.evsi_table(payoff, p, rng.dirichlet(np.ones(messages), states).T).evsi
    assert -1e-9 <= evsi <= info.evpi_table(payoff, p) + 1e-9


@settings(max_examples=40)
@given(st.integers(2, 4), st.integers(0, 10**6))
def test_partial_information_lies_between_nothing_and_perfect(options, seed):
    rng = np.random.default_rng(seed)
    draws = {name: rng.normal(size=400) for name in "ab"}
    values = {str(i): rng.normal() + rng.normal() * draws["a"] + rng.normal() * draws["b"] ** 2 for i in range(options)}
    perfect = info.evpi(values)
    for name in "ab":
        assert 0 <= info.value_of_learning(draws[name], values) <= perfect
        assert -1e-9 <= info.evppi_binned(draws[name], values) <= perfect + 1e-9


GAIN = Assumption("gain", -60, 100)  # normal: mean 20, sd 62.4
OTHER = Assumption("other", -10, 10)


def test_evppi_agrees_with_the_normal_closed_form_and_with_bins():
    draws = draw([GAIN, OTHER], 4096)
    values = {"nothing": np.zeros(4096), "act": draws["gain"] + draws["other"]}
    exact = info.evsi_normal(20, draws["gain"].std(), 0.0)
    assert info.value_of_learning(draws["gain"], values) == pytest.approx(exact, rel=0.03)
    assert info.evppi_binned(draws["gain"], values) == pytest.approx(exact, rel=0.03)
    assert list(info.evppi(draws, values)) == ["gain", "other"]


def test_an_unknown_without_bearing_shows_no_more_than_the_noise_floor():
    draws = draw([GAIN, OTHER], 4096)
    values = {"nothing": np.zeros(4096), "act": draws["gain"]}
    assert info.value_of_learning(draws["other"], values) <= info.noise_floor(values) < 0.02 * info.evpi(values)


@pytest.mark.parametrize("se", [10.0, 60.0, 200.0])
def test_evsi_of_simulated_pilots_agrees_with_the_closed_form(se):
    draws = draw([GAIN], 4096)
    result = draws["gain"] + se * chance(4096)
    values = {"nothing": np.zeros(4096), "act": draws["gain"]}
    exact = info.evsi_normal(20, draws["gain"].std(), se)
    assert info.value_of_learning(result, values) == pytest.approx(exact, abs=0.04 * info.evpi(values))


@given(st.floats(-3, 3), st.floats(0.1, 3), st.floats(0, 5), st.floats(-4, 4), st.floats(-4, 4))
@settings(max_examples=50)
def test_evsi_normal_is_the_integral_it_stands_for(mean, sd, se, slope, intercept):
    spread = abs(slope) * sd**2 / np.hypot(sd, se)
    centre = intercept + slope * mean
    if spread < 1e-3:
        return
    ahead = integrate.quad(lambda x: max(x, 0) * stats.norm.pdf(x, centre, spread), centre - 12 * spread, centre + 12 * spread,
                           points=[0] if abs(centre) < 12 * spread else None)[0]
    assert info.evsi_normal(mean, sd, se, slope, intercept) == pytest.approx(ahead - max(centre, 0), abs=1e-5 * max(1, abs(centre) + spread))


@given(st.floats(0.01, 5), st.floats(-3, 3))
def test_more_people_teach_more_and_never_more_than_perfect_knowledge(sd, mean):
    errors = np.array([1e-9, 0.1, 0.5, 1, 5, 50])
    evsi = info.evsi_normal(mean, sd, errors)
    assert (np.diff(evsi) <= 1e-12).all() and (evsi >= 0).all()
    assert info.evsi_normal(mean, 0.0, 1.0) == 0


def test_best_pilot_trades_price_for_knowledge():
    sizes = np.arange(50, 5000, 50)
    cheap, dear = (info.best_pilot(sizes, 0.03, 0.005, 0.004, 1e6, -5000, price, fixed_cost=100) for price in (0.01, 0.3))
    assert cheap.per_arm[cheap.best] > dear.per_arm[dear.best] and cheap.worth_it
    assert not info.best_pilot(sizes, 0.03, 0.05, 0.001, 1e6, -5000, 1.0).worth_it  # nobody doubts it: nothing to learn
    clustered = info.best_pilot(sizes, 0.03, 0.005, 0.004, 1e6, -5000, 0.01, design_effect=3)
    assert (clustered.evsi < cheap.evsi).all()


def test_profit_maximising_size_published():
    """Feit and Berman (2019), website example: 100,000 visitors, mean 0.68, sd of the prior 0.03: 2,284 in each arm."""
    assert info.profit_maximising_size(100_000, np.sqrt(0.68 * 0.32), 0.03) == pytest.approx(2284, abs=0.5)


@pytest.mark.parametrize("population, s, sd", [(100_000, 0.466, 0.03), (2_000, 0.2, 0.02), (500, 1.0, 1.0)])
def test_profit_maximising_size_is_the_optimum_of_expected_profit(population, s, sd):
    n = np.arange(1, population // 2)
    learnt = np.sqrt(2) * sd**2 / np.sqrt(sd**2 + s**2 / n)  # sd of the posterior means' difference
    profit = (population - 2 * n) * learnt / np.sqrt(2 * np.pi)  # above a coin's choice: E max of two = sd of difference / sqrt(2 pi)
    assert info.profit_maximising_size(population, s, sd) == pytest.approx(n[profit.argmax()], abs=1)


def test_refusals():
    with pytest.raises(Refusal, match="don't add to 1"):
        info.evpi_table([[1, 2]], [0.5, 0.6])
    with pytest.raises(Refusal, match="messages"):
        info.evsi_table([[1, 2]], [0.5, 0.5], [[0.5, 0.5]])
