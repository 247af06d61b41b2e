"""The options tried in the simulated office: each as a change of clerks or of ways, all in the same worlds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.decision.paperwork.plan import OPTIONS, PaperworkOption
from helpers.intake.refusal import Refusal
from helpers.paperwork.office.change import Change, Option
from helpers.paperwork.office.load import Load, refuse_overload
from helpers.paperwork.office.model import OfficeModel
from helpers.paperwork.office.options import compare
from helpers.paperwork.office.outcome import Outcome

NOTHING = OPTIONS[0].name
TALK = ("explain", "send")  # the steps that a written standard takes over
WAY_OF = {"hire": "hire one clerk", "excel": "Excel online", "standard": "standardise"}  # way of the plan -> the option that shows it alone


@dataclass(frozen=True)
class Trial:
    """What became of the options, by name. outcomes: of those whose clerks keep up; refused: the others, with the reason; loads: the work of each.

    clerks_needed: the fewest who are in use for no more of their hours than they can bear (AT_MOST).
    """

    outcomes: Mapping[str, Outcome]
    refused: Mapping[str, Refusal]
    loads: Mapping[str, Load]
    clerks_needed: Mapping[str, int]

    def days_saved(self) -> dict[str, float]:
        """Median lead time saved against doing nothing, in days, by way of the plan; 0 where it can't be told."""
        today = self.outcomes[NOTHING]
        found = {way: self.outcomes[name].difference(today, "lead_time_p50").value for way, name in WAY_OF.items() if name in self.outcomes}
        return {way: max(-days, 0.0) if np.isfinite(days) else 0.0 for way, days in found.items()}


def changes(middle: Mapping[str, float], documents: Sequence[str]) -> dict[str, Change]:
    """The two new ways as the office model understands them, at the middle of what is believed; documents: those standardised (others keep the old way)."""
    def way(name: str, kinds: tuple[str, ...]) -> Change:
        talk = 1 - middle[f"{name}_explain_cut"]
        return Change(
            name, kinds, tuple((step, talk) for step in TALK), first_failure=1 - middle[f"{name}_rework_cut"], adoption=middle[f"{name}_adoption"])  # fmt: skip

    return {"excel": way("excel", ()), "standard": way("standard", tuple(documents))}


def office_option(option: PaperworkOption, ways: Mapping[str, Change]) -> Option:
    """A money option as one that the office can try; once settled, standards take the online sheets' place."""
    chosen = ways["standard"] if option.standard_from is not None else ways["excel"] if option.excel_from is not None else None
    return Option(option.name, option.hire, (chosen,) if chosen else ())


def try_out(model: OfficeModel, options: Sequence[Option], seed: int, replications: int, volume: float = 1.0) -> Trial:
    """Every option simulated in the same worlds; one whose clerks can't keep up is refused with its reason. Raises Refusal where today's office can't."""
    refuse_overload(model, options[0], volume)
    tried = compare(model, options, seed, replications, multiple=volume)
    return Trial(
        outcomes={each.option.name: each.outcome for each in tried if each.outcome},
        refused={each.option.name: each.refusal for each in tried if each.refusal},
        loads={each.option.name: each.load for each in tried},
        clerks_needed={each.option.name: each.clerks_needed for each in tried},
    )
