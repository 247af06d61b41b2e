"""What tests of kernels share: small notebooks, run with short limits; and servers of their own, which end with the tests."""

import shutil
import sys
import tempfile
import time

import nbformat
import psutil
import pytest

from helpers.kernel.execution import execute
from helpers.kernel.warm import place, reach


@pytest.fixture
def notebook():
    """A function from the sources of code cells to a notebook; its first cell is prose."""

    def of(*sources):
        cells = [nbformat.v4.new_markdown_cell("A test."), *(nbformat.v4.new_code_cell(source) for source in sources)]
        return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}})

    return of


@pytest.fixture
def plainly(monkeypatch):
    """Kernels that are started anew."""
    monkeypatch.setenv("CASEBOOK_KERNELS", "plain")


@pytest.fixture
def ran(notebook):
    """A function that runs code cells and returns what came of it."""
    return lambda *sources, **limits: execute(notebook(*sources), {}, **{"cell_timeout": 60, **limits})


@pytest.fixture
def warm(monkeypatch):
    """The warm server of these tests; skips by name where there can be none."""
    if sys.platform != "linux":
        pytest.skip("warm kernels need Linux")
    monkeypatch.delenv("CASEBOOK_KERNELS", raising=False)
    reach.connection().close()
    return place.address()


@pytest.fixture
def doomed(monkeypatch):
    """Servers of a test's own, which it may kill: no other test's kernels end with them."""
    folder = tempfile.mkdtemp(prefix="casebook-")  # its path is short enough for a socket
    monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
    yield
    reach.dismiss()
    shutil.rmtree(folder)


@pytest.fixture
def server(warm):
    """The process of the server that listens at `warm`."""
    return lambda: next(one for one in psutil.process_iter(["cmdline"]) if str(warm) in (one.info["cmdline"] or ()))


@pytest.fixture
def gone():
    """Whether a process ends within some seconds."""

    def lives(pid):
        try:
            return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:  # also where it goes while it is looked at
            return False

    def ends(pid, seconds=10):
        until = time.monotonic() + seconds
        while lives(pid) and time.monotonic() < until:
            time.sleep(0.02)
        return not lives(pid)

    return ends
