"""The wait for a clerk in closed form, its burstiness taken from the simulation: quick enough to move a slider over."""

from dataclasses import replace

from scipy.optimize import brentq

from helpers.paperwork.office.growth import wait
from helpers.paperwork.office.load import Load

LEAST, MOST = 0.05, 50.0  # burstiness looked for


def burstiness(work: Load, simulated: float) -> float:
    """The peakedness at which the closed form gives this mean wait (office hours) to this work."""
    def missed(peakedness: float) -> float:
        return float(wait(work, work.clerks, peakedness)) - simulated

    if missed(LEAST) > 0 or missed(MOST) < 0:
        return LEAST if missed(LEAST) > 0 else MOST
    return float(brentq(missed, LEAST, MOST, rtol=1e-6))


def at_volume(work: Load, times: float, clerks: int | None = None) -> Load:
    """The same work brought by `times` as many clients, for so many clerks."""
    return replace(work, clients_per_week=work.clients_per_week * times, clerks=clerks or work.clerks)
