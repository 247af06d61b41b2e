"""What all tests share: where the repository is, the real logs that lie beside it, one warm server, and in which order they come."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "real"
WIDGET = "application/vnd.jupyter.widget-view+json"

# the same examples on every machine, and no failure because a machine is busy; --hypothesis-profile search looks for others
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("search", deadline=None, derandomize=False, max_examples=60)
settings.load_profile("steady")


# What takes long, and leaves a core idle where it comes last; everything else is short and fills up the end.
LONG = ("tests/browser", "tests/notebooks", "tests/kernel", "notebooks", "tests/batch", "tests/engines", "tests/room", "tests/app", "tests/decision")


def pytest_configure(config) -> None:
    """A private place for the warm server of this run, which all its workers share: nobody else's tests end it, and it ends nobody else's."""
    if not hasattr(config, "workerinput"):
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="casebook-")  # its path is short enough for a socket


def pytest_unconfigure(config) -> None:
    """The warm server ends with the tests: the controller is the last to go."""
    if hasattr(config, "workerinput"):
        return
    from helpers.kernel.warm import reach
    from helpers.kernel.warm.place import Doubt

    with suppress(Doubt, OSError):
        if reach.wanted():
            reach.dismiss()
    shutil.rmtree(os.environ.pop("XDG_RUNTIME_DIR"), ignore_errors=True)


def pytest_collection_modifyitems(items) -> None:
    """Long ones first."""
    items.sort(key=_place)


def _place(item) -> int:
    file = item.path.relative_to(ROOT).as_posix()
    return next((place for place, folder in enumerate(LONG) if file.startswith(f"{folder}/")), len(LONG))


@pytest.fixture(scope="session")
def outputs_of():
    """A function from a notebook to all its outputs as text, pictures included, without the random ids of widgets."""

    def text(notebook) -> str:
        outputs = [cell.get("outputs", []) for cell in notebook.cells if cell.cell_type == "code"]
        for output in (output for cell in outputs for output in cell):
            if WIDGET in output.get("data", {}):
                output["data"][WIDGET]["model_id"] = ""
        return json.dumps(outputs, indent=1, sort_keys=True)

    return text


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
