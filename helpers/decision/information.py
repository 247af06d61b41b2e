"""What knowing more would be worth before deciding: perfect, partial and sample information, and the best size of a pilot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from helpers.decision.options import NetValues, matrix
from helpers.intake.refusal import Refusal

DEGREE = 4  # of the polynomial that stands for an expected value given what was learnt


def _probabilities(p) -> np.ndarray:
    p = np.asarray(p, dtype=float)
    if (p < 0).any() or not np.isclose(p.sum(), 1):
        raise Refusal(f"the probabilities {p.tolist()} don't add to 1", "payoff table", "give one probability per state of the world")
    return p


def expected_payoffs(payoff, p) -> np.ndarray:
    """Expected value of each option of a payoff table. payoff: options x states; p: probability of each state."""
    return np.asarray(payoff, float) @ _probabilities(p)


def evpi_table(payoff, p) -> float:
    """Expected value of perfect information: what knowing the state beforehand is worth at most (same money as payoff)."""
    return float(np.max(payoff, axis=0) @ _probabilities(p) - expected_payoffs(payoff, p).max())


@dataclass(frozen=True)
class SampleInformation:
    """EVSI of an imperfect message; posterior: messages x states; choice: index of the best option per message."""

    evsi: float
    posterior: np.ndarray
    message_probability: np.ndarray
    choice: tuple[int, ...]

    def net(self, cost: float) -> float:
        """EVSI less what the message costs."""
        return self.evsi - cost


def evsi_table(payoff, p, likelihood) -> SampleInformation:
    """Expected value of sample information of a payoff table.

    likelihood: messages x states, the probability of each message in each state (columns add to 1).
    Source: preposterior analysis, Raiffa and Schlaifer (1961).
    """
    p, likelihood, payoff = _probabilities(p), np.asarray(likelihood, float), np.asarray(payoff, float)
    if not np.allclose(likelihood.sum(axis=0), 1):
        raise Refusal("the probabilities of the messages don't add to 1 in every state", "payoff table", "give one row per message")
    joint = likelihood * p
    message = joint.sum(axis=1)
    posterior = np.divide(joint, message[:, None], out=np.zeros_like(joint), where=message[:, None] > 0)
    values = posterior @ payoff.T
    evsi = float(message @ values.max(axis=1) - expected_payoffs(payoff, p).max())
    return SampleInformation(evsi, posterior, message, tuple(values.argmax(axis=1).tolist()))


def evpi(values: NetValues) -> float:
    """Expected value of perfect information over draws: mean of the best less best of the means. Never negative."""
    table = matrix(values)
    return max(float(table.max(axis=1).mean() - table.mean(axis=0).max()), 0.0)


@lru_cache(maxsize=16)
def _basis(count: int, degree: int) -> np.ndarray:
    """Orthonormal polynomials of the ranks 1 to `count`: count x degree + 1. Ranks are the same for every signal, only their order differs."""
    return np.linalg.qr(np.polynomial.legendre.legvander(np.linspace(-1, 1, count), degree))[0]


def _fitted(signal: np.ndarray, table: np.ndarray, degree: int) -> tuple[np.ndarray, np.ndarray]:
    """The order of the signal, and in that order the expected net values given it."""
    order = np.argsort(signal, kind="stable")
    basis = _basis(len(order), degree if np.ptp(signal) > 0 else 0)
    return order, basis @ (basis.T @ table[order])


def given(signal: np.ndarray, table: np.ndarray, degree: int = DEGREE) -> np.ndarray:
    """The expected net values given what `signal` shows: draws x options, by polynomial regression on the signal's ranks.

    Source: Strong, Oakley and Brennan (2014), Medical Decision Making 34(3).
    """
    order, fitted = _fitted(signal, table, degree)
    back = np.empty_like(fitted)
    back[order] = fitted
    return back


def value_of_learning(signal: np.ndarray, values: NetValues, degree: int = DEGREE) -> float:
    """What seeing `signal` before choosing is worth: EVPPI if it is the unknown itself, EVSI if it is a test's result.

    signal: one number per draw, the draws being those of `values`. Lies between 0 and `evpi`.
    """
    return _gain(np.asarray(signal, float), matrix(values), degree)


def _gain(signal: np.ndarray, table: np.ndarray, degree: int = DEGREE) -> float:
    chosen_now = table.mean(axis=0).max()
    gain = _fitted(signal, table, degree)[1].max(axis=1).mean() - chosen_now
    perfect = table.max(axis=1).mean() - chosen_now
    return float(min(gain, perfect)) if gain > 1e-9 * np.abs(table).max() else 0.0


def evppi_binned(signal: np.ndarray, values: NetValues, bins: int = 24) -> float:
    """`value_of_learning` by means within bins of equal count: a second way, coarser and a little too high."""
    table = matrix(values)
    groups = np.array_split(table[np.argsort(signal, kind="stable")], bins)
    gain = sum(len(group) * group.mean(axis=0).max() for group in groups) / len(table) - table.mean(axis=0).max()
    return max(float(gain), 0.0)


def evppi(draws: Mapping[str, np.ndarray], values: NetValues, names: Sequence[str] | None = None) -> dict[str, float]:
    """What knowing each unknown exactly would be worth, in CNY, the most valuable first: measure this next."""
    table = matrix(values)
    worth = {name: _gain(draws[name], table) for name in (names or draws)}
    return dict(sorted(worth.items(), key=lambda item: -item[1]))


def noise_floor(values: NetValues, seed: int = 0, shuffles: int = 20) -> float:
    """The EVPPI that an unknown without any bearing would show by chance (95th percentile): less than this is nothing."""
    rng, table = np.random.default_rng(seed), matrix(values)
    return float(np.quantile([_gain(rng.permutation(len(table)), table) for _ in range(shuffles)], 0.95))


def unit_loss(distance) -> np.ndarray:
    """Expected positive part of a standard normal number less `distance` (Raiffa and Schlaifer's unit normal loss)."""
    distance = np.asarray(distance, float)
    return np.exp(-(distance**2) / 2) / np.sqrt(2 * np.pi) - distance * ndtr(-distance)


def evsi_normal(prior_mean, prior_sd, standard_error, slope=1.0, intercept=0.0) -> np.ndarray:
    """EVSI of a test that measures an unknown with `standard_error`, when one option gains intercept + slope x unknown on the other.

    The unknown is normal beforehand. Arrays broadcast. As the standard error goes to 0 this is the EVPI.
    Source: preposterior analysis with normal prior and data, Raiffa and Schlaifer (1961).
    """
    prior_sd, standard_error = np.asarray(prior_sd, float), np.asarray(standard_error, float)
    shrunk = np.abs(slope) * prior_sd**2 / np.hypot(prior_sd, standard_error)
    gain = np.abs(intercept + np.asarray(slope) * prior_mean)
    distance = np.divide(gain, shrunk, out=np.full(np.broadcast(gain, shrunk).shape, np.inf), where=shrunk > 0)
    return np.where(np.isfinite(distance), shrunk * unit_loss(np.where(np.isfinite(distance), distance, 0)), 0.0)[()]


def share_standard_error(share, per_arm, design_effect=1.0) -> np.ndarray:
    """Standard error of the difference of two shares near `share`, `per_arm` people in each arm, inflated for clusters."""
    share = np.asarray(share, float)
    return np.sqrt(2 * share * (1 - share) * design_effect / np.asarray(per_arm, float))


@dataclass(frozen=True)
class PilotSize:
    """Pilots of growing size: people per arm, EVSI and what is left after price and delay (CNY); `best` indexes the best one."""

    per_arm: np.ndarray
    evsi: np.ndarray
    net: np.ndarray
    best: int

    @property
    def worth_it(self) -> bool:
        """Whether any size pays for itself."""
        return bool(self.net[self.best] > 0)


def best_pilot(per_arm, share, prior_mean, prior_sd, slope, intercept, cost_per_person=0.0, fixed_cost=0.0, design_effect=1.0) -> PilotSize:
    """The pilot size with the highest EVSI less price. per_arm: sizes to try; slope is the money per unit of the unknown.

    cost_per_person: what one more person in each arm costs, delay included (CNY); fixed_cost: what any pilot costs.
    """
    per_arm = np.asarray(per_arm, float)
    evsi = evsi_normal(prior_mean, prior_sd, share_standard_error(share, per_arm, design_effect), slope, intercept)
    net = evsi - fixed_cost - cost_per_person * per_arm
    return PilotSize(per_arm, evsi, net, int(np.argmax(net)))


def profit_maximising_size(population: float, response_sd: float, prior_sd: float) -> float:
    """Test & Roll: the profit-maximising people per arm when all others then get the winner (unrounded), both arms under the same normal prior.

    Source: Feit and Berman (2019), Marketing Science 38(6), eq. 10. Free of price and delay: compare with `best_pilot`.
    """
    noise = (response_sd / prior_sd) ** 2
    return float(np.sqrt(population / 4 * noise + (3 / 4 * noise) ** 2) - 3 / 4 * noise)
