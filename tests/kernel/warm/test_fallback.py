"""Where there is any doubt about the warm server, a plain kernel does the work, and that is said."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress

import psutil
import pytest

from helpers.kernel.warm import place, provisioner, reach, thin
from helpers.kernel.warm.place import Doubt

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is nothing to fall back from")


def _doubt(*_):
    raise Doubt("there is a doubt")


def test_a_plain_kernel_is_said_aloud(ran, monkeypatch, capsys):
    monkeypatch.delenv("CASEBOOK_KERNELS", raising=False)
    monkeypatch.setattr(place, "address", _doubt)
    done = ran("1 + 1")
    assert (done.error, done.how) == (None, "a plain kernel: there is a doubt")
    assert "casebook: a plain kernel: there is a doubt" in capsys.readouterr().err


def test_elsewhere_than_on_linux_it_isnt_tried(ran, monkeypatch):
    monkeypatch.setattr(provisioner.sys, "platform", "darwin")
    assert not reach.wanted() and ran("1").how.startswith("a plain kernel: warm ones need Linux")


def test_a_server_that_cant_start_is_given_up(monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="casebook-"))  # its path is short enough for a socket
    monkeypatch.setattr(reach, "CODE", "raise SystemExit('not today')")
    with pytest.raises(Doubt, match="doesn't start"):
        reach.connection()
    assert "not today" in (place.folder() / "server.log").read_text()
    shutil.rmtree(os.environ["XDG_RUNTIME_DIR"])


def test_a_command_that_cant_be_handed_over_runs_here(monkeypatch):
    monkeypatch.setattr(place, "address", _doubt)
    assert thin.handed_over("helpers.command.line", "here") is None


def test_a_command_has_its_callers_output_and_exit_code(warm, tmp_path):
    code = "import sys; from helpers.kernel.warm.thin import handed_over; sys.argv = ['casebook', 'run', 'nothing like it']; sys.exit(handed_over('helpers.command.line', 'here'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "") and "there is no notebook 'nothing like it'" in done.stderr


def _children(server, folder):
    """The server's processes that work for a caller in this folder."""
    found = []
    for child in server.children():
        with suppress(psutil.NoSuchProcess):
            found += [child.pid] if child.cwd() == str(folder) else []
    return found


def test_a_command_that_is_interrupted_ends_with_its_kernel(server, tmp_path, gone):
    code = "import sys; from helpers.__main__ import main; sys.argv = ['casebook', 'run', '2_paperwork_standardisation', '--to', sys.argv[1], '--no-progress']; main()"
    run = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "runs")], stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    while len(processes := _children(server(), tmp_path)) < 2:
        assert run.poll() is None
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    assert run.wait(20) == 1 and "Aborted" in run.stderr.read()
    assert all(gone(process) for process in processes) and list(tmp_path.iterdir()) == []
