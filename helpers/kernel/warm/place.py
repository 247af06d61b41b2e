"""Where the server is reached, and what a server must have in common with who asks it for a process."""

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import helpers

HELPERS = os.path.dirname(os.path.abspath(helpers.__file__))
# What the environment may change in a module that is imported once for all; everything else reaches each process as its own.
MATTERS = ("PYTHON", "MPL", "NUMBA", "NUMPY", "NUMEXPR", "ARROW", "JE_ARROW", "OMP_", "OPENBLAS", "GOTO_", "MKL_", "BLIS_", "KMP_", "MALLOC", "LD_",
           "JUPYTER", "IPYTHON", "LC_", "LANG", "TZ", "HOME", "XDG_", "TMPDIR", "SLURM_JOB_ID", "PBS_JOBID", "LSB_JOBID", "JOB_ID")  # fmt: skip
NOT_SHARED = "OPENBLAS_NUM_THREADS"  # the server has one thread; each process takes as many as its own environment asks for
CONFINES = ("mnt", "pid", "net", "ipc", "user")  # namespaces: a container's processes are born in it

LONGEST = 100  # bytes of a socket's path that Linux takes, with room for a draft's ending


class Doubt(Exception):
    """Why no process can be had from a warm server; a plain one does as well, only later."""


def folder() -> Path:
    """The private folder of this user's servers, made where it is missing. Raises Doubt where it isn't his alone."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    path = Path(runtime) / "casebook" if os.path.isdir(runtime) else Path(os.environ.get("TMPDIR", "/tmp")) / f"casebook-{os.geteuid()}"
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        found = path.lstat()
    except OSError as fault:
        raise Doubt(f"there is no private folder ({fault.strerror})") from None
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise Doubt(f"{path} is not this user's alone")
    return path


def address() -> Path:
    """The socket file of the server that fits this process: same code, interpreter, environment, rights and limits. Raises Doubt."""
    path = folder() / f"{_short(_whose())}-{code()}-{_short(_surroundings())}.socket"
    if len(os.fsencode(path)) > LONGEST:
        raise Doubt(f"{path.parent} is too long a path for a socket")
    return path


def outdated(current: Path) -> list[Path]:
    """The socket files of servers that hold other code than this for the same place and interpreter."""
    whose, now, _ = current.name.split("-")
    return [path for path in current.parent.glob(f"{whose}-*.socket") if path.name.split("-")[1] != now]


def code() -> str:
    """One word for all code as it stands: our modules, the installed packages, the interpreter."""
    return _short(_code())


def _whose() -> Iterator[str]:
    yield from (HELPERS, sys.executable)


def _code() -> Iterator[str]:
    yield from (sys.version, sys.prefix)
    yield from (f"{path} {os.stat(path).st_mtime_ns}" for path in sys.path if path.endswith("-packages") and os.path.isdir(path))
    yield from _modules(HELPERS)


def _surroundings() -> Iterator[str]:
    yield from (f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith(MATTERS) and name != NOT_SHARED)
    yield from (repr(part) for part in (os.getresuid(), os.getresgid(), sorted(os.getgroups()), _umask(), os.getpriority(os.PRIO_PROCESS, 0)))
    yield from (repr(sorted(os.sched_getaffinity(0))), *(os.readlink(f"/proc/self/ns/{name}") for name in CONFINES), *_limits())


def _modules(top: str) -> Iterator[str]:
    """Path, size and time of each of our modules."""
    for entry in sorted(os.scandir(top), key=lambda one: one.name):
        if entry.is_dir(follow_symlinks=True) and entry.name != "__pycache__":
            yield from _modules(entry.path)
        elif entry.name.endswith(".py"):
            about = entry.stat()
            yield f"{entry.path} {about.st_size} {about.st_mtime_ns}"


def _umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def _limits() -> Iterator[str]:
    with open("/proc/self/limits", encoding="ascii") as lines:
        yield from lines


def _short(parts: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
