"""The log of an office: one row per handling, whatever names and stages the export used.

The canonical frame (OfficeLog.handlings), in order of time; columns marked * are there only where the log has them:
    case        text   the client served
    activity    text   what was done, by the log's own name
    step        text   the activity once renamed second passes are declared the same (see `aliased`)
    document *  text   the kind of document; missing for work on the case as a whole
    kind *      text   kind of work: explain, send, manage, feedback, review, ... (free words; these four are communication)
    party *     text   "clerk" or "client": whose time it took
    resource *  text   who did it
    start *     time   UTC; missing where the log lost it
    end         time   UTC; missing where the handling wasn't finished; in a log with one time a row, that time
Index: 0, 1, 2, ... Row order: case by case isn't guaranteed; by start (by end where there is none), ties as in the file.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.intake.checks.report import CheckReport
from helpers.paperwork.process.whole import Whole

TIMES = ("time", "start", "end")
COLUMNS = ("case", "activity", "step", "document", "kind", "party", "resource", "start", "end")
COMMUNICATION = ("explain", "send", "manage", "feedback")
CAPABILITIES = ("touch_time", "document", "party", "kind", "resource", "closing")


@dataclass(frozen=True)
class OfficeLog:
    """A log that has been read and checked.

    handlings: the canonical frame. capabilities: which of CAPABILITIES the log has. closing, withdrawing: activities that end a case, well or
    by giving up. check: its flaws, counted. source: where it was read. time_zone: in which its days are read. last: the log's last moment.
    whole: all rows of a log too large to be loaded, whose handlings are then a sample of whole cases (see big_log); else None.
    """

    handlings: pd.DataFrame
    capabilities: frozenset[str]
    check: CheckReport
    source: str
    time_zone: str
    closing: tuple[str, ...] = ()
    withdrawing: tuple[str, ...] = ()
    whole: Whole | None = None

    @property
    def sampled(self) -> bool:
        """Whether the handlings are only a sample of the cases."""
        return self.whole is not None and self.whole.sample < 1

    def has(self, *capabilities: str) -> bool:
        """Whether the log has all these capabilities."""
        return set(capabilities) <= self.capabilities

    @property
    def item(self) -> list[str]:
        """The columns that name one piece of paper on its way: case and, where the log has it, document."""
        return ["case", "document"] if self.has("document") else ["case"]

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """Whole numbers in place of words, for quick grouping: of each handling's case, item, and item and step together.

        Work on the case as a whole is an item of its own.
        """
        case, document, step = (self._coded(name) for name in ("case", "document", "step"))
        item = case * (document.max() + 1) + document
        return pd.DataFrame({"case": case, "item": item, "item_step": item * (step.max() + 1) + step})

    def _coded(self, column: str) -> np.ndarray:
        """A number from 0 for each word in a column, 0 where it is missing or the log has no such column."""
        frame = self.handlings
        return pd.factorize(frame[column])[0] + 1 if column in frame else np.zeros(len(frame), dtype=np.int64)

    @property
    def last(self) -> pd.Timestamp:
        """The latest moment in the log: what is open then is open as far as anyone knows."""
        return self.handlings[[column for column in ("start", "end") if column in self.handlings]].max().max()
