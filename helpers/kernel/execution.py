"""One notebook, its parameters, and what came of it, told as it was: the one door through which runs and batches go."""

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter

import nbformat
from nbformat import NotebookNode

from helpers.kernel.slim import without_iri_checks
from helpers.kernel.warm import reach
from helpers.kernel.warm.place import Doubt

CELL_TIMEOUT, RUN_TIMEOUT = 600.0, 3600.0  # seconds
PASSING = frozenset({"DeadKernelError", "CellTimeoutError", "RunTimeoutError"})  # what may go well at another try
ADDED = {"injected-parameters", "papermill-error-cell-tag"}  # cells that papermill put in


@dataclass(frozen=True)
class Failure:
    """What ended a run. name: of the exception; words: what it said; traceback: as the kernel told it, uncoloured or not."""

    name: str
    words: str
    traceback: str = ""

    @property
    def may_pass(self) -> bool:
        """Whether another try may go well: the kernel died or hung, the notebook itself raised nothing."""
        return self.name in PASSING


@dataclass(frozen=True)
class Executed:
    """What came of one execution.

    notebook: executed, or as far as it came; None where it was never begun. error: what ended it, None where all went well. cell: where, as the place of the cell
    in the notebook that was handed in, from 0; None where no cell failed. seconds: of the wall clock. how: which kernel ran it, in words.
    """

    notebook: NotebookNode | None
    error: Failure | None
    cell: int | None
    seconds: float
    how: str


@dataclass
class Watch:
    """Who is told how a run goes. on_cell: called with the numbers of cells done and of all; notebook: as far as it came; how: which kernel runs it."""

    on_cell: Callable[[int, int], None] | None = None
    notebook: NotebookNode | None = None
    how: str = "no kernel"


def execute(
    notebook: NotebookNode | str, parameters: Mapping[str, object], *, cell_timeout: float = CELL_TIMEOUT, run_timeout: float = RUN_TIMEOUT,
    on_cell: Callable[[int, int], None] | None = None,
) -> Executed:  # fmt: skip
    """Run `notebook` (read already, or its path) with `parameters` through papermill; never raises for what the notebook or its kernel does.

    cell_timeout, run_timeout: seconds. on_cell: called with the numbers of cells done and of all cells.
    """
    began, watch = perf_counter(), Watch(on_cell)
    error = _papermill(_bare(notebook), parameters, watch=watch, cell_limit=cell_timeout, run_limit=run_timeout)
    if watch.notebook:
        watch.notebook.metadata.papermill["input_path"] = notebook if isinstance(notebook, str) else None  # papermill notes the whole notebook where it got one
    cell = _failed_cell(watch.notebook) if error and watch.notebook else None
    return Executed(watch.notebook, error, cell, perf_counter() - began, watch.how)


def _bare(notebook: NotebookNode | str) -> NotebookNode:
    """The notebook without its outputs: papermill copies and checks it several times over before it clears them."""
    notebook = nbformat.read(notebook, as_version=4) if isinstance(notebook, str) else notebook
    return NotebookNode(notebook | {"cells": [NotebookNode(cell | {"outputs": []}) if "outputs" in cell else cell for cell in notebook.cells]})


def _papermill(notebook: NotebookNode, parameters: Mapping[str, object], **options) -> Failure | None:
    _warm_up()
    without_iri_checks()
    import papermill  # half a second, which only those who run a notebook pay
    from nbclient.exceptions import DeadKernelError

    try:
        papermill.execute_notebook(
            notebook, None, dict(parameters), engine_name="casebook", kernel_name="python3", progress_bar=False, store_widget_state=False, **options,
        )  # fmt: skip
    except papermill.PapermillExecutionError as fault:
        return Failure(fault.ename, fault.evalue, "\n".join(fault.traceback))
    except DeadKernelError as fault:
        return Failure("DeadKernelError", f"the kernel didn't start: {fault}")
    except Exception as fault:  # of nbclient or papermill: this run failed, others may go on
        return Failure(type(fault).__name__, str(fault), traceback.format_exc())
    return None


def _warm_up() -> None:
    """Let the server start, where there is none, while this process imports what it needs itself."""
    if reach.wanted():
        with suppress(Doubt):  # told where the kernel is started
            reach.begin()


def _failed_cell(notebook: NotebookNode) -> int | None:
    """The place of the cell that failed, in the notebook as it was before papermill put cells in."""
    given = [cell for cell in notebook.cells if not ADDED & set(cell.metadata.get("tags", []))]
    return next((index for index, cell in enumerate(given) if cell.metadata.papermill.get("exception")), None)
