"""How much work a client brings, in the mean and without simulating: visits to each step, clerk hours, utilisation, clerks that keep up."""

from dataclasses import dataclass

import numpy as np

from helpers.intake.refusal import Refusal
from helpers.paperwork import queueing
from helpers.paperwork.office.change import DO_NOTHING, Option, effects
from helpers.paperwork.office.model import OfficeModel


@dataclass(frozen=True)
class Load:
    """The work of an office under an option, once it has settled.

    hours_per_client: clerk hours; handlings_per_client: times a clerk takes up a paper; cv2: variance of a handling's duration over its mean
    squared; clerks: those employed; hours_per_clerk: office hours a week that one is there; clients_per_week: arrivals.
    """

    hours_per_client: float
    handlings_per_client: float
    cv2: float
    clerks: int
    hours_per_clerk: float
    clients_per_week: float

    @property
    def erlangs(self) -> float:
        """Clerks' worth of work."""
        return self.hours_per_client * self.clients_per_week / self.hours_per_clerk

    @property
    def utilisation(self) -> float:
        """Share of the clerks' office time that the work needs; may exceed 1."""
        return self.erlangs / self.clerks

    def wait(self, clerks: int | None = None) -> float:
        """Mean wait for a clerk per handling in office hours, by Allen-Cunneen. Refusal where the clerks can't keep up."""
        mean = self.hours_per_client / self.handlings_per_client
        return float(queueing.mgc(self.erlangs / mean, mean, clerks or self.clerks, self.cv2).wait)


def load(model: OfficeModel, option: Option = DO_NOTHING, multiple: float = 1.0) -> Load:
    """The load under an option at `multiple` times today's clients, adoption complete."""
    done, weights = effects(model, option), _weights(option)
    visits = sum(weight * _visits(model, failure) for weight, failure in zip(weights, done.failure))
    by_clerk = np.array([step.timing == "clerk" for step in model.steps])
    counts = [weight * _visits(model, failure)[:, by_clerk] for weight, failure in zip(weights, done.failure)]
    factor = done.factor[:, :, by_clerk, None]
    hours = sum((count * model.durations.means[:, by_clerk] * f).sum() for count, f in zip(counts, factor))
    squares = sum((count * model.durations.squares[:, by_clerk] * f**2).sum() for count, f in zip(counts, factor))
    handlings = float(visits[:, by_clerk].sum())
    return Load(float(hours), handlings, float(squares * handlings / hours**2 - 1), done.clerks, model.sessions.hours_per_week * model.presence,
                model.clients_per_week * multiple)


def refuse_overload(model: OfficeModel, option: Option, multiple: float = 1.0) -> None:
    """Refusal, naming utilisation and the clerks that would do, if the clerks can't keep up under the option once it has settled."""
    work = load(model, option, multiple)
    if work.utilisation >= 1:
        raise queueing.overload(work.erlangs, work.clerks, where=f"option '{option.name}'")


def _weights(option: Option) -> np.ndarray:
    """Share of clients by which changes they have adopted: whoever adopts a less popular change has adopted the more popular ones too."""
    adoption = np.array([change.adoption for change in option.changes])
    edges = np.unique(np.concatenate([[0.0, 1.0], adoption]))
    weights = np.zeros(2 ** len(adoption))
    for low, high in zip(edges[:-1], edges[1:]):
        weights[((adoption > low) * 2 ** np.arange(len(adoption))).sum()] += high - low
    return weights


def _visits(model: OfficeModel, failure: np.ndarray) -> np.ndarray:
    """Mean visits per client by kind x step x visit, where reviews fail with these shares (kind x visit)."""
    if np.any(failure[1:, 1] >= 1):
        raise Refusal("a later review that always fails has no end", where="share of reviews that fail")
    visits = np.zeros_like(model.happens)
    closing = _walk(model, 0, 0, model.entry[2], 1 - model.abandoned)[0]
    visits[0] = _walk(model, 0, 0, model.entry[0], 1.0)[0] + closing
    for kind in range(1, len(model.kinds)):
        visits[kind] = _document_visits(model, kind, failure[kind])
    return visits * model.needs.per_client[:, None, None]


def _document_visits(model: OfficeModel, kind: int, failure: np.ndarray) -> np.ndarray:
    """Mean visits of one document by step x visit: its first way, its loops, and the way out after whichever visit was right."""
    review = next((step for step in model.steps if step.on_failure), None)
    visits, reviewed = _walk(model, kind, 0, model.entry[1], 1.0, kept=1 - model.abandoned * (1 - model.returned))
    if review is None:
        return visits
    loops = reviewed * failure[0] / (1 - failure[1])
    ways = ((1, review.on_failure, loops), (0, review.then, reviewed * (1 - failure[0])), (1, review.then, reviewed * failure[0]))
    return visits + sum(_walk(model, kind, visit, start, papers)[0] for visit, start, papers in ways)


def _walk(model: OfficeModel, kind: int, visit: int, name: str, papers: float, kept: float = 1.0) -> tuple[np.ndarray, float]:
    """Mean visits by step x visit from a step up to the review or the route's end, and the papers that get there; `kept` come back from the client."""
    visits = np.zeros(model.happens.shape[1:])
    while name:
        place = model.place(name)
        step, chance = model.steps[place], model.happens[kind, place, visit]
        visits[place, visit] += papers * chance
        papers *= 1 - chance * (1 - kept) if step.timing in ("office", "clock") else 1.0
        if step.on_failure:
            break
        name = step.then
    return visits, papers
