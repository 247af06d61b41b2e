"""The office floor as tables of records: what the event loop is given, and where it writes what came of it."""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from helpers.paperwork.office.engine.loop import LEVELS

# Given: arrival, first (of its papers; one client more marks the end). Written: phase, unfinished (papers of that phase), begun (first handling),
# done (infinite while ahead). Moments are hours by the clock.
CLIENT = np.dtype([("arrival", "f8"), ("first", "i8"), ("phase", "i8"), ("unfinished", "i8"), ("begun", "f8"), ("done", "f8")], align=True)

# Given: client, kind (0: the case itself, each client's first paper), adopted (which changes), returns (comes back from the client). Written: step,
# failed (reviews), handled (by clerks), waited (for clerks, office hours), since (office time at which it joined the queue), behind (next in queue).
PAPER = np.dtype([("client", "i8"), ("kind", "i8"), ("adopted", "i8"), ("returns", "i8"), ("step", "i8"), ("failed", "i8"), ("handled", "i8"),
                  ("behind", "i8"), ("since", "f8"), ("waited", "f8")], align=True)  # fmt: skip

# How the step passes (CLERK, ...), the following step, the one after a failed review (-1: none), correlations of luck between a client's papers.
STEP = np.dtype([("timing", "i8"), ("then", "i8"), ("on_failure", "i8"), ("shared", "f8"), ("alike", "f8")], align=True)

# Per adopted x kind x step x visit (first, later): the chance that the step is needed, its level of urgency, where `values` holds its durations,
# the factor on them, and the chance that it fails.
CELL = np.dtype([("happens", "f8"), ("urgency", "i8"), ("start", "i8"), ("count", "i8"), ("factor", "f8"), ("failure", "f8")], align=True)

# Opening, office hours before it, clerks there; one session more marks the end.
SESSION = np.dtype([("opens", "f8"), ("before", "f8"), ("clerks", "i8")], align=True)

# Given: key (which world's luck), entry steps of a case's phases, the window measured, by the clock and in office time. Written: now, session, next
# client, counts (busy clerks, events due, clients present, papers waiting), sums over the window (hours worked, hours worked beyond the clerks
# there, client and waiting hours by the clock).
DESK = np.dtype([("key", "u8"), ("opening", "i8"), ("document", "i8"), ("closing", "i8"), ("start", "f8"), ("end", "f8"), ("office_start", "f8"),
                 ("office_end", "f8"), ("now", "f8"), ("session", "i8"), ("client", "i8"), ("busy", "i8"), ("due", "i8"), ("present", "i8"),
                 ("waiting", "i8"), ("worked", "f8"), ("overtime", "f8"), ("client_hours", "f8"), ("waiting_hours", "f8")], align=True)  # fmt: skip

LINE = np.dtype([("head", "i8"), ("tail", "i8")], align=True)  # first and last paper of a queue, -1: nobody
EVENT = np.dtype([("moment", "f8"), ("paper", "i8")], align=True)


GRID = ndtri((np.arange(4096) + 0.5) / 4096)
NORMAL = GRID / GRID.std()


class Floor(NamedTuple):
    """All tables of one run. values: durations (h), those of a cell ascending; releases: moments at which batches are taken up; desk: a single record;
    normal: the standard normal in equal shares, ascending.
    """

    clients: np.ndarray
    papers: np.ndarray
    steps: np.ndarray
    cells: np.ndarray
    values: np.ndarray
    sessions: np.ndarray
    releases: np.ndarray
    lines: np.ndarray
    events: np.ndarray
    desk: np.ndarray
    normal: np.ndarray = NORMAL


def records(record: np.dtype, shape: int | tuple[int, ...], **columns) -> np.ndarray:
    """A table of records, zero but for the columns given (arrays or numbers)."""
    table = np.zeros(shape, record)
    for name, values in columns.items():
        table[name] = values
    return table


def empty_lines() -> np.ndarray:
    """The clerks' queues with nobody in them."""
    return records(LINE, LEVELS, head=-1, tail=-1)
