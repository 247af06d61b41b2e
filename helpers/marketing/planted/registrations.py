"""Who registers after a read: at most once a person, new readers more often, and the more the better the article."""

from dataclasses import dataclass

import numpy as np

from helpers.marketing.planted import chance, rhythm
from helpers.marketing.planted.cascades import Reads, Shares, World
from helpers.marketing.planted.people import Readers


@dataclass(frozen=True)
class Registrations:
    """One entry each: time, and the read that led to it. `customer_days`: days before the log since which each person of the start is one, -1 if none."""

    time: np.ndarray
    read: np.ndarray
    customer_days: np.ndarray


def registrations(world: World, shares: Shares, reads: Reads, readers: Readers) -> Registrations:
    """Registrations of the year: only by readers who aren't customers yet."""
    rng, settings = world.rng, world.settings
    customer_days = np.where(chance.happens(rng, settings.base_customers, readers.base), 1 + chance.whole(rng, 1000, readers.base), -1)
    is_customer = np.concatenate([customer_days > 0, np.zeros(readers.people - readers.base, bool)])
    likely = np.where(reads.new, settings.register_new, settings.register_known)
    likely = likely * world.lift(shares.article[reads.share], settings.quality_on_registration)
    time = rhythm.soon_after(rng, reads.time)
    wanted = chance.happens(rng, likely, len(reads)) & ~is_customer[readers.person] & ~reads.self_read & (time < world.end)
    read = np.flatnonzero(wanted)
    read = read[np.argsort(time[read], kind="stable")]
    _, first = np.unique(readers.person[read], return_index=True)
    read = read[np.sort(first)]
    return Registrations(time[read], read, customer_days)
