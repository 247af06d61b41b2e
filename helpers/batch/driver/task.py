"""What a worker is given, and what it gives back: plain values that travel between processes and machines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.kernel.execution import CELL_TIMEOUT, RUN_TIMEOUT

NOTEBOOK, PAGE, FINDINGS, MEMO_PAGE, LOG, PROVENANCE = "notebook.ipynb", "page.html", "findings.json", "memo.html", "log.txt", "provenance.json"
ATTEMPTS = 2  # of what may pass


@dataclass(frozen=True)
class Limits:
    """Seconds that a cell and a whole run may take."""

    cell: float = CELL_TIMEOUT
    run: float = RUN_TIMEOUT


@dataclass(frozen=True)
class Task:
    """One run to make. notebook: its JSON; file: its name; provenance: goes with the run, and holds its identity."""

    run: str
    name: str
    notebook: str
    file: str
    parameters: Mapping[str, object]
    provenance: Mapping[str, object]
    limits: Limits = Limits()
    attempt: int = 1

    @property
    def identity(self) -> str:
        """What the run is the same as."""
        return self.provenance["identity"]


@dataclass(frozen=True)
class Failure:
    """Why a run failed: in a line of words, the number of the cell at which it stopped, and whether it may go well another time."""

    words: str
    cell: int | None = None
    may_pass: bool = False


@dataclass(frozen=True)
class Made:
    """What came of a task: files by name, seconds, by which engine, and the failure if it failed."""

    task: Task
    files: Mapping[str, bytes] = field(default_factory=dict)
    seconds: float = 0.0
    how: str = ""
    failure: Failure | None = None

    @property
    def worth_another_go(self) -> bool:
        """Whether it failed in a way that may pass, and hasn't had its second chance."""
        return self.failure is not None and self.failure.may_pass and self.task.attempt < ATTEMPTS


def as_json(content: object) -> str:
    """The content as our JSON files have it."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
