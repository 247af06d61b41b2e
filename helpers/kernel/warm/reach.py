"""How a process gets another one from the warm server, which is started where there is none."""

import fcntl
import os
import socket
import sys
import time
from pathlib import Path

from helpers.kernel.warm import place
from helpers.kernel.warm.place import Doubt
from helpers.kernel.warm.wire import Wire

PATIENCE = 60.0  # seconds that a server may take to import everything, on a busy machine
CODE = "import sys; sys.path[:] = [path for path in sys.path if path]; from helpers.kernel.warm.server import main; main(sys.argv[1], int(sys.argv[2]))"
QUIET = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}  # no threads before a fork
TRIES = 2  # servers that are started in vain, before a plain process does
LOG_LIMIT = 1_000_000  # bytes of the servers' log

def wanted() -> bool:
    """Whether warm processes are to be used at all: on Linux, unless CASEBOOK_KERNELS=plain."""
    return sys.platform == "linux" and os.environ.get("CASEBOOK_KERNELS") != "plain"


def begin() -> bool:
    """Start the server if there is none, and don't wait for it; whether there was one. Raises Doubt."""
    address = place.address()
    if wire := _connected(address):
        wire.close()
    else:
        _start(address)
    return bool(wire)


def dismiss() -> None:
    """Let the server that fits, if there is one, end with its last process. Raises Doubt."""
    if wire := _connected(place.address()):
        wire.say({"ask": "retire"})
        wire.close()


def ask(kind: str, argv: list[str], cwd: str, env: dict[str, str], files: tuple[int, int, int]) -> tuple[Wire, int]:
    """A new process of `kind` ("kernel", or "module:function") with standard `files`: the wire that it lives by, and its number. Raises Doubt."""
    wire = connection()
    try:
        wire.say({"ask": kind, "argv": argv, "cwd": cwd, "env": env}, files)
        answer = wire.hear(PATIENCE)
    except (OSError, EOFError, ValueError) as fault:
        answer = {"doubt": f"the warm server didn't answer ({type(fault).__name__})"}
    if "pid" not in answer:
        wire.close()
        raise Doubt(answer.get("doubt", "the warm process didn't start"))
    return wire, answer["pid"]


def connection() -> Wire:
    """A wire to the server that fits, which is started if need be. Raises Doubt."""
    address, until, tries = place.address(), time.monotonic() + PATIENCE, 0
    while time.monotonic() < until and tries <= TRIES:
        if wire := _connected(address):
            return wire
        tries += _start(address)
        time.sleep(0.01)
    raise Doubt(f"the warm server doesn't start; see {place.folder() / 'server.log'}")


def _connected(address: Path) -> Wire | None:
    wire = Wire(socket.socket(socket.AF_UNIX))
    try:
        wire.socket.settimeout(PATIENCE)
        wire.socket.connect(str(address))
    except OSError:
        wire.close()
        return None
    if wire.peer != os.geteuid():
        wire.close()
        raise Doubt(f"{address} is another user's")
    return wire


def _start(address: Path) -> bool:
    """Start the server for `address`, unless one is just starting; whether it was done.

    The server holds a lock until it listens. It belongs to nobody: no terminal, no session, no open file of ours.
    """
    import subprocess  # dear, and seldom needed

    with open(address.with_suffix(".starting"), "wb") as lock, open(address.with_name("server.log"), "ab") as log:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if log.tell() > LOG_LIMIT:
            log.truncate(0)
        subprocess.Popen(
            [sys.executable, "-c", CODE, str(address), str(lock.fileno())], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=os.environ | QUIET,
            start_new_session=True, pass_fds=[lock.fileno()],
        )  # fmt: skip
    return True
