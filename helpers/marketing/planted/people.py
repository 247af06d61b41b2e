"""Salespeople and their networks: who is known, who is new, who has a second device."""

from dataclasses import dataclass

import numpy as np

from helpers.marketing.planted import chance
from helpers.marketing.planted.settings import Settings

OLDER_FIRST = 1.5  # people who have long been in a network read more than those who came last


@dataclass(frozen=True)
class Salespeople:
    """One entry each: publishing weight, readers per publish, the day they joined, people known at the start, quantile of their new share."""

    weight: np.ndarray
    audience: np.ndarray
    first_day: np.ndarray
    base: np.ndarray
    openness: np.ndarray


@dataclass(frozen=True)
class Readers:
    """Who made each read: person, and whether on a second device."""

    person: np.ndarray
    second: np.ndarray
    people: int
    base: int


def salespeople(rng: np.random.Generator, settings: Settings) -> Salespeople:
    """Heavy-tailed salespeople: log-normal publishing and audience; the more they reach, the more people they know at the start."""
    count = settings.salespeople
    weight = chance.lognormal(rng, 1.0, settings.salesperson_spread, count)
    audience = chance.lognormal(rng, 1.0, 0.5, count)
    joined = np.where(chance.happens(rng, settings.joiners, count), 30 + chance.whole(rng, 220, count), 0)
    reach = weight * audience * (1 - joined / settings.days)
    base = 3 + np.floor(np.round(settings.known_at_start * count * reach / reach.sum(), chance.DIGITS)).astype(int)
    audience = settings.direct_reads * audience * weight.sum() / (weight * audience).sum()
    return Salespeople(weight, audience, joined, base, np.round(rng.random(count), chance.DIGITS))


def new_share(team: Salespeople, settings: Settings) -> np.ndarray:
    """The chance that a re-forwarded read is by a new person: a row per salesperson, a column per topic."""
    means = np.array([topic.new_share for topic in settings.topics])
    return chance.beta_quantile(np.clip(team.openness, 1e-6, 1 - 1e-6)[:, None], means, settings.icc)


def networks(rng: np.random.Generator, salesperson: np.ndarray, forwarded: np.ndarray, base: np.ndarray, settings: Settings) -> np.ndarray:
    """Among whose people each read lands: the publishing salesperson's, or for some forwarded reads another's."""
    elsewhere = forwarded & chance.happens(rng, settings.other_network, len(salesperson))
    return np.where(elsewhere, chance.choice(rng, base, len(salesperson)), salesperson)


def readers(rng: np.random.Generator, pool: np.ndarray, time: np.ndarray, new: np.ndarray, base: np.ndarray, settings: Settings) -> Readers:
    """Who reads: a new person joins the network `pool`; a known one is drawn from those in it by then, older ones more often."""
    order = np.lexsort((time, pool, ~new))[: new.sum()]  # the new reads, network by network, in time
    key = pool.astype(np.int64) << 32
    joined_before = np.searchsorted(key[order] + time[order], key + time)
    starts = np.searchsorted(key[order], key)
    size = base[pool] + joined_before - starts
    drawn = np.floor(np.round(size * rng.random(len(pool)) ** OLDER_FIRST, chance.DIGITS)).astype(int)
    person = _numbered(np.minimum(drawn, size - 1), pool, starts, base)
    person[order] = base.sum() + np.arange(len(order))
    owns = chance.happens(rng, settings.second_device, base.sum() + len(order))
    second = owns[person] & ~new & chance.happens(rng, settings.second_device_use, len(pool))
    return Readers(person, second, int(base.sum() + len(order)), int(base.sum()))


def _numbered(drawn: np.ndarray, pool: np.ndarray, starts: np.ndarray, base: np.ndarray) -> np.ndarray:
    """People numbered through: first those known at the start, network by network, then those who joined, likewise."""
    from_base = drawn < base[pool]
    return np.where(from_base, (np.cumsum(base) - base)[pool] + drawn, base.sum() + starts + drawn - base[pool])
