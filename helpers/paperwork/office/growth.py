"""What happens as more clients come: the wait against utilisation, and the clerks and money that each option needs at many times today's clients.

The waits come from a closed form for work in bursts, fitted to one simulation of today's office; the tests hold it against simulations elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from helpers.paperwork import queueing
from helpers.paperwork.office.change import DO_NOTHING, Option
from helpers.paperwork.office.engine.world import Horizon
from helpers.paperwork.office.load import Load, load
from helpers.paperwork.office.model import OfficeModel
from helpers.paperwork.office.outcome import simulate

MOST_PEAKED = 50.0


@dataclass(frozen=True)
class Bursts:
    """How much burstier the office's work is than Poisson arrivals (peakedness, see queueing.bursty_wait), and the wait it was fitted to (office hours)."""

    peakedness: float
    wait: float


@dataclass(frozen=True)
class Running:
    """What an option costs to run, beside its clerks: per year, and per client served. In money of today."""

    per_year: float = 0.0
    per_client: float = 0.0


@dataclass(frozen=True, eq=False)
class Growth:
    """One option at multiples of today's clients; one entry per multiple.

    clerks: whole ones; wait: office hours per handling; cost: per year, of clerks and running.
    """

    option: Option
    multiples: np.ndarray
    clerks: np.ndarray
    utilisation: np.ndarray
    wait: np.ndarray
    cost: np.ndarray


def bursts(model: OfficeModel, seed: int = 1, replications: int = 6, horizon: Horizon = Horizon()) -> Bursts:
    """The burstiness that makes the closed form's wait today's simulated wait. Refusal where today's clerks can't keep up."""
    simulated = float(simulate(model, [DO_NOTHING], seed, replications, horizon)[0].runs["wait"].mean())
    today = load(model)

    def miss(peakedness: float) -> float:
        return wait(today, today.clerks, peakedness) - simulated

    if miss(1.0) >= 0:
        return Bursts(1.0, simulated)
    return Bursts(float(brentq(miss, 1.0, MOST_PEAKED)) if miss(MOST_PEAKED) > 0 else MOST_PEAKED, simulated)


def wait(work: Load, clerks, peakedness: float):
    """Mean wait per handling in office hours of this work with so many clerks (number or array). Refusal where they can't keep up."""
    service = work.hours_per_client / work.handlings_per_client
    return queueing.bursty_wait(work.erlangs / service, service, clerks, peakedness)


def hockey_stick(model: OfficeModel, option: Option, utilisation: Sequence[float], peakedness: float) -> np.ndarray:
    """Mean wait per handling (office hours) at these utilisations (below 1), with the option's own clerks: flat, then steep. For a slider."""
    work, rho = load(model, option), np.asarray(utilisation, float)
    service = work.hours_per_client / work.handlings_per_client
    return queueing.bursty_wait(rho * work.clerks / service, service, float(work.clerks), peakedness)


def growth(model: OfficeModel, options: Sequence[Option], today: Bursts, clerk_cost: float = 0.0, running: Mapping[str, Running] | None = None,
           multiples: Sequence[float] = (1, 2, 5, 10)) -> tuple[Growth, ...]:
    """Clerks and yearly cost of each option at multiples of today's clients, as many clerks as keep today's wait for a clerk.

    clerk_cost: a clerk's yearly cost; running: what else an option costs, by its name. Hires in an option don't count: each multiple hires what it needs.
    """
    return tuple(_grown(model, option, today, clerk_cost, (running or {}).get(option.name, Running()), np.asarray(multiples, float)) for option in options)


def _grown(model: OfficeModel, option: Option, today: Bursts, clerk_cost: float, running: Running, multiples: np.ndarray) -> Growth:
    work = load(model, option)
    service = work.hours_per_client / work.handlings_per_client
    rates = work.erlangs / service * multiples
    clerks = queueing.clerks_for_bursty_wait(rates, service, today.wait, today.peakedness)
    clients = 52 * work.clients_per_week * multiples
    return Growth(option, multiples, clerks, rates * service / clerks, queueing.bursty_wait(rates, service, clerks, today.peakedness),
                  clerks * clerk_cost + running.per_year + running.per_client * clients)
