"""One notebook executed with parameters by papermill: what came of it, told truly even where the kernel died or the time was up."""

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

SOCKETS = Config({"KernelManager": {"transport": "ipc"}} if os.name == "posix" else {})  # files of this user's instead of open ports


@dataclass(frozen=True)
class Executed:
    """What came of a notebook: as far as it ran, the error if any (PapermillExecutionError, DeadKernelError, CellTimeoutError, TimeoutError), the index of the cell at which it stopped, seconds, and by which engine."""

    notebook: NotebookNode
    error: Exception | None
    cell: int | None
    seconds: float
    how: str


def execute(
    notebook: NotebookNode, parameters: Mapping[str, object], *, cell_timeout: float | None = None, run_timeout: float | None = None,
    on_cell: Callable[[int, int], None] | None = None, progress: bool = False,
) -> Executed:  # fmt: skip
    """Run a copy of `notebook` with `parameters`; never raises for what happens inside it.

    cell_timeout: seconds a cell may take. run_timeout: seconds for all of them; whoever calls ends the process after that.
    """
    began, error = time.monotonic(), None
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        saved = Path(folder) / "executed.ipynb"
        try:
            papermill.execute_notebook(
                notebook, str(saved), dict(parameters), progress_bar=progress, kernel_name="python3",
                store_widget_state=False, config=SOCKETS, execution_timeout=cell_timeout,
            )  # fmt: skip
        except (papermill.PapermillExecutionError, DeadKernelError, CellTimeoutError) as fault:
            error = fault
        ran = nbformat.read(saved, as_version=4)
    return Executed(ran, error, _stopped_at(ran) if error else None, time.monotonic() - began, "papermill")


def _stopped_at(notebook: NotebookNode) -> int | None:
    """The last cell that was begun."""
    begun = [number for number, cell in enumerate(notebook.cells) if cell.metadata.get("papermill", {}).get("start_time")]
    return begun[-1] if begun else None
