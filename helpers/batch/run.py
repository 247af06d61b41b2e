"""One headless run: a notebook and its parameters in; executed notebook, page, findings and memo out, or a refusal and nothing."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import nbformat
from nbformat import NotebookNode
from tqdm import tqdm

from helpers.batch.office import office_files
from helpers.batch.office import prepare as prepare_office
from helpers.batch.page import page
from helpers.batch.page import prepare as prepare_page
from helpers.intake.refusal import Refusal
from helpers.kernel.execution import execute
from helpers.lesson.scraps import MEMO_PAGE, MEMO_TABLES, scraps_of


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
    ran = _execute(notebook, parameters, progress)
    scraps = scraps_of(ran)
    memo, tables = scraps.pop(MEMO_PAGE, None), scraps.pop(MEMO_TABLES, None)
    texts = {notebook.name: nbformat.writes(ran) + "\n", f"{notebook.stem}.html": page(ran, title=notebook.stem.replace("_", " ")), "findings.json": _json(scraps)}
    texts |= {"memo.html": memo} if memo else {}
    files = {name: text.encode() for name, text in texts.items()} | (office_files(tables, list(scraps.values())) if tables and office else {})
    for name, content in files.items():
        (workshop / name).write_bytes(content)
    return list(files)


def _execute(notebook: Path, parameters: Mapping[str, object], progress: bool) -> NotebookNode:
    """The executed notebook; what ended it too early becomes a refusal in words."""
    with tqdm(desc="Executing", unit="cell", disable=not progress) as bar:
        done = execute(str(notebook), parameters, on_cell=lambda cells, of: _show(bar, cells, of))
    if not done.error:
        return done.notebook
    if done.error.name == "Refusal":
        raise Refusal(done.error.words, where=notebook.name)
    where = notebook.name if done.cell is None else f"{notebook.name}, cell {done.cell}"
    raise Refusal(f"{done.error.name}: {done.error.words}", where, "This is a fault of ours; please report it")


def _show(bar: tqdm, cells: int, of: int) -> None:
    if cells == 1:  # the kernel is at work for a while, and this process waits
        Thread(target=_prepare, daemon=True).start()
    bar.total = of
    bar.update(cells - bar.n)


def _prepare() -> None:
    """Load what makes the page and the office files."""
    prepare_page()
    prepare_office()


def _json(scraps: Mapping[str, object]) -> str:
    return json.dumps(list(scraps.values()), indent=1, ensure_ascii=False) + "\n"


