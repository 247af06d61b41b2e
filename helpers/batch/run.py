"""One headless run: a notebook and its parameters in; executed notebook, page, findings and memo out, or a refusal and nothing."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from traitlets.config import Config

from helpers.batch.office import office_files
from helpers.batch.page import page
from helpers.intake.refusal import Refusal
from helpers.lesson.scraps import MEMO_PAGE, MEMO_TABLES, scraps_of

SOCKETS = Config({"KernelManager": {"transport": "ipc"}} if os.name == "posix" else {})  # files of this user's instead of open ports


@dataclass(frozen=True)
class Run:
    """Where a run's files are: a folder, and in it one file of each kind."""

    folder: Path
    files: tuple[str, ...]

    @property
    def paths(self) -> list[Path]:
        """The files' paths, in the order they were written."""
        return [self.folder / name for name in self.files]


def run(notebook: Path, parameters: Mapping[str, object], folder: Path, progress: bool = True, office: bool = True) -> Run:
    """Run `notebook` with `parameters` and put what comes of it into `folder`; office: also as Word and Excel files.

    Files appear only after the whole run went well, each moved into place in one step; what an earlier run left stays whole until then.
    Raises Refusal in words where the notebook refuses its input or fails.
    """
    with tempfile.TemporaryDirectory(prefix=".partial-", dir=_standing(folder)) as workshop:
        files = _make(notebook, parameters, Path(workshop), progress, office)
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            os.replace(Path(workshop) / name, folder / name)
    return Run(folder, tuple(files))


def _standing(folder: Path) -> Path:
    """The nearest folder that is there already: on the same disk, so that moving a file is one step, and nothing is made before the run went well."""
    return next(place for place in (folder, *folder.absolute().parents) if place.is_dir())


def _make(notebook: Path, parameters: Mapping[str, object], workshop: Path, progress: bool, office: bool) -> list[str]:
    executed = workshop / notebook.name
    _execute(notebook, executed, parameters, progress)
    ran = nbformat.read(executed, as_version=4)
    scraps = scraps_of(ran)
    memo, tables = scraps.pop(MEMO_PAGE, None), scraps.pop(MEMO_TABLES, None)
    texts = {f"{notebook.stem}.html": page(ran, title=notebook.stem.replace("_", " ")), "findings.json": _json(scraps)}
    texts |= {"memo.html": memo} if memo else {}
    files = {name: text.encode() for name, text in texts.items()} | (office_files(tables, list(scraps.values())) if tables and office else {})
    for name, content in files.items():
        (workshop / name).write_bytes(content)
    return [notebook.name, *files]


def _execute(notebook: Path, executed: Path, parameters: Mapping[str, object], progress: bool) -> None:
    """Run the notebook; what papermill raises becomes a refusal in words."""
    try:
        papermill.execute_notebook(
            str(notebook), str(executed), dict(parameters), progress_bar=progress,
            kernel_name="python3", store_widget_state=False, config=SOCKETS,
        )  # fmt: skip
    except papermill.PapermillExecutionError as failure:
        if failure.ename == "Refusal":
            raise Refusal(failure.evalue, where=notebook.name) from None
        where = f"{notebook.name}, cell {failure.cell_index}"
        raise Refusal(f"{failure.ename}: {failure.evalue}", where, "This is a fault of ours; please report it") from failure


def _json(scraps: Mapping[str, object]) -> str:
    return json.dumps(list(scraps.values()), indent=1, ensure_ascii=False) + "\n"


