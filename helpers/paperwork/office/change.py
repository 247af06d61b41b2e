"""What an option changes in the office: clerks hired, and new ways of doing documents. All effects are the caller's assumptions."""

from dataclasses import dataclass

import numpy as np

from helpers.intake.refusal import Refusal
from helpers.paperwork.office.model import OfficeModel

MOST_FAILURES = 0.98  # no factor on rework makes a review fail for ever


@dataclass(frozen=True)
class Change:
    """One new way of doing documents, as far as it is adopted.

    documents: the kinds it applies to, () for all. time: (step, factor) pairs, factor on the step's durations, clerk's touch or client's delay
    alike (0.7 takes 30 % off). first_failure, later_failure: factors on the share of first and of later reviews that fail. adoption: share of
    clients who go the new way once it has settled (0 to 1).
    """

    name: str
    documents: tuple[str, ...] = ()
    time: tuple[tuple[str, float], ...] = ()
    first_failure: float = 1.0
    later_failure: float = 1.0
    adoption: float = 1.0

    def __post_init__(self):
        sizes = [factor for _, factor in self.time] + [self.first_failure, self.later_failure]
        if min(sizes) < 0 or not 0 <= self.adoption <= 1:
            raise Refusal("factors can't be negative, and adoption is a share from 0 to 1", where=f"change '{self.name}'")


@dataclass(frozen=True)
class Option:
    """One thing the house could do.

    hires: clerks added (negative: let go). changes: new ways, all at once. rework_first: whether clerks take later visits before first ones.
    """

    name: str
    hires: int = 0
    changes: tuple[Change, ...] = ()
    rework_first: bool = False


DO_NOTHING = Option("do nothing")


@dataclass(frozen=True, eq=False)
class Effects:
    """An option's effects on a model, by which of its changes a client has adopted (bit by bit: 0 none, 1 the first, 2 the second, 3 both, ...).

    factor: adopted x kind x step, on durations; failure: adopted x kind x visit, shares. clerks: once the new ones are there.
    """

    factor: np.ndarray
    failure: np.ndarray
    clerks: int


def effects(model: OfficeModel, option: Option) -> Effects:
    """What the option does to the model. Raises Refusal for a document or step the office doesn't have, or when no clerk is left."""
    if model.clerks + option.hires < 1:
        raise Refusal(f"letting {-option.hires} of {model.clerks} clerks go leaves nobody", where=f"option '{option.name}'")
    combinations = 2 ** len(option.changes)
    factor = np.ones((combinations, len(model.kinds), len(model.steps)))
    failure = np.repeat(model.failure[None], combinations, axis=0)
    for position, change in enumerate(option.changes):
        adopted = (np.arange(combinations) >> position) & 1 == 1
        kinds = _kinds(model, change)
        for step, size in change.time:
            factor[np.ix_(adopted, kinds, [_step(model, change, step)])] *= size
        failure[np.ix_(adopted, kinds)] *= (change.first_failure, change.later_failure)
    return Effects(factor, np.minimum(failure, np.maximum(model.failure, MOST_FAILURES)), model.clerks + option.hires)


def _kinds(model: OfficeModel, change: Change) -> np.ndarray:
    unknown = [name for name in change.documents if name not in model.kinds[1:]]
    if unknown:
        raise Refusal(f"the office has no document '{unknown[0]}'", f"change '{change.name}'", f"It has: {', '.join(model.kinds[1:])}")
    return np.array([model.kinds.index(name) for name in change.documents or model.kinds[1:]])


def _step(model: OfficeModel, change: Change, step: str) -> int:
    names = [each.name for each in model.steps]
    if step not in names:
        raise Refusal(f"the office has no step '{step}'", f"change '{change.name}'", f"It has: {', '.join(names)}")
    return names.index(step)
