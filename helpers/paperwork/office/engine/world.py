"""The world outside the office, drawn before an option is tried in it: the same clients, documents and luck for every option."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from helpers.paperwork.office.model import Arrivals, Needs, OfficeModel, Sessions


@dataclass(frozen=True)
class Horizon:
    """How long a run lasts, in weeks: warm-up (not measured), the measured weeks, and the tail in which clients keep coming until the measured are served."""

    warm_up: int = 8
    weeks: int = 52
    tail: int = 26

    @property
    def total(self) -> int:
        """All weeks."""
        return self.warm_up + self.weeks + self.tail


@dataclass(frozen=True, eq=False)
class World:
    """One draw of the world. Per client: arrival (hours since the origin, ascending), stays (doesn't give up), openness (uniform luck: the low ones
    adopt new ways first), paper (first of its papers, and the end). Per paper: client, kind (0: the case itself), returns (comes back from the client).
    key: of the luck in the event loop; day_luck: seed of who is there on which day.
    """

    arrival: np.ndarray
    stays: np.ndarray
    openness: np.ndarray
    paper: np.ndarray
    client: np.ndarray
    kind: np.ndarray
    returns: np.ndarray
    key: int
    day_luck: int


@lru_cache(maxsize=4)
def worlds(model: OfficeModel, seed: int, replications: int, horizon: Horizon, multiple: float = 1.0) -> tuple[World, ...]:
    """`replications` independent worlds with `multiple` times the model's clients; kept, so that moving a slider meets the same worlds."""
    sessions = model.sessions.over(horizon.total)
    return tuple(draw_world(model, sessions, multiple, np.random.default_rng([seed, number])) for number in range(replications))


def draw_world(model: OfficeModel, sessions: Sessions, multiple: float, rng: np.random.Generator) -> World:
    """One world over the whole of `sessions`."""
    arrival = draw_arrivals(model.arrivals, sessions, multiple, rng)
    paper, kind = draw_papers(model.needs, len(arrival), rng)
    client = np.repeat(np.arange(len(arrival)), np.diff(paper))
    stays = rng.random(len(arrival)) >= model.abandoned
    returns = stays[client] | ((kind > 0) & (rng.random(len(kind)) < model.returned))
    key, day_luck = rng.integers(2**62, size=2).tolist()
    return World(arrival, stays, rng.random(len(arrival)), paper, client, kind, returns, key, day_luck)


def replayed(world: World, clients: World) -> World:
    """The world in which these clients come first, and its own only after the last of them; its luck stays its own."""
    after = world.arrival > clients.arrival[-1]
    papers = after[world.client]
    sizes = np.concatenate([np.diff(clients.paper), np.diff(world.paper)[after]])

    def joined(name: str, kept: np.ndarray) -> np.ndarray:
        return np.concatenate([getattr(clients, name), getattr(world, name)[kept]])

    return World(
        arrival=joined("arrival", after), stays=joined("stays", after), openness=joined("openness", after),
        paper=np.concatenate([[0], np.cumsum(sizes)]), client=np.repeat(np.arange(len(sizes)), sizes), kind=joined("kind", papers),
        returns=joined("returns", papers), key=world.key, day_luck=world.day_luck)  # fmt: skip


def draw_arrivals(arrivals: Arrivals, sessions: Sessions, multiple: float, rng: np.random.Generator) -> np.ndarray:
    """Moments of arrival in hours since the origin, ascending: Poisson by the hour, with a factor of its own for each day where days vary more."""
    days = np.arange(sessions.weeks * 7)
    expected = arrivals.rates[days % 7] * multiple
    if arrivals.spread > 0:
        expected = expected * rng.gamma(1 / arrivals.spread, arrivals.spread, (len(days), 1))
    if not arrivals.every_day:
        expected = expected * sessions.open_days[:, None]
    hours = np.repeat(np.arange(len(days) * 24), rng.poisson(expected).ravel())
    return np.sort(hours + rng.random(len(hours)))


def draw_papers(needs: Needs, clients: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Where each client's papers start (and the end), and each paper's kind: the case itself, then one of the observed sets of documents."""
    drawn = rng.integers(len(needs.first) - 1, size=clients)
    sizes = np.diff(needs.first)[drawn] + 1
    paper = np.concatenate([[0], np.cumsum(sizes)])
    within = np.arange(paper[-1]) - np.repeat(paper[:-1], sizes)
    places = np.repeat(needs.first[drawn], sizes) + within - 1
    return paper, np.where(within == 0, 0, needs.kinds[places])
