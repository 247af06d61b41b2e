"""The clients of the planted office: when they come, which documents they need, and how long everything will take.

All draws are made before the office opens, so that they don't depend on who waits for whom; durations are whole seconds.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from helpers.paperwork.planted.office import Office

SECONDS_PER_HOUR = 3600
SECONDS_PER_DAY = 8 * SECONDS_PER_HOUR  # of office time


@dataclass(frozen=True)
class Clients:
    """Clients: arrival in seconds of office time; whether they abandon; seconds to open and close the case; after how long they withdraw (-1: never say so)."""

    arrival: list[int]
    abandons: list[bool]
    withdraws: list[int]
    open_case: list[int]
    close_case: list[int]


@dataclass(frozen=True)
class Papers:
    """One entry per document of a client; seconds of each step (lists within lists: one per pass), office seconds of client delays.

    client, kind: positions in the clients and in the office's documents. passes: reviews until right. exception: seconds, 0 for none.
    returned: whether the client ever hands it in.
    """

    client: list[int]
    kind: list[int]
    explain: list[int]
    send: list[int]
    register: list[int]
    review: list[list[int]]
    feedback: list[list[int]]
    file: list[int]
    exception: list[int]
    work: list[list[int]]
    delay: list[list[int]]
    evening: list[list[bool]]
    passes: list[int]
    returned: list[bool]


def draw_arrivals(office: Office, weekdays: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Arrivals in office seconds, ascending: Poisson by day with weekday rhythm and yearly wave, early in the day rather than late."""
    days = np.arange(len(weekdays))
    season = 1 + office.season * np.sin(2 * np.pi * days / len(days))
    counts = rng.poisson(office.arrivals_per_day * np.array(office.weekday_factors)[weekdays] * season)
    within = rng.beta(1.2, 1.5, counts.sum()) * SECONDS_PER_DAY
    return np.sort((np.repeat(days, counts) * SECONDS_PER_DAY + within).astype("int64"))


def draw_clients(office: Office, arrival: np.ndarray, rng: np.random.Generator) -> Clients:
    """The clients themselves, one per arrival."""
    n = len(arrival)
    abandons = rng.random(n) < office.abandoned
    says_so = rng.random(n) < office.says_so
    after = _seconds(rng.uniform(10, 30, n) * 8 * 60)
    return Clients(
        arrival=arrival.tolist(),
        abandons=abandons.tolist(),
        withdraws=np.where(abandons & says_so, arrival + after, -1).tolist(),
        open_case=_touch(office.open_case, 0.4, n, rng).tolist(),
        close_case=_touch(office.close_case, 0.4, n, rng).tolist(),
    )


def draw_papers(office: Office, clients: Clients, rng: np.random.Generator) -> Papers:
    """Every document of every client, with all that will happen to it."""
    client, kind = _needed(office, len(clients.arrival), rng)
    cv = _of(office, "cv")[kind]
    size = _of(office, "size")[kind]
    passes = _passes(office, client, kind, rng)
    shape = (len(kind), office.passes)
    column = (len(kind), 1)
    return Papers(
        client=client.tolist(),
        kind=kind.tolist(),
        explain=_explain(office, client, kind, cv, rng).tolist(),
        send=_touch(office.send * size, cv, len(kind), rng).tolist(),
        register=_touch(office.register * size, cv, len(kind), rng).tolist(),
        review=_touch(office.review * size.reshape(column), cv.reshape(column), shape, rng).tolist(),
        feedback=_touch(office.feedback * size.reshape(column), cv.reshape(column), shape, rng).tolist(),
        file=_touch(office.file * size, 0.4, len(kind), rng).tolist(),
        exception=_exceptions(office, kind, rng).tolist(),
        work=_client_work(office, kind, shape, rng).tolist(),
        delay=_delays(office, client, kind, shape, rng).tolist(),
        evening=(rng.random(shape) < office.evening).tolist(),
        passes=passes.tolist(),
        returned=_returned(clients, client, rng).tolist(),
    )


def _needed(office: Office, clients: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Client and kind of every document needed; whoever would need none needs the first kind."""
    needs = rng.random((clients, len(office.documents))) < _of(office, "needed")
    needs[:, 0] |= ~needs.any(axis=1)
    return np.nonzero(needs)


def _explain(office: Office, client: np.ndarray, kind: np.ndarray, cv: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds of explaining: some clients need more of it than others, whatever the document."""
    factor = _gamma(1.0, office.client_cv, client.max() + 1, rng)
    return _touch(_of(office, "explain")[kind] * factor[client], cv, len(kind), rng)


def _passes(office: Office, client: np.ndarray, kind: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Reviews until right: the first by the document's share, alike within a client; the later ones by one share for all."""
    of_client = rng.standard_normal(client.max() + 1)[client]
    own = rng.standard_normal(len(kind))
    skill = np.sqrt(office.client_correlation) * of_client + np.sqrt(1 - office.client_correlation) * own
    right = skill < ndtri(_of(office, "right_first_time"))[kind]
    again = rng.geometric(office.right_again, len(kind))
    return np.where(right, 1, np.minimum(1 + again, office.passes))


def _exceptions(office: Office, kind: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    happens = rng.random(len(kind)) < _of(office, "exceptions")[kind]
    return np.where(happens, _touch(office.exception, 0.6, len(kind), rng), 0)


def _client_work(office: Office, kind: np.ndarray, shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Seconds of the client's own work: preparing in the first column, correcting in the others; at most four hours at a time."""
    share = np.r_[1.0, np.full(shape[1] - 1, office.correct_share)]
    drawn = _touch(_of(office, "client_minutes")[kind][:, None] * share, 0.6, shape, rng)
    return np.minimum(drawn, 4 * SECONDS_PER_HOUR)


def _delays(office: Office, client: np.ndarray, kind: np.ndarray, shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Office seconds until the client begins: preparing in the first column, correcting in the others; slow clients are slow throughout."""
    factor = _gamma(1.0, 0.4, client.max() + 1, rng)[client]
    first = _of(office, "delay")[kind]
    mean = np.c_[first, np.full((shape[0], shape[1] - 1), office.correct_delay)] * factor[:, None]
    return _seconds(60 * _gamma(mean, 0.9, shape, rng))


def _returned(clients: Clients, client: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Those who abandon hand in a third of their documents, and never the last."""
    abandons = np.array(clients.abandons)[client]
    last = np.r_[client[1:] != client[:-1], True]
    return ~abandons | ((rng.random(len(client)) < 1 / 3) & ~last)


def _of(office: Office, field: str) -> np.ndarray:
    return np.array([getattr(document, field) for document in office.documents], dtype=float)


def _touch(minutes, cv, shape, rng: np.random.Generator) -> np.ndarray:
    """Gamma-distributed times of that mean and coefficient of variation, in whole seconds, at least half a minute."""
    return np.maximum(_seconds(_gamma(minutes, cv, shape, rng)), 30)


def _gamma(mean, cv, shape, rng: np.random.Generator) -> np.ndarray:
    k = 1 / np.square(cv)
    return rng.gamma(np.broadcast_to(k, shape)) * mean / k


def _seconds(minutes: np.ndarray) -> np.ndarray:
    # Whole seconds at once: the last digit of a logarithm may differ between machines, a rounded second doesn't.
    return np.rint(minutes * 60).astype("int64")
