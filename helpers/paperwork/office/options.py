"""What the house could do, tried in the same worlds, side by side; the impossible refused with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.intake.refusal import Refusal
from helpers.paperwork import queueing
from helpers.paperwork.office.change import Option
from helpers.paperwork.office.engine.world import Horizon
from helpers.paperwork.office.load import Load, load
from helpers.paperwork.office.model import OfficeModel
from helpers.paperwork.office.outcome import REPLICATIONS, Outcome, simulate

AT_MOST = 0.85  # share of their hours for which clerks may be in use before the wait is felt


@dataclass(frozen=True, eq=False)
class Tried:
    """An option that was tried. outcome: None where it was refused, with the `refusal`; clerks_needed: the fewest who are in use for `at_most` of their hours."""

    option: Option
    load: Load
    outcome: Outcome | None
    refusal: Refusal | None
    clerks_needed: int


def compare(model: OfficeModel, options: Sequence[Option], seed: int = 1, replications: int = REPLICATIONS, horizon: Horizon = Horizon(),
            multiple: float = 1.0, at_most: float = AT_MOST) -> tuple[Tried, ...]:
    """Each option once it has settled, all in the same worlds; one whose clerks can't keep up isn't simulated but kept with its refusal."""
    loads = [load(model, option, multiple) for option in options]
    able = tuple(option for option, work in zip(options, loads) if work.utilisation < 1)
    outcomes = {outcome.option: outcome for outcome in simulate(model, able, seed, replications, horizon, multiple)}
    return tuple(
        Tried(option, work, outcomes.get(option), None if option in outcomes else queueing.overload(work.erlangs, work.clerks, f"option '{option.name}'"),
              int(queueing.clerks_for_utilisation(work.erlangs, 1.0, at_most)))
        for option, work in zip(options, loads))  # fmt: skip
