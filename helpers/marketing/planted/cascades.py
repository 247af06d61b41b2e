"""Cascades: publishes, their readers, forwards, the forwards' readers, forwards of forwards."""

from dataclasses import dataclass

import numpy as np

from helpers.marketing.planted import chance, rhythm
from helpers.marketing.planted.articles import Articles, chosen
from helpers.marketing.planted.people import Salespeople
from helpers.marketing.planted.settings import Settings


@dataclass(frozen=True)
class Shares:
    """Links sent out (depth 0: a salesperson's publish; deeper: forwards). One entry each; `read` is the read that forwarded it, -1 for a publish."""

    time: np.ndarray
    salesperson: np.ndarray
    article: np.ndarray
    depth: np.ndarray
    read: np.ndarray

    def __len__(self) -> int:
        return len(self.time)


@dataclass(frozen=True)
class Reads:
    """Links opened. One entry each: time, the share it came through, whether the reader is new, or the salesperson."""

    time: np.ndarray
    share: np.ndarray
    new: np.ndarray
    self_read: np.ndarray

    def __len__(self) -> int:
        return len(self.time)


def joined(parts: list) -> object:
    """The parts (all Shares or all Reads) one after the other."""
    names = type(parts[0]).__dataclass_fields__
    return type(parts[0])(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


@dataclass(frozen=True)
class World:
    """What cascades grow from: one random generator, the salespeople, the articles, new shares by salesperson and topic, settings."""

    rng: np.random.Generator
    team: Salespeople
    shelf: Articles
    new_share: np.ndarray
    settings: Settings

    @property
    def end(self) -> int:
        """Seconds from the log's start to its end."""
        return self.settings.days * rhythm.DAY

    def lift(self, article: np.ndarray, effect: float) -> np.ndarray:
        """How these articles' quality multiplies a rate; the mean over all articles is about 1."""
        return np.exp(effect * self.shelf.quality[article] - effect**2 / 2)


def grow(world: World) -> tuple[Shares, Reads]:
    """All shares and reads of the year, generation by generation, until nothing more is forwarded or the log ends."""
    shares, reads = [publishes(world)], []
    share_count = read_count = 0
    while len(shares[-1]):
        reads.append(reads_of(world, shares[-1], share_count))
        shares.append(forwards_of(world, reads[-1], shares[-1], read_count, share_count))
        share_count, read_count = share_count + len(shares[-2]), read_count + len(reads[-1])
    return joined(shares), joined(reads)


def publishes(world: World) -> Shares:
    """What salespeople publish: by their weight and the time since they joined."""
    rng, team, settings = world.rng, world.team, world.settings
    who = chance.choice(rng, team.weight * (1 - team.first_day / settings.days), settings.publishes)
    time = rhythm.publish_times(rng, team.first_day[who], settings)
    order = np.argsort(time, kind="stable")
    who, time = who[order], time[order]
    return Shares(time, who, chosen(rng, time, world.shelf), np.zeros(len(who), int), np.full(len(who), -1))


def reads_of(world: World, shares: Shares, first: int) -> Reads:
    """The reads of one generation of shares (numbered from `first`): how many, when, by whom: new, known, or the salesperson."""
    rng, settings, direct = world.rng, world.settings, first == 0
    share = np.repeat(np.arange(len(shares)), _direct_count(world, shares) if direct else _forwarded_count(world, shares))
    time = rhythm.read_times(rng, shares.time[share])
    by_topic = world.new_share[shares.salesperson, world.shelf.topic[shares.article]][share]
    self_read = chance.happens(rng, settings.self_read if direct else 0.0, len(share))
    new = chance.happens(rng, settings.direct_new if direct else by_topic, len(share)) & ~self_read
    kept = time < world.end
    return Reads(time[kept], share[kept] + first, new[kept], self_read[kept])


def _direct_count(world: World, shares: Shares) -> np.ndarray:
    mean = world.team.audience[shares.salesperson] * world.lift(shares.article, world.settings.quality_on_reading)
    return sum(chance.geometric(world.rng, mean / 2, len(shares)) for _ in range(2))


def _forwarded_count(world: World, shares: Shares) -> np.ndarray:
    more = (world.settings.readers_per_opened_forward - 1) * world.lift(shares.article, world.settings.quality_on_reading)
    opened = ~chance.happens(world.rng, world.settings.unread, len(shares))
    return np.where(opened, 1 + chance.geometric(world.rng, more, len(shares)), 0)


def forwards_of(world: World, reads: Reads, shares: Shares, first_read: int, first_share: int) -> Shares:
    """The forwards that one generation of reads leads to; a salesperson's own read leads to none."""
    rng, settings, source = world.rng, world.settings, reads.share - first_share
    article = shares.article[source]
    likely = np.where(reads.new, settings.forward_new, settings.forward_known) * world.lift(article, settings.quality_on_forwarding)
    time = rhythm.soon_after(rng, reads.time)
    made = np.flatnonzero(chance.happens(rng, likely, len(reads)) & ~reads.self_read & (time < world.end))
    source = source[made]
    return Shares(time[made], shares.salesperson[source], article[made], shares.depth[source] + 1, first_read + made)
