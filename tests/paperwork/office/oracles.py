"""Two other implementations of one small office, in SimPy and in Ciw, and ours: clients bring one to three documents, reviews fail, rework goes first.

All hours are clock hours of an office that never closes: explain, review and feedback take exponential times of a clerk, preparing and correcting
exponential delays of the client.
"""

import random
from dataclasses import dataclass

import ciw
import numpy as np
import pandas as pd
import simpy

from helpers.paperwork.hours import always_open
from helpers.paperwork.office.change import DO_NOTHING
from helpers.paperwork.office.engine.run import play_options, utilisation
from helpers.paperwork.office.engine.world import Horizon, worlds
from helpers.paperwork.office.model import CASE, WEEK, Arrivals, OfficeModel, Step, needs_of, pack, sessions_of
from helpers.paperwork.office.outcome import lead_times, percentile


@dataclass(frozen=True)
class Network:
    """The small office: clients per hour, documents of a client (each as likely), mean hours of the steps, shares of first and later reviews that fail."""

    rate: float = 0.55
    documents: tuple[int, ...] = (1, 2, 3)
    clerks: int = 3
    explain: float = 0.9
    review: float = 0.6
    feedback: float = 0.5
    prepare: float = 10.0
    correct: float = 6.0
    first_failure: float = 0.4
    later_failure: float = 0.2
    warm_up: int = 4  # weeks
    weeks: int = 12

    @property
    def edges(self) -> tuple[float, float]:
        """First and last hour measured."""
        return self.warm_up * WEEK, (self.warm_up + self.weeks) * WEEK


def exponential(points: int = 4000) -> np.ndarray:
    """The exponential distribution of mean 1 in equal shares."""
    values = -np.log(1 - (np.arange(points) + 0.5) / points)
    return values / values.mean()


def as_model(network: Network) -> OfficeModel:
    """The small office as our model."""
    steps = (Step("open"), Step("explain", then="prepare", urgency=(1, 0)), Step("prepare", "clock", "review"), Step("review", on_failure="feedback", urgency=(1, 0)),
             Step("feedback", then="correct", urgency=(1, 0)), Step("correct", "clock", "review"), Step("close"))  # fmt: skip
    means = {step.name: getattr(network, step.name, 0.0) for step in steps}
    hours = {(1, place, visit): exponential() * means[step.name] for place, step in enumerate(steps) for visit in (0, 1) if means[step.name]}
    needed = np.array([[0.0] * len(steps), [float(means[step.name] > 0) for step in steps]])
    return OfficeModel(
        (CASE, "form"), pack(hours, 2, len(steps)), np.repeat(needed[:, :, None], 2, axis=2), np.array([[0, 0], [network.first_failure, network.later_failure]]),
        needs_of([np.ones(size) for size in network.documents]), Arrivals(np.full((7, 24), network.rate)),
        sessions_of(always_open(), pd.Timestamp("2026-01-05", tz="UTC"), 52), network.clerks, steps=steps, entry=("open", "explain", "close"))  # fmt: skip


def in_ours(network: Network, replications: int, seed: int = 1) -> np.ndarray:
    """Per replication: mean wait per document, median and 90th percentile of the client's lead time (h), utilisation."""
    model, horizon = as_model(network), Horizon(network.warm_up, network.weeks, 2)
    (runs,) = play_options(model, [DO_NOTHING], worlds(model, seed, replications, horizon), horizon)
    return np.array([_of_run(run, network) for run in runs])


def _of_run(run, network: Network) -> tuple[float, ...]:
    start, end = network.edges
    came = (run.world.arrival >= start) & (run.world.arrival < end)
    hours = lead_times(run, came)[1]
    papers = run.floor.papers[came[run.world.client] & (run.world.kind > 0)]
    return papers["waited"].mean(), percentile(hours, 0.5), percentile(hours, 0.9), utilisation(run)


def in_simpy(network: Network, seed: int) -> tuple[float, ...]:
    """The same of one run in SimPy."""
    luck, office = random.Random(seed), simpy.Environment()
    clerks = simpy.PriorityResource(office, network.clerks)
    documents, clients, busy = [], [], [0.0]
    start, end = network.edges

    def by_clerk(mean, urgency):
        asked = office.now
        with clerks.request(priority=urgency) as turn:
            yield turn
            began, touch = office.now, luck.expovariate(1 / mean)
            yield office.timeout(touch)
        busy[0] += max(min(began + touch, end) - max(began, start), 0.0)
        return began - asked

    def document(came):
        waited = yield from by_clerk(network.explain, 1)
        yield office.timeout(luck.expovariate(1 / network.prepare))
        waited += yield from by_clerk(network.review, 1)
        chance = network.first_failure
        while luck.random() < chance:
            waited += yield from by_clerk(network.feedback, 0)
            yield office.timeout(luck.expovariate(1 / network.correct))
            waited += yield from by_clerk(network.review, 0)
            chance = network.later_failure
        if start <= came < end:
            documents.append(waited)

    def client():
        came = office.now
        yield office.all_of([office.process(document(came)) for _ in range(luck.choice(network.documents))])
        if start <= came < end:
            clients.append(office.now - came)

    def arrivals():
        while True:
            yield office.timeout(luck.expovariate(network.rate))
            office.process(client())

    office.process(arrivals())
    office.run(until=end + 2 * WEEK)
    return np.mean(documents), percentile(np.array(clients), 0.5), percentile(np.array(clients), 0.9), busy[0] / (end - start) / network.clerks


class Batch(ciw.dists.Distribution):
    """Documents of a client, each number as likely."""

    def __init__(self, sizes):
        self.sizes = sizes

    def sample(self, t=None, ind=None):
        return random.choice(self.sizes)


def in_ciw(network: Network, seed: int) -> tuple[float, ...]:
    """The same of one run in Ciw: a document's class says what it is here for, and changes as it leaves a node (1: the clerks, 2: its client)."""
    start, end = network.edges
    ciw.seed(seed)
    simulation = ciw.Simulation(ciw_network(network))
    simulation.simulate_until_max_time(end + 2 * WEEK)
    rows = pd.DataFrame(simulation.get_all_records())
    came = rows.groupby("id_number")["arrival_date"].min()
    by_clerk = rows[rows["node"] == 1]
    inside = came.index[(came >= start) & (came < end)]
    waited = by_clerk.groupby("id_number")["waiting_time"].sum()[inside]
    hours = (rows.groupby("id_number")["exit_date"].max()[inside]).groupby(came[inside]).max()
    lead = (hours - hours.index).to_numpy()
    busy = (by_clerk["service_end_date"].clip(start, end) - by_clerk["service_start_date"].clip(start, end)).sum()
    return waited.mean(), percentile(lead, 0.5), percentile(lead, 0.9), busy / (end - start) / network.clerks


def ciw_network(network: Network):
    """The small office as Ciw wants it."""
    hours = {"explain": network.explain, "prepare": network.prepare, "review": network.review, "feedback": network.feedback,
             "correct": network.correct, "again": network.review, "done": 1.0}  # fmt: skip
    after_clerk = {"explain": {"prepare": 1}, "review": {"feedback": network.first_failure, "done": 1 - network.first_failure}, "feedback": {"correct": 1},
                   "again": {"feedback": network.later_failure, "done": 1 - network.later_failure}}  # fmt: skip
    after_client = {"prepare": {"review": 1}, "correct": {"again": 1}}
    to_clerk, to_client, out = ciw.routing.Direct(to=1), ciw.routing.Direct(to=2), ciw.routing.Leave()
    stay, go = {"feedback": to_clerk, "done": out}, {"review": to_clerk, "again": to_clerk}

    def change(after):
        return {name: {other: after.get(name, {name: 1}).get(other, 0.0) for other in hours} for name in hours}

    return ciw.create_network(
        number_of_servers=[network.clerks, float("inf")],
        arrival_distributions={name: [ciw.dists.Exponential(network.rate) if name == "explain" else None, None] for name in hours},
        batching_distributions={name: [Batch(network.documents), Batch((1,))] for name in hours},
        service_distributions={name: [ciw.dists.Exponential(1 / mean)] * 2 for name, mean in hours.items()},
        class_change_matrices=[change(after_clerk), change(after_client)],
        priority_classes={name: int(name not in ("feedback", "again")) for name in hours},
        routing={name: ciw.routing.NetworkRouting(routers=[stay.get(name, to_client), go.get(name, out)]) for name in hours})  # fmt: skip
