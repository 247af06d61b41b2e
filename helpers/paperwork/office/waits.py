"""The wait for a clerk in closed form, its burstiness fitted to one simulation of today's office: quick enough to move a slider over."""

from dataclasses import replace

from numpy.typing import ArrayLike
from scipy.optimize import brentq

from helpers.paperwork import queueing
from helpers.paperwork.office.load import Load

LEAST, MOST = 0.05, 50.0  # burstiness looked for


def wait(work: Load, clerks: ArrayLike, peakedness: float) -> ArrayLike:
    """Mean wait per handling in office hours of this work with so many clerks (number or array). Raises Refusal where they can't keep up."""
    service = work.hours_per_client / work.handlings_per_client
    return queueing.bursty_wait(work.erlangs / service, service, clerks, peakedness)


def burstiness(work: Load, simulated: float) -> float:
    """How much burstier than Poisson arrivals the work is: the peakedness at which the closed form gives this mean wait (office hours)."""

    def missed(peakedness: float) -> float:
        return float(wait(work, work.clerks, peakedness)) - simulated

    if missed(LEAST) > 0 or missed(MOST) < 0:
        return LEAST if missed(LEAST) > 0 else MOST
    return float(brentq(missed, LEAST, MOST, rtol=1e-6))


def at_volume(work: Load, times: float, clerks: int | None = None) -> Load:
    """The same work brought by `times` as many clients, for so many clerks."""
    return replace(work, clients_per_week=work.clients_per_week * times, clerks=clerks or work.clerks)
