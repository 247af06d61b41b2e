"""One task done: the notebook executed, and from it page, findings, memo and log. The same function in a local process and on a cluster."""

import json
import re
from collections.abc import Iterator, Mapping

import nbformat
from nbformat import NotebookNode

from helpers.batch.driver.task import FINDINGS, LOG, MEMO_PAGE, NOTEBOOK, PAGE, PROVENANCE, Failure, Made, Task, as_json
from helpers.batch.page import page
from helpers.kernel.execution import Executed, execute
from helpers.lesson.scraps import MEMO_PAGE as MEMO
from helpers.lesson.scraps import MEMO_TABLES, scraps_of

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def do(task: Task) -> Made:
    """Everything that comes of the task. Never raises for what the notebook does."""
    done = execute(nbformat.reads(task.notebook, as_version=4), task.parameters, cell_timeout=task.limits.cell, run_timeout=task.limits.run)
    failure = failure_of(done)
    texts = {LOG: log_of(task, done, failure), PROVENANCE: as_json(task.provenance)}
    texts |= {NOTEBOOK: nbformat.writes(_without_places(done.notebook, task)) + "\n"} if done.notebook else {}
    texts |= results_of(done.notebook, task.name) if failure is None else {}
    return Made(task, {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()}, done.seconds, done.how, failure)


def results_of(notebook: NotebookNode, title: str) -> dict[str, str]:
    """Page, findings, and the memo if there is one."""
    scraps = scraps_of(notebook)
    memo, _ = scraps.pop(MEMO, None), scraps.pop(MEMO_TABLES, None)
    texts = {PAGE: page(notebook, title=title), FINDINGS: as_json(list(scraps.values()))}
    return texts | ({MEMO_PAGE: memo} if memo else {})


def failure_of(done: Executed) -> Failure | None:
    """Why the run failed, in one line; None where it went well."""
    if done.error is None:
        return None
    words = done.error.words if done.error.name == "Refusal" else f"{done.error.name}: {done.error.words}"
    return Failure(one_line(words), done.cell, done.error.may_pass)


def one_line(text: str) -> str:
    """The text in one line of at most 300 letters, without colours."""
    line = " ".join(COLOURS.sub("", str(text)).split())
    return line if len(line) <= 300 else f"{line[:297]}..."


def _without_places(notebook: NotebookNode, task: Task) -> NotebookNode:
    """papermill notes the whole notebook, or full paths that tell of the machine; names are enough."""
    notebook.metadata.setdefault("papermill", NotebookNode()).update(input_path=task.file, output_path=f"{task.run}.ipynb")
    return notebook


def log_of(task: Task, done: Executed, failure: Failure | None) -> str:
    """What happened, cell by cell: how long it took, what it said on standard error, and where it stopped."""
    head = [f"{task.name}: {task.file}, attempt {task.attempt}, {done.seconds:.2f} s, {done.how}", f"given: {json.dumps(dict(task.parameters), ensure_ascii=False)}"]
    cells = done.notebook.cells if done.notebook else []
    body = [line for number, cell in enumerate(cells) if cell.cell_type == "code" for line in _told(number, cell)]
    end = [COLOURS.sub("", done.error.traceback), f"failed at cell {failure.cell}: {failure.words}"] if failure else ["went well"]
    return "\n".join([*head, *body, *end]) + "\n"


def _told(number: int, cell: NotebookNode) -> Iterator[str]:
    notes: Mapping = cell.metadata.get("papermill") or {}
    took = notes.get("duration")
    yield f"cell {number}: {'never run' if took is None else f'{took:.3f} s'}"
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            yield output.text.rstrip()
