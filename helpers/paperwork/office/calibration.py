"""From a log to the office as a model: everything the simulation needs is measured, and what the log can't tell is refused or noted."""

from dataclasses import replace

import numpy as np

from helpers.intake.held import held
from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import Timed
from helpers.paperwork.needs import missing
from helpers.paperwork.office.measure import demand, steps
from helpers.paperwork.office.measure.staff import Staff, rework_goes_first, staff
from helpers.paperwork.office.measure.ways import Ways, ways
from helpers.paperwork.office.model import ENTRY, ROUTE, OfficeModel, Step, sessions_of

WEEKS_PER_YEAR = 52
WITHOUT = {
    "touch_time": "how long a clerk works on a document, and so how busy the clerks are and how long the queue is",
    "party": "whether a step waits for a clerk or for the client",
    "kind": "which step is a review, and so how much work comes again",
}


@held
def calibrate(times: Timed, clerks: int | None = None) -> OfficeModel:
    """The office as its log shows it. Durations are resampled from those observed, so their means are kept (exactly, but for parts in ten thousand
    where a client's papers have luck in common).

    times: the log under its calendar. clerks: how many there are, for a log that doesn't say who did the work (or to overrule it). Raises
    Refusal naming everything that the log lacks and what can't be simulated without it.
    """
    _require(times, clerks)
    found = ways(times)
    if not (found.papers["decided"]).any():
        raise Refusal("no review in the log has come to an end, so rework can't be simulated", times.log.source,
                      "Give the review's activity the kind 'review', as in kinds 'check papers: review'")
    first = times.cases["opened"].min()
    span = int(np.ceil((times.log.last - first).total_seconds() / 604_800)) + 1
    sessions = sessions_of(times.calendar, first, max(span, WEEKS_PER_YEAR))
    people = staff(times, sessions) if clerks is None else Staff(clerks, 1.0)
    held, moment = steps.batch(found, times.calendar.time_zone)
    chances, gone = steps.happens(found, times.cases), demand.giving_up(found, times)
    chances[held, steps.PLACE["hold"]] = 1.0
    return OfficeModel(
        kinds=found.kinds, durations=steps.durations(found, steps.delay_passes_by_clock(found, sessions)), happens=chances,
        failure=steps.failure(found), needs=demand.needs(found, times), arrivals=demand.arrivals(times, sessions), sessions=sessions,
        clerks=people.clerks, presence=people.presence, abandoned=gone.abandoned, returned=gone.returned, batch=moment,
        steps=_route(found, steps.delay_passes_by_clock(found, sessions)), entry=ENTRY, notes=_notes(times, found))  # fmt: skip


def _require(times: Timed, clerks: int | None) -> None:
    """Refusal in one go of a log that lacks what can't be done without."""
    lacking = missing(times.log)
    needed = [name for name in WITHOUT if name in lacking]
    if clerks is None and "resource" in lacking and not needed:
        raise Refusal(lacking["resource"], times.log.source, "Map a resource column, or say how many clerks there are")
    if needed:
        unknown = "; ".join(f"{lacking[name]}: it can't be known {WITHOUT[name]}" for name in needed)
        raise Refusal(f"the office can't be simulated from this log. {unknown[0].upper()}{unknown[1:]}", times.log.source,
                      "Map the missing columns, or use the closed forms with numbers of your own")


def _route(found: Ways, by_clock: bool) -> tuple[Step, ...]:
    """The route with what this log shows of it: how delays pass, what a client's papers have in common, what is urgent."""
    urgency = (1, 0) if rework_goes_first(found) else (0, 0)
    shared = {name: steps.in_common(found, name) for name in ("explain", "prepare", "correct")}
    alike = steps.outcomes_in_common(found)
    return tuple(
        replace(step, timing="clock" if by_clock and step.timing == "office" else step.timing, shared=shared.get(step.name, 0.0),
                alike=alike if step.on_failure else 0.0, urgency=urgency if step.timing == "clerk" else (0, 0))
        for step in ROUTE)  # fmt: skip


def _notes(times: Timed, found: Ways) -> tuple[str, ...]:
    """What the model rests on, where the log doesn't tell."""
    notes = ["The wait before a client's first handling isn't in the log; the model adds it."]
    if not found.rows["step"].isin([steps.PLACE["prepare"], steps.PLACE["correct"]]).any():
        notes.append("The log shows no work of the client's, so no time with the client is simulated.")
    if found.other:
        notes.append(f"Kinds of work the route doesn't know are done before review: {', '.join(found.other)}.")
    lacking = missing(times.log)
    taken = (("document", "all papers count as one kind"), ("closing", "nobody is taken to give up"))
    return tuple(notes + [f"{lacking[name].capitalize()}; {so}." for name, so in taken if name in lacking])
