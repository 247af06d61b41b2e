"""papermill finds the engine by name, and writes the file that it would write itself, only less often."""

import json

import nbformat
import papermill
import pytest

from helpers.kernel import record
from helpers.kernel.client import LONGEST_SOCKET, Client

pytestmark = pytest.mark.usefixtures("plainly")


@pytest.fixture
def path(notebook, tmp_path):
    """A notebook's file."""
    nbformat.write(notebook("a = 1", "print(a)", "'done'"), tmp_path / "given.ipynb")
    return tmp_path / "given.ipynb"


def _run(path, engine):
    out = path.with_name(f"{engine}.ipynb")
    papermill.execute_notebook(str(path), str(out), {"a": 2}, engine_name=engine, progress_bar=False)
    return json.loads(out.read_text())


def _timeless(written):
    """The notebook without times, places and the random names of cells."""
    written["metadata"].pop("papermill")
    for cell in written["cells"]:
        cell["metadata"].pop("execution", None), cell.pop("id")
        cell["metadata"]["papermill"] = cell["metadata"]["papermill"]["status"], cell["metadata"]["papermill"]["exception"]
    return written


def test_the_same_file_as_papermills_own_engine(path):
    assert _timeless(_run(path, "casebook")) == _timeless(_run(path, "nbclient"))


def test_the_file_is_written_seldom(path, monkeypatch):
    written = []
    monkeypatch.setattr("papermill.engines.write_ipynb", lambda *_: written.append(1))
    _run(path, "casebook")
    assert len(written) == 1
    monkeypatch.setattr(record, "SAVE_EVERY", 0.0)
    _run(path, "casebook")
    assert len(written) > 4


def test_a_run_that_is_broken_off_is_written_as_such(path, monkeypatch):
    def break_off(self, cell, index):
        raise KeyboardInterrupt

    monkeypatch.setattr(Client, "execute_cell", break_off)
    with pytest.raises(KeyboardInterrupt):
        _run(path, "casebook")
    left = json.loads(path.with_name("casebook.ipynb").read_text())
    assert left["metadata"]["papermill"]["exception"] is True
    assert [cell["metadata"]["papermill"]["status"] for cell in left["cells"]] == ["failed", "pending", "pending", "pending", "pending"]


def test_a_kernel_talks_over_files_where_their_paths_are_short_enough(path, monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr(Client, "create_kernel_manager", noting(Client.create_kernel_manager, seen))
    _run(path, "casebook")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / ("x" * LONGEST_SOCKET)))
    _run(path, "casebook")
    assert seen == ["ipc", "tcp"]


def noting(create, seen):
    """`create` that notes how the kernel will be talked to."""

    def created(self):
        manager = create(self)
        seen.append(manager.transport)
        return manager

    return created
