"""The options tried in the simulated office: each as a change of clerks or of ways, all in the same worlds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.decision.paperwork_plan import OPTIONS, PaperworkOption, PaperworkPlan
from helpers.intake.refusal import Refusal
from helpers.paperwork import queueing
from helpers.paperwork.office.change import Change, Option
from helpers.paperwork.office.load import Load, load
from helpers.paperwork.office.model import OfficeModel
from helpers.paperwork.office.outcome import Outcome, simulate

NOTHING = OPTIONS[0].name
TALK = ("explain", "send")  # the steps that a written standard takes over
WEEKS_PER_MONTH = 365.25 / 84
WAY_OF = {"hire": "hire one clerk", "excel": "Excel online", "standard": "standardise"}  # way of the plan -> the option that shows it alone


@dataclass(frozen=True)
class Trial:
    """What became of the options. outcomes: by name, in order; refused: options whose clerks can't keep up, with the reason; loads: work by option."""

    outcomes: Mapping[str, Outcome]
    refused: Mapping[str, Refusal]
    loads: Mapping[str, Load]

    def days_saved(self) -> dict[str, float]:
        """Median lead time saved against doing nothing, in days, by way of the plan; 0 where it can't be told."""
        today = self.outcomes[NOTHING]
        found = {way: self.outcomes[name].difference(today, "lead_time_p50").value for way, name in WAY_OF.items() if name in self.outcomes}
        return {way: max(-days, 0.0) if np.isfinite(days) else 0.0 for way, days in found.items()}

    def clerks_needed(self, name: str) -> int:
        """The fewest whole clerks whose mean wait for a handling isn't longer than today's."""
        return clerks_for_wait(self.loads[name], self.loads[NOTHING].wait())


def clerks_for_wait(work: Load, wait: float) -> int:
    """The fewest whole clerks with whom a handling waits `wait` hours at most."""
    clerks = int(queueing.stable_clerks(work.erlangs, 1.0))
    while work.wait(clerks) > wait * (1 + 1e-9):
        clerks += 1
    return clerks


def changes(middle: Mapping[str, float], plan: PaperworkPlan, documents: Sequence[str]) -> dict[str, Change]:
    """The two new ways as the office model understands them, at the middle of what is believed; documents: those standardised (others keep the old way)."""
    def way(name: str, kinds: tuple[str, ...], ramp: int) -> Change:
        talk = 1 - middle[f"{name}_explain_cut"]
        return Change(
            name, kinds, tuple((step, talk) for step in TALK), first_failure=1 - middle[f"{name}_rework_cut"],
            adoption=middle[f"{name}_adoption"], ramp_up_weeks=ramp * WEEKS_PER_MONTH, training_hours=plan.training_hours)  # fmt: skip

    return {"excel": way("excel", (), plan.excel_ramp), "standard": way("standard", tuple(documents), plan.standard_ramp)}


def office_option(option: PaperworkOption, ways: Mapping[str, Change]) -> Option:
    """A money option as one that the office can try; once settled, standards take the online sheets' place."""
    chosen = ways["standard"] if option.standard_from is not None else ways["excel"] if option.excel_from is not None else None
    return Option(option.name, option.hire, (chosen,) if chosen else ())


def try_out(model: OfficeModel, options: Sequence[Option], seed: int, replications: int, volume: float = 1.0) -> Trial:
    """Every option simulated in the same worlds; one whose clerks can't keep up is refused with its reason. Raises Refusal where today's office can't."""
    loads = {option.name: load(model, option, volume) for option in options}
    refused = {option.name: _refusal(loads[option.name], option.name) for option in options if loads[option.name].utilisation >= 1}
    if NOTHING in refused:
        raise refused[NOTHING]
    able = [option for option in options if option.name not in refused]
    outcomes = simulate(model, able, seed, replications, multiple=volume)
    return Trial({outcome.option.name: outcome for outcome in outcomes}, refused, loads)


def _refusal(work: Load, name: str) -> Refusal:
    return queueing.overload(work.erlangs, work.clerks, f"option '{name}'")
