"""Who may ask the server for a process, what it must have in common with it, and when it ends."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest

from helpers.kernel.warm import place, reach, server
from helpers.kernel.warm.place import Doubt
from helpers.kernel.warm.wire import Wire

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="warm kernels need Linux")


def test_the_socket_is_its_users_alone(warm):
    assert stat.S_IMODE(warm.stat().st_mode) == 0o600 and stat.S_IMODE(warm.parent.stat().st_mode) == 0o700
    assert warm.stat().st_uid == os.geteuid() == warm.parent.stat().st_uid


def test_the_server_has_one_thread(warm, server):
    assert server().num_threads() == 1


@pytest.mark.parametrize("spoil", [lambda path: path.chmod(0o755), lambda path: (path.rename(f"{path}-"), path.symlink_to(f"{path}-"))])
def test_a_folder_that_others_reach_is_not_used(tmp_path, monkeypatch, spoil):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    spoil(place.folder())
    with pytest.raises(Doubt, match="not this user's alone"):
        place.folder()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_another_users_folder_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    os.chown(place.folder(), 65534, 65534)
    with pytest.raises(Doubt, match="not this user's alone"):
        place.folder()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_stranger_reaches_no_server(warm):
    code = f"import socket; socket.socket(socket.AF_UNIX).connect({str(warm)!r})"
    stranger = subprocess.run(["/usr/bin/env", "python3", "-c", code], user=65534, capture_output=True, text=True)
    assert "PermissionError" in stranger.stderr


@pytest.fixture
def asked():
    """A server that forks nothing, and a function that asks it as a user."""
    ours, theirs = socket.socketpair()
    there = server.Server(ours, Path("/nowhere"), 0, 0)

    def ask(message, user):
        wire = Wire(ours)
        Wire(theirs).say(message)
        type(wire).peer = property(lambda _: user)
        server._answer(there, wire)
        return there

    before = Wire.peer
    yield ask
    Wire.peer = before
    ours.close(), theirs.close()


def test_the_server_does_nothing_for_a_stranger(asked):
    assert not asked({"ask": "retire"}, os.geteuid() + 1).retired


def test_the_server_does_what_its_user_asks(asked):
    assert asked({"ask": "retire"}, os.geteuid()).retired


@pytest.mark.parametrize("nonsense", [b"", b"\n", b"[]\n", b"{}\n", b"\xff\n", b"a" * 100])
def test_nonsense_leaves_the_server_as_it_was(warm, server, ran, nonsense):
    before = server().pid
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(warm))
        connection.sendall(nonsense)
    assert ran("1").how == "a warm kernel" and server().pid == before


def test_other_code_environment_or_limits_are_another_servers(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "HELPERS", str(tmp_path))
    module = tmp_path / "module.py"
    module.write_text("a = 1")
    first = place.address()
    assert place.address() == first
    module.write_text("a = 23")
    edited = place.address()
    assert edited != first and first in [*place.outdated(edited), first]
    monkeypatch.setenv("MPLBACKEND", "agg")
    told = place.address()
    umask = os.umask(0o077)
    try:
        assert len({first, edited, told, place.address()}) == 4
    finally:
        os.umask(umask)
    monkeypatch.setenv("SOMETHING_ELSE", "changes nothing"), monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    assert place.address() == told
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")  # other numbers in the last bit
    assert place.address() != told


LEAN = """
def preload():
    import ipykernel.ipkernel, ipykernel.kernelapp, ipywidgets, numpy
    import helpers.lesson.start


preparations = rehearsals = list
"""
RUN = """
import nbformat, sys
from helpers.kernel.execution import execute
done = execute(nbformat.read(sys.argv[1], as_version=4), {})
print(done.how, done.notebook.cells[1].outputs[0].text)
"""


@pytest.fixture
def elsewhere(root, notebook, monkeypatch):
    """A copy of the helpers whose server imports little, and a function that runs a notebook with it, in a process of its own."""
    folder = Path(tempfile.mkdtemp(prefix="casebook-"))
    shutil.copytree(root / "helpers", folder / "helpers")
    (folder / "helpers" / "kernel" / "warm" / "preload.py").write_text(LEAN, encoding="utf-8")
    (folder / "run").mkdir()
    monkeypatch.delenv("CASEBOOK_KERNELS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder / "run")), monkeypatch.setenv("PYTHONPATH", str(folder)), monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    nbformat.write(notebook("from helpers.lesson import start\nprint(start.__doc__)"), folder / "a.ipynb")
    yield folder, lambda: subprocess.run([sys.executable, "-c", RUN, str(folder / "a.ipynb")], capture_output=True, text=True, check=True, cwd=folder).stdout
    for address in (folder / "run" / "casebook").glob("*.socket"):
        reach._connected(address).say({"ask": "retire"})
    shutil.rmtree(folder)


def test_an_edited_helper_is_what_the_next_kernel_runs(elsewhere):
    folder, told = elsewhere
    assert told().startswith("a warm kernel The start page")
    module = folder / "helpers" / "lesson" / "start.py"
    module.write_text('"""Edited."""\n' + module.read_text(encoding="utf-8").split('"""', 2)[2], encoding="utf-8")
    assert told() == "a warm kernel Edited.\n\n"
    assert len(list((folder / "run" / "casebook").glob("*.socket"))) == 1  # the one with the old code has gone


def test_too_long_a_path_is_a_doubt_at_once(tmp_path, monkeypatch):
    (tmp_path / ("x" * 100)).mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("x" * 100)))
    with pytest.raises(Doubt, match="too long"):
        place.address()


def test_a_stale_socket_is_replaced(tmp_path, monkeypatch):
    address = tmp_path / "a.socket"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(address))
    with server._listening(address):
        reach._connected(address).close()
    assert list(tmp_path.iterdir()) == []


def test_a_server_ends_when_it_is_idle_replaced_or_retired(tmp_path):
    address = tmp_path / "a.socket"
    address.touch()
    there = server.Server(None, address, server._identity(address), 0)
    assert there.needed
    there.busy_at -= server.IDLE + 1
    assert not there.needed
    there.processes[1] = None
    assert there.needed
    idle = server.Server(None, address, server._identity(address) + 1, 0)
    assert not idle.needed


def test_the_cases_are_gone_through_only_where_no_single_run_is_held_up(tmp_path):
    done = []
    there = server.Server(None, tmp_path, 0, 0, left=iter([lambda: done.append("at once")]), later=iter([lambda: done.append("later"), lambda: 1 / 0, lambda: done.append("last")]))
    there.processes, there.made = {1: None}, 1  # one run is under way
    assert server._prepare(there) and not server._prepare(there) and done == ["at once"]
    there.made = server.A_FEW + 1  # it was a batch
    assert server._prepare(there) and done == ["at once", "later"]
    there.processes, there.made = {}, 1  # nobody runs anything
    assert server._prepare(there) and server._prepare(there) and not server._prepare(there) and done[-1] == "last"  # what fails holds nothing up
