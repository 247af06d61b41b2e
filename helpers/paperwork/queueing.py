"""Closed forms for a queue of clients in front of clerks: what a wait should be, before anything is simulated.

Rates and times share one unit (clients per hour, hours). Every function takes numbers or arrays (one entry per position
of a slider) and returns the same. A queue that can't keep up is refused, naming its utilisation and the clerks that would do.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import gammaincc, gammaln, xlogy

from helpers.intake.refusal import Refusal


@dataclass(frozen=True)
class Queue:
    """The long run of a queue; fields are numbers or arrays.

    utilisation: share of clerks' time in use. wait_probability: share of arrivals that have to wait.
    wait (Wq) and lead_time (W): means, in the unit of the service time. queue_length (Lq) and in_system (L): mean numbers.
    """

    utilisation: float
    wait_probability: float
    wait: float
    queue_length: float
    lead_time: float
    in_system: float


def utilisation(arrival_rate, service_mean, clerks):
    """Share of the clerks' time that the arrivals need: arrival rate x mean service time / clerks. May be above 1."""
    return np.asarray(arrival_rate, float)[()] * service_mean / clerks


def stable_clerks(arrival_rate, service_mean):
    """The smallest number of clerks that keeps up (utilisation below 1)."""
    return np.floor(np.asarray(arrival_rate, float) * service_mean + 1e-12).astype(int)[()] + 1


def erlang_b(clerks, load):
    """Share of arrivals lost when nobody may wait (Erlang B).

    load: arrival rate x mean service time, in erlang. Written as Poisson mass over Poisson distribution in logarithms, so that hundreds of
    clerks neither overflow nor need a loop; defined for fractions of a clerk too, as Hayward's approximation needs them.
    """
    clerks, load = np.asarray(clerks, float), np.asarray(load, float)
    return (np.exp(xlogy(clerks, load) - load - gammaln(clerks + 1)) / gammaincc(clerks + 1, load))[()]


def erlang_c(clerks, load):
    """Share of arrivals that wait in an M/M/c queue (Erlang C), from Erlang B.

    load: arrival rate x mean service time, in erlang. Refusal where load >= clerks.
    """
    refuse_overload(load, 1.0, clerks)
    lost = erlang_b(clerks, load)
    return lost / (1 - utilisation(load, 1.0, clerks) * (1 - lost))


def mmc(arrival_rate, service_mean, clerks) -> Queue:
    """The M/M/c queue: Poisson arrivals, exponential service, c clerks, first come first served.

    arrival_rate per unit of time, service_mean in that unit. Refusal where utilisation reaches 1.
    """
    refuse_overload(arrival_rate, service_mean, clerks)
    load = np.asarray(arrival_rate, float)[()] * service_mean
    waits = erlang_c(clerks, load)
    return _queue(arrival_rate, service_mean, clerks, waits, waits * service_mean / (clerks - load))


def mg1(arrival_rate, service_mean, service_cv2) -> Queue:
    """The M/G/1 queue by Pollaczek-Khinchine: one clerk, service of any distribution.

    service_cv2: variance of the service time over its mean squared. Refusal where utilisation reaches 1.
    """
    refuse_overload(arrival_rate, service_mean, 1)
    rho = utilisation(arrival_rate, service_mean, 1)
    wait = rho * (1 + np.asarray(service_cv2, float)[()]) / (2 * (1 - rho)) * service_mean
    return _queue(arrival_rate, service_mean, 1, rho, wait)


def mgc(arrival_rate, service_mean, clerks, service_cv2=1.0, arrival_cv2=1.0,
        method: Literal["allen_cunneen", "sakasegawa"] = "allen_cunneen") -> Queue:
    """The G/G/c queue, approximately: a wait that varies with the variability of arrivals and service.

    allen_cunneen scales the exact M/M/c wait by (arrival_cv2 + service_cv2) / 2 (Allen 1990); sakasegawa replaces the
    M/M/c wait by rho^(sqrt(2(c+1)) - 1) / (c (1 - rho)) x service_mean (Sakasegawa 1977). Exact for M/M/c and, by the
    first, for M/G/1. The share that waits is M/M/c's. Refusal where utilisation reaches 1.
    """
    if method not in ("allen_cunneen", "sakasegawa"):
        raise Refusal(f"'{method}' is no known approximation", where="mgc", remedy="Use 'allen_cunneen' or 'sakasegawa'")
    base = mmc(arrival_rate, service_mean, clerks)
    wait = base.wait
    if method == "sakasegawa":
        rho, clerks = base.utilisation, np.asarray(clerks, float)[()]
        wait = rho ** (np.sqrt(2 * (clerks + 1)) - 1) / (clerks * (1 - rho)) * service_mean
    wait = wait * (np.asarray(arrival_cv2, float)[()] + service_cv2) / 2
    return _queue(arrival_rate, service_mean, clerks, base.wait_probability, wait)


def bursty_wait(arrival_rate, service_mean, clerks, peakedness):
    """Mean wait where work comes in bursts, by Hayward's approximation (Fredericks 1980): the M/M/c wait at clerks / z and load / z.

    peakedness (z): variance over mean of the work in progress if there were clerks without end; 1 for Poisson arrivals, more where one client brings
    several documents at once. Exact at 1. Refusal where utilisation reaches 1.
    """
    refuse_overload(arrival_rate, service_mean, clerks)
    peakedness = np.asarray(peakedness, float)[()]
    groups, load = clerks / peakedness, np.asarray(arrival_rate, float)[()] * service_mean / peakedness
    return erlang_c(groups, load) * service_mean / (groups - load)


def visits(rework_share):
    """Mean number of passes when each pass fails with probability `rework_share` (0 up to, not including, 1)."""
    share = np.asarray(rework_share, float)
    if np.any(share >= 1) or np.any(share < 0):
        raise Refusal(f"a rework share of {100 * _worst(share):.0f} % has no end", where="rework share", remedy="Give a share from 0 to below 1")
    return (1 / (1 - share))[()]


def with_rework(arrival_rate, service_mean, clerks, rework_share) -> Queue:
    """The M/M/c queue that a share of the served rejoins (Jackson 1957); wait and lead time per client, all passes together.

    The clerks see arrival_rate / (1 - rework_share). queue_length and in_system count clients, so Little's law holds on
    the arrival rate from outside. Refusal where utilisation, rework included, reaches 1.
    """
    passes = visits(rework_share)
    per_pass = mmc(np.asarray(arrival_rate, float)[()] * passes, service_mean, clerks)
    return Queue(per_pass.utilisation, per_pass.wait_probability, per_pass.wait * passes, per_pass.queue_length,
                 per_pass.lead_time * passes, per_pass.in_system)


def priority_waits(arrival_rates, service_mean, clerks, service_cv2=1.0) -> np.ndarray:
    """Mean wait of each class when a more urgent class goes first, without interrupting anybody (Cobham 1954).

    arrival_rates: one per class, most urgent first; one service time for all. Exact for M/M/c and M/G/1.
    Refusal where utilisation reaches 1.
    """
    rates = np.asarray(arrival_rates, float)
    together = mgc(rates.sum(), service_mean, clerks, service_cv2)
    below = 1 - np.concatenate([[0.0], np.cumsum(rates) * service_mean / clerks])
    return together.wait * (1 - together.utilisation) / (below[:-1] * below[1:])


def waits_longer_than(time, arrival_rate, service_mean, clerks):
    """Share of arrivals to an M/M/c queue that wait longer than `time`: Erlang C x exp(-(c - load) time / service_mean)."""
    load = np.asarray(arrival_rate, float)[()] * service_mean
    return erlang_c(clerks, load) * np.exp(-(clerks - load) * np.asarray(time, float)[()] / service_mean)


def clerks_for_utilisation(arrival_rate, service_mean, bound):
    """The smallest number of clerks whose utilisation stays at or below `bound` (above 0, below 1)."""
    bound = np.asarray(bound, float)
    if np.any(bound <= 0) or np.any(bound >= 1):
        raise Refusal(f"a utilisation of {100 * _worst(bound):.0f} % can't be aimed at", where="target utilisation", remedy="Give a share above 0 and below 1")
    needed = np.ceil(np.asarray(arrival_rate, float) * service_mean / bound - 1e-9)
    return np.maximum(needed, 1).astype(int)[()]


def clerks_for_wait(arrival_rate, service_mean, target_wait, service_cv2=1.0):
    """The smallest number of clerks whose mean wait is at most `target_wait` (above 0), by Allen-Cunneen."""
    return _fewest(arrival_rate, service_mean, target_wait, lambda rate, clerks: mgc(rate, service_mean, clerks, service_cv2).wait)


def clerks_for_bursty_wait(arrival_rate, service_mean, target_wait, peakedness):
    """The smallest number of clerks whose mean wait is at most `target_wait` (above 0), by Hayward's approximation."""
    return _fewest(arrival_rate, service_mean, target_wait, lambda rate, clerks: bursty_wait(rate, service_mean, clerks, peakedness))


def refuse_overload(arrival_rate, service_mean, clerks, where: str = "queue") -> None:
    """Refusal if any utilisation reaches 1: names the worst one and the clerks that would do. where: whose queue it is."""
    rate, mean, clerks = np.broadcast_arrays(np.asarray(arrival_rate, float), service_mean, clerks)
    if np.any(rate < 0) or np.any(mean <= 0) or np.any(clerks <= 0):
        raise Refusal("arrivals can't be negative, service takes time, and somebody must be there to serve", where=where,
                      remedy="Check the arrival rate, the service time and the number of clerks")
    rho = utilisation(rate, mean, clerks)
    if np.any(rho >= 1):
        worst = np.unravel_index(np.argmax(rho), np.shape(rho))
        raise overload(float(rate[worst] * mean[worst]), float(clerks[worst]), where)


def overload(load: float, clerks: float, where: str) -> Refusal:
    """The refusal of a queue whose clerks can't keep up. load: clerks' worth of work that arrives; clerks: how many there are."""
    return Refusal(f"the clerks can't keep up: utilisation would be {100 * load / clerks:.0f} % of {clerks:g} clerk{'s' if clerks != 1 else ''}, "
                   "and the queue would grow without end", where=where, remedy=f"At least {stable_clerks(load, 1.0)} clerks are needed")


def _fewest(arrival_rate, service_mean, target_wait, wait):
    """The smallest numbers of clerks at which wait(arrival_rate, clerks) is at most `target_wait`, searched upwards from those that keep up."""
    if np.any(np.asarray(target_wait) <= 0):
        raise Refusal("a mean wait of zero needs endless clerks", where="target wait", remedy="Give a time above 0")
    rate, target = np.broadcast_arrays(np.asarray(arrival_rate, float), target_wait)
    needed = np.array(stable_clerks(rate, service_mean))
    while np.any(late := wait(rate, needed) > target):
        needed = needed + late
    return needed[()]


def _queue(arrival_rate, service_mean, clerks, waits, wait) -> Queue:
    """The other measures of a queue from its mean wait, by Little's law."""
    rate = np.asarray(arrival_rate, float)[()]
    lead = wait + np.asarray(service_mean, float)[()]
    return Queue(utilisation(rate, service_mean, clerks), waits, wait, rate * wait, lead, rate * lead)


def _worst(share: np.ndarray) -> float:
    """The entry farthest outside 0..1, for the words of a refusal."""
    return float(np.ravel(share)[np.argmax(np.abs(np.ravel(share) - 0.5))])
