"""Runs of the office: options tried in the same worlds, and what is seen in each run."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from helpers.paperwork.office.change import Effects, Option, effects
from helpers.paperwork.office.engine.loop import BATCH, CLERK, CLOCK_TIME, OFFICE_TIME, play
from helpers.paperwork.office.engine.floor import CELL, CLIENT, DESK, EVENT, PAPER, SESSION, STEP, Floor, empty_lines, records
from helpers.paperwork.office.model import WEEK, OfficeModel, Sessions
from helpers.paperwork.office.engine.world import Horizon, World

TIMINGS = {"clerk": CLERK, "office": OFFICE_TIME, "clock": CLOCK_TIME, "batch": BATCH}


@dataclass(frozen=True, eq=False)
class Run:
    """One option in one world, played to the end: what came of it stands in the tables of `floor`."""

    world: World
    sessions: Sessions
    horizon: Horizon
    floor: Floor


def play_options(model: OfficeModel, options: Sequence[Option], drawn: Sequence[World], horizon: Horizon) -> list[list[Run]]:
    """The runs of each option, one per world, all options in the same worlds; everything has settled from the first day."""
    sessions = model.sessions.over(horizon.total)
    jobs = [(model, option, done, world, sessions, horizon)
            for option in options for done in [effects(model, option)] for world in drawn]  # fmt: skip
    if len(jobs) == 1:
        return [[_played(jobs[0])]]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the compiled loop lets other threads run beside it
        runs = list(pool.map(_played, jobs))
    return [runs[start : start + len(drawn)] for start in range(0, len(runs), len(drawn))]


def _played(job) -> Run:
    model, option, done, world, sessions, horizon = job
    start = horizon.warm_up * WEEK
    adopted, clerks = _adopted(option, world), _clerks_there(model, done.clerks, world, sessions)
    floor = Floor(
        clients=records(CLIENT, len(world.arrival) + 1, arrival=np.append(world.arrival, np.inf), first=world.paper, begun=np.inf, done=np.inf),
        papers=records(PAPER, len(world.kind), client=world.client, kind=world.kind, adopted=adopted[world.client], returns=world.returns),
        steps=_steps(model), cells=_cells(model, option, done), values=model.durations.values,
        sessions=_sessions(sessions, clerks),
        releases=_batches(model, sessions), lines=empty_lines(), events=records(EVENT, len(world.kind)),
        desk=_desk(model, world, sessions, start, start + horizon.weeks * WEEK))  # fmt: skip
    play(floor)
    return Run(world, sessions, horizon, floor)


def _sessions(sessions: Sessions, clerks: np.ndarray) -> np.ndarray:
    """The sessions as records, with an empty one at the origin, so that the first opening is an event like the others, and one for the end."""
    return records(SESSION, len(clerks) + 2, opens=np.concatenate([[0.0], sessions.opens, [np.inf]]), before=np.concatenate([[0.0], sessions.before]),
                   clerks=np.concatenate([[0], clerks, [0]]))


def _steps(model: OfficeModel) -> np.ndarray:
    """The route as records."""
    of = {name: [getattr(step, name) for step in model.steps] for name in ("timing", "then", "on_failure", "shared", "alike")}
    places = {name: [model.place(step) for step in of[name]] for name in ("then", "on_failure")}
    return records(STEP, len(model.steps), **{**of, **places, "timing": [TIMINGS[timing] for timing in of["timing"]]})


def _cells(model: OfficeModel, option: Option, done: Effects) -> np.ndarray:
    """What each step takes and brings, as records: adopted x kind x step x visit."""
    urgency = np.array([step.urgency for step in model.steps]) + (np.array([1, 0]) if option.rework_first else 0)
    reviews = np.array([bool(step.on_failure) for step in model.steps])
    failure = np.where(reviews[:, None], done.failure[:, :, None, :], 0.0)
    return records(CELL, failure.shape, happens=model.happens, urgency=urgency, start=model.durations.start, count=model.durations.count,
                   factor=done.factor[..., None], failure=failure)


def _desk(model: OfficeModel, world: World, sessions: Sessions, start: float, end: float) -> np.ndarray:
    office_start, office_end = sessions.office_hours(np.array([start, end]))
    opening, document, closing = (model.place(name) for name in model.entry)
    return records(DESK, 1, key=world.key, opening=opening, document=document, closing=closing, start=start, end=end,
                   office_start=office_start, office_end=office_end)


def _batches(model: OfficeModel, sessions: Sessions) -> np.ndarray:
    """The moments at which held documents are taken up: once a week, unless that day is a holiday."""
    moments = np.arange(sessions.weeks) * WEEK + model.batch
    held = moments[sessions.open_days[(moments // 24).astype(int)]]
    return held if len(held) else moments


def _adopted(option: Option, world: World) -> np.ndarray:
    """Per client, which of the option's changes it adopts, bit by bit."""
    return sum(((world.openness < change.adoption) * 2**position for position, change in enumerate(option.changes)), np.zeros(len(world.arrival), np.int64))


def _clerks_there(model: OfficeModel, clerks: int, world: World, sessions: Sessions) -> np.ndarray:
    """Clerks there in each session of the office; at least one, since somebody keeps the office open."""
    presence = np.full((max(clerks, model.clerks), len(sessions.opens)), model.presence)
    presence[clerks:] = 0.0
    return np.maximum(_days_there(presence, world, sessions).sum(axis=0), 1).astype(np.int64)


def _days_there(presence: np.ndarray, world: World, sessions: Sessions) -> np.ndarray:
    """Clerk x session: whether the clerk is there; a clerk's luck is one draw a day, the same under every option."""
    if np.all((presence == 0) | (presence == 1)):
        return presence > 0
    luck = np.random.default_rng(world.day_luck).random((len(presence), sessions.weeks * 7))
    return luck[:, (sessions.opens // 24).astype(int)] < presence


def hours_there(run: Run) -> float:
    """Clerk hours available in the measured weeks, hours worked beyond the clerks there included."""
    desk, sessions = run.floor.desk[0], run.floor.sessions
    inside = np.minimum(sessions["before"][1:], desk["office_end"]) - np.maximum(sessions["before"][:-1], desk["office_start"])
    return float((np.maximum(inside, 0) * sessions["clerks"][:-1]).sum() + desk["overtime"])


def utilisation(run: Run) -> float:
    """Share of the clerks' available hours spent on handlings in the measured weeks."""
    return float(run.floor.desk["worked"][0]) / hours_there(run)


def clients_present(run: Run) -> float:
    """Mean number of clients on their way in the measured weeks, by the clock."""
    return float(run.floor.desk["client_hours"][0]) / (run.horizon.weeks * WEEK)
