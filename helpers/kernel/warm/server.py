"""The server: it imports, then waits; every request makes it fork a process that does the rest.

It has run nothing before a fork: no thread, no event loop, no query, no ZeroMQ context, for a fork takes along only the thread that called it, and the locks
that others held. It keeps the connection to whoever asked for a process: when that one is gone, so is the process; when the server is gone, the system ends them all.
"""

import contextlib
import gc
import os
import selectors
import signal
import socket
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers.kernel.warm import place
from helpers.kernel.warm.birth import born
from helpers.kernel.warm.preload import preparations, preload, rehearsals
from helpers.kernel.warm.wire import Wire

IDLE = 900.0  # seconds without a process or a request, after which it ends
ROUND = 5.0  # seconds after which it looks whether it is still needed
POLITE = 2.0  # seconds in which a request must be complete
BACKLOG = 64  # requests that may wait
A_FEW = 3  # processes; who asks for more runs a batch


@dataclass
class Server:
    """What the server knows: where it listens and as what, which process was made for which connection and how many were, and what is left to do meanwhile:
    at once (left), or while no process of a single run would be held up by it (later)."""

    listener: socket.socket
    address: Path
    identity: int
    woken: int
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    processes: dict[int, Wire] = field(default_factory=dict)
    busy_at: float = field(default_factory=time.monotonic)
    retired: bool = False
    made: int = 0
    left: Iterator = iter(())
    later: Iterator = iter(())

    @property
    def needed(self) -> bool:
        """Whether a process lives by it, or may soon be asked of it: it is found at its address, and was lately."""
        return bool(self.processes) or not self.retired and _identity(self.address) == self.identity and time.monotonic() - self.busy_at < IDLE


def main(address: str, lock: int) -> None:
    """Import what kernels need, listen at `address`, prepare and import what all runs share while nobody waits, give back the `lock` that kept others from starting, and serve until nobody needs it any more."""
    code = place.code()
    preload()
    _retire(place.outdated(Path(address)))
    if place.code() != code or place.code() != Path(address).name.split("-")[1]:
        return  # something was edited meanwhile: nobody knows what was imported
    gc.collect()
    gc.freeze()  # later collections leave shared memory shared
    with _listening(Path(address)) as listener:
        Path(address).with_suffix(".starting").unlink(missing_ok=True)
        os.close(lock)
        _serve(Server(listener, Path(address), _identity(Path(address)), _wake_up(), left=iter(preparations()), later=iter(rehearsals())))


@contextlib.contextmanager
def _listening(address: Path) -> Iterator[socket.socket]:
    """A listening socket for this user alone; its file appears in one step, in place of a stale one, and goes with the server."""
    draft = address.with_suffix(f".{os.getpid()}")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(draft))
        draft.chmod(0o600)
        listener.listen(BACKLOG)
        draft.rename(address)
        identity = _identity(address)
        try:
            yield listener
        finally:
            if _identity(address) == identity:
                address.unlink(missing_ok=True)


def _identity(path: Path) -> int:
    """The file's number on its disk; 0 where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _retire(addresses: list[Path]) -> None:
    """Tell servers with old code to end with their last process; clear away what the dead ones left."""
    for address in addresses:
        with socket.socket(socket.AF_UNIX) as connection, contextlib.suppress(OSError):
            connection.settimeout(POLITE)
            try:
                connection.connect(str(address))
            except ConnectionRefusedError:
                address.unlink(missing_ok=True)
            else:
                Wire(connection).say({"ask": "retire"})


def _wake_up() -> int:
    """A pipe that can be read whenever a process has ended."""
    woken, waker = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return woken


def _serve(server: Server) -> None:
    server.selector.register(server.listener, selectors.EVENT_READ)
    server.selector.register(server.woken, selectors.EVENT_READ)
    idle = False
    while server.needed:
        asked = server.selector.select(timeout=ROUND if idle else 0)
        idle = not asked and not _prepare(server)
        for key, _ in asked:
            if key.fileobj is server.listener:
                _answer(server, Wire(server.listener.accept()[0]))
            elif isinstance(key.fileobj, Wire):
                _deserted(server, key.fileobj)
            else:
                os.read(server.woken, 4096)
        _bury(server)


def _prepare(server: Server) -> bool:
    """Do one piece of what is left; whether there was one. What fails here fails again, and is told, where it is needed."""
    try:
        work = next(server.left, None)
        if work is None and (not server.processes or server.made > A_FEW):
            work = next(server.later, None)
        if work is None:
            return False
        work()
    except Exception:
        traceback.print_exc()
    gc.collect()
    gc.freeze()
    return True


def _answer(server: Server, wire: Wire) -> None:
    """Take one request; whoever isn't this user, or isn't understood, gets no answer."""
    try:
        if wire.peer == os.geteuid():
            _do(server, wire.hear(POLITE), wire)
    except (OSError, EOFError, ValueError, AttributeError):
        pass
    finally:
        wire.close_files()
        if wire not in server.processes.values():
            wire.close()
    server.busy_at = time.monotonic()


def _do(server: Server, request: dict, wire: Wire) -> None:
    if request.get("ask") == "retire":
        server.retired = True
    elif (threads := len(os.listdir("/proc/self/task"))) != 1:
        server.retired = True
        wire.say({"doubt": f"the warm server runs {threads} threads"})
    elif process := os.fork():
        server.made += 1
        server.processes[process] = wire
        server.selector.register(wire, selectors.EVENT_READ)
    else:
        _be_born(server, request, wire)


def _be_born(server: Server, request: dict, wire: Wire) -> None:
    """In the new process: forget the server, live as asked, and never come back."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        server.selector.close()
        server.listener.close()
        for other in server.processes.values():
            other.close()
        code = born(request, wire)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _deserted(server: Server, wire: Wire) -> None:
    """The one who asked is gone: end his process and all that it started."""
    process = next(number for number, one in server.processes.items() if one is wire)
    for end in (os.killpg, os.kill):
        with contextlib.suppress(OSError):
            end(process, signal.SIGKILL)
    server.selector.unregister(wire)


def _bury(server: Server) -> None:
    """Tell how each process ended that did, before its number can be given to another."""
    for process, wire in list(server.processes.items()):
        ended = os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is None:
            continue
        with contextlib.suppress(OSError):
            wire.say({"exit": ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status})
        with contextlib.suppress(KeyError):
            server.selector.unregister(wire)
        wire.close()
        os.waitpid(process, 0)
        del server.processes[process]
        server.busy_at = time.monotonic()
