"""What all tests share: where the repository is, and the real logs that lie beside it."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "real"


@pytest.fixture(scope="session", autouse=True)
def _no_server_left():
    """The warm server that runs may have started ends with the tests."""
    yield
    from helpers.kernel.warm import reach
    from helpers.kernel.warm.place import Doubt

    with suppress(Doubt, OSError):
        if reach.wanted():
            reach.dismiss()


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def real_log():
    """A function from the name of a real log to its path; the test skips by that name where it is absent."""

    def find(name: str) -> Path:
        if not (REAL / name).exists():
            pytest.skip(f"real log not here: {name}")
        return REAL / name

    return find


@pytest.fixture(scope="session")
def published():
    """A function from an id to that published value's entry: inputs, expected, tolerance, source."""
    text = (ROOT / "tests" / "published" / "values.json").read_text(encoding="utf-8")
    entries = {entry["id"]: entry for entry in json.loads(text)["entries"]}
    return entries.__getitem__


@pytest.fixture(scope="session")
def postgres():
    """The address of a throw-away PostgreSQL server on loopback, with user casebook and a password that no message may show.

    Where no server is installed the test skips by name, or fails where CASEBOOK_POSTGRES=required.
    """
    tools = shutil.which("initdb") or max(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")), default=None)
    if not tools:
        (pytest.fail if os.environ.get("CASEBOOK_POSTGRES") == "required" else pytest.skip)("PostgreSQL's server isn't installed")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        yield from _server(Path(tools).resolve().parent, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _server(tools: Path, folder: Path):
    """The server's address while it runs. It refuses to run as root, who lends it the user that Debian made for it."""
    lent = {"user": "postgres"} if os.geteuid() == 0 else {}
    if lent:
        shutil.chown(folder, "postgres")
    password, port = "s3cr3t-of-the-test", _free_port()
    (folder / "password").write_text(password)
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    made = ["initdb", "-D", "data", "-U", "casebook", "--pwfile=password", "--auth=scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"]
    for command in (made, ["pg_ctl", "-D", "data", "-o", options, "-l", "log", "-w", "start"]):
        run = subprocess.run([tools / command[0], *command[1:]], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, **lent)
        assert run.returncode == 0, run.stderr
    try:
        yield f"postgresql+pg8000://casebook:{password}@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([tools / "pg_ctl", "-D", "data", "-m", "immediate", "stop"], cwd=folder, stdout=subprocess.DEVNULL, check=False, **lent)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
