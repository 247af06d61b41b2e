"""Articles: when they come out, on which topic, how good they are, and which one a salesperson publishes."""

from dataclasses import dataclass

import numpy as np

from helpers.marketing.planted import chance
from helpers.marketing.planted.rhythm import DAY
from helpers.marketing.planted.settings import Settings

GOLDEN = 0.6180339887  # steps through the unit interval evenly, so that the topics' mix shifts smoothly
ON_OFFER = 16


@dataclass(frozen=True)
class Articles:
    """One entry each, in order of release: seconds since the log's start, position of the topic, quality (standard normal, cut at two
    standard deviations: a better article than that would be forwarded without end)."""

    released: np.ndarray
    topic: np.ndarray
    quality: np.ndarray


def articles(rng: np.random.Generator, settings: Settings) -> Articles:
    """A steady stream of articles, the first of them already out when the log starts, whose mix of topics shifts over the year."""
    progress = (np.arange(settings.articles) + 0.5) / settings.articles
    first, last = (np.array([getattr(topic, mix) for topic in settings.topics]) for mix in ("first_mix", "last_mix"))
    mixes = np.cumsum(first + progress[:, None] * (last - first), axis=1)
    even = np.round((rng.random() + GOLDEN * np.arange(settings.articles)) % 1, chance.DIGITS)
    topic = np.minimum((even[:, None] >= np.round(mixes, chance.DIGITS)).sum(axis=1), len(settings.topics) - 1)
    every = settings.days * DAY / (settings.articles - ON_OFFER)
    released = np.maximum(0, np.floor((np.arange(settings.articles) - ON_OFFER + 1) * every).astype(int))
    return Articles(released, topic, np.clip(chance.normal(rng, settings.articles), -2, 2))


def chosen(rng: np.random.Generator, time: np.ndarray, shelf: Articles) -> np.ndarray:
    """The article published at each time: one of the latest on offer, of two at random the better one every third time."""
    latest = np.searchsorted(shelf.released, time, side="right") - 1
    one, other = (np.maximum(0, latest - chance.whole(rng, ON_OFFER, len(time))) for _ in range(2))
    better = chance.happens(rng, 1 / 3, len(time)) & (shelf.quality[other] > shelf.quality[one])
    return np.where(better, other, one)
