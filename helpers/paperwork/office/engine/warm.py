"""Compiling ahead of time: run once at set-up, so that nobody waits when a slider is first moved."""

import numpy as np
import pandas as pd

from helpers.paperwork.hours import Calendar
from helpers.paperwork.office.change import DO_NOTHING
from helpers.paperwork.office.engine.run import play_options
from helpers.paperwork.office.engine.world import Horizon, worlds
from helpers.paperwork.office.model import CASE, ROUTE, Arrivals, OfficeModel, needs_of, pack, sessions_of


def warm() -> None:
    """Compiles the event loop and keeps the machine code; in later processes it is loaded in a fraction of a second."""
    horizon = Horizon(0, 1, 0)
    office = tiny_office()
    play_options(office, [DO_NOTHING], worlds(office, 1, 1, horizon), horizon)


def tiny_office() -> OfficeModel:
    """An office with one clerk and one kind of document, every step of the route taking half an hour."""
    shape = (2, len(ROUTE), 2)
    half_an_hour = {place: np.array([0.5]) for place in np.ndindex(shape)}
    return OfficeModel((CASE, "form"), pack(half_an_hour, *shape[:2]), np.ones(shape), np.zeros((2, 2)), needs_of([np.array([1])]),
                       Arrivals(np.full((7, 24), 0.02)), sessions_of(Calendar(), pd.Timestamp("2026-01-05", tz="UTC"), 1), clerks=1)
