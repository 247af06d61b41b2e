"""What the house could do, and what each of it does to the office: tried in the same worlds, side by side, the impossible refused with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from helpers.intake.refusal import Refusal
from helpers.paperwork import queueing
from helpers.paperwork.office.change import Change, Option
from helpers.paperwork.office.engine.world import Horizon
from helpers.paperwork.office.load import Load, load
from helpers.paperwork.office.model import OfficeModel
from helpers.paperwork.office.outcome import METRICS, REPLICATIONS, Outcome, simulate

TALK = ("explain", "send", "feedback")  # the steps in which a clerk tells the client how to do it
SHORT = Horizon(4, 26, 8)  # weeks, where many numbers of clerks have to be tried
FEW = 4  # replications there
IDLE = 0.4  # utilisation below which more clerks shorten nothing any more


@dataclass(frozen=True)
class ExcelOnline:
    """What putting the sheets online as they are is assumed to do. Factors: 1 changes nothing, 0.9 takes 10 % off.

    send: on the clerk's sending of lists (0.5 to 1); explain: on explaining (0.9 to 1.1, since the sheets say what they said); client_delay: on the
    client's time until documents come back (0.8 to 1.1); failure: on the share of reviews that fail (0.9 to 1.2); adoption: share of clients
    (0 to 1); ramp_up_weeks (0 to 26); training_hours per clerk (0 to 8).
    """

    send: float = 0.7
    explain: float = 1.0
    client_delay: float = 0.95
    failure: float = 1.05
    adoption: float = 0.8
    ramp_up_weeks: float = 6
    training_hours: float = 2


@dataclass(frozen=True)
class Standard:
    """What a written standard (template, sample, checklist, validation) is assumed to do to one kind of document. Factors: 0.4 takes 60 % off.

    explain: on explaining and sending (0.2 to 0.9); feedback: on telling what is wrong (0.4 to 1); client_delay: on the client's time (0.7 to 1);
    failure: on the share of first and later reviews that fail (0.3 to 1).
    """

    explain: float = 0.4
    feedback: float = 0.7
    client_delay: float = 0.9
    failure: float = 0.5


@dataclass(frozen=True)
class Rollout:
    """How standards come into use: adoption: share of clients in the end (0 to 1); ramp_up_weeks until then (0 to 52); training_hours per clerk (0 to 16)."""

    adoption: float = 0.85
    ramp_up_weeks: float = 12
    training_hours: float = 6


def hire(clerks: int, after_weeks: float = 8, ramp_weeks: float = 8) -> Option:
    """Hiring so many clerks; they come after `after_weeks` and count for half until they have learnt the job, `ramp_weeks` later."""
    return Option(f"hire {clerks}", clerks, hire_after_weeks=after_weeks, hire_ramp_weeks=ramp_weeks)


def excel_online(effect: ExcelOnline = ExcelOnline(), name: str = "Excel online") -> Option:
    """Putting today's sheets online as they are, for all documents."""
    time = (("send", effect.send), ("explain", effect.explain), ("prepare", effect.client_delay), ("correct", effect.client_delay))
    return Option(name, changes=(Change(name, (), time, effect.failure, effect.failure, effect.adoption, effect.ramp_up_weeks, effect.training_hours),))


def standardise(documents: Sequence[str] | dict[str, Standard], rollout: Rollout = Rollout(), name: str = "standardise") -> Option:
    """Standardising these documents: named, with the usual effect, or each with its own. Others stay as they are."""
    effects = documents if isinstance(documents, dict) else dict.fromkeys(documents, Standard())
    alike = {effect: tuple(each for each in effects if effects[each] == effect) for effect in effects.values()}
    changes = [_standard(name, kinds, effect, rollout) for effect, kinds in alike.items()]
    return Option(name, changes=tuple(changes[:1] + [replace(each, training_hours=0.0) for each in changes[1:]]))


def _standard(name: str, documents: tuple[str, ...], effect: Standard, rollout: Rollout) -> Change:
    time = (("explain", effect.explain), ("send", effect.explain), ("feedback", effect.feedback),
            ("prepare", effect.client_delay), ("correct", effect.client_delay))  # fmt: skip
    return Change(name, documents, time, effect.failure, effect.failure, rollout.adoption, rollout.ramp_up_weeks, rollout.training_hours)


@dataclass(frozen=True)
class Target:
    """What the office must keep to: utilisation at most (above 0, below 1) and, if given, 90th percentile of the lead time in days at most."""

    utilisation: float = 0.85
    lead_time_p90: float | None = None


@dataclass(frozen=True, eq=False)
class Tried:
    """An option that was tried. outcome: None where it was refused, with the `refusal`; clerks_needed: the fewest that meet the target, None if none do."""

    option: Option
    load: Load
    outcome: Outcome | None
    refusal: Refusal | None
    clerks_needed: int | None


def compare(model: OfficeModel, options: Sequence[Option], seed: int = 1, replications: int = REPLICATIONS, horizon: Horizon = Horizon(),
            multiple: float = 1.0, target: Target = Target()) -> tuple[Tried, ...]:
    """Each option once it has settled, all in the same worlds; one whose clerks can't keep up isn't simulated but kept with its refusal."""
    loads = [load(model, option, multiple) for option in options]
    able = [option for option, work in zip(options, loads) if work.utilisation < 1]
    outcomes = {outcome.option: outcome for outcome in simulate(model, able, seed, replications, horizon, multiple)}
    return tuple(
        Tried(option, work, outcomes.get(option), None if option in outcomes else queueing.overload(work.erlangs, work.clerks, f"option '{option.name}'"),
              clerks_needed(model, option, target, multiple, seed))
        for option, work in zip(options, loads))  # fmt: skip


def clerks_needed(model: OfficeModel, option: Option, target: Target = Target(), multiple: float = 1.0, seed: int = 1) -> int | None:
    """The fewest clerks with whom the option meets the target; None where no number does, since the clients' own time takes longer.

    Utilisation is known without simulating; a lead time is looked for in short runs, from the fewest clerks that keep up.
    """
    work = load(model, option, multiple)
    clerks = int(queueing.clerks_for_utilisation(work.erlangs, 1.0, target.utilisation))
    if target.lead_time_p90 is None:
        return clerks
    while _lead_time_p90(model, option, clerks, multiple, seed) > target.lead_time_p90:
        clerks += 1
        if work.erlangs / clerks < IDLE:
            return None
    return clerks


def _lead_time_p90(model: OfficeModel, option: Option, clerks: int, multiple: float, seed: int) -> float:
    staffed = replace(option, hires=clerks - model.clerks)
    return float(simulate(model, [staffed], seed, FEW, SHORT, multiple)[0].runs["lead_time_p90"].mean())


def table(tried: Sequence[Tried]) -> pd.DataFrame:
    """The options as a table: per metric its mean with low and high end; clerks, clerks needed; the refusal in words, "" for none."""
    return pd.DataFrame([{"option": each.option.name, "clerks": each.load.clerks, "load": each.load.utilisation, **_cells(each),
                          "clerks_needed": each.clerks_needed, "refused": each.refusal.words() if each.refusal else ""} for each in tried])


def _cells(tried: Tried) -> dict[str, float]:
    if tried.outcome is None:
        return {}
    estimates = {name: tried.outcome.estimate(name) for name in METRICS}
    return {f"{name}{end}": getattr(each, field) for name, each in estimates.items() for end, field in (("", "value"), ("_low", "low"), ("_high", "high"))}
