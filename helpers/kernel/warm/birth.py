"""The first moments of a forked process: it becomes its caller's, in all that a process inherits, and then a kernel or a command line."""

import atexit
import contextlib
import ctypes
import importlib
import io
import os
import random
import re
import signal
import sys
import threading

from helpers.kernel.warm import unseen
from helpers.kernel.warm.wire import Wire

DEATH_SIGNAL = 1  # prctl: which signal comes when the parent dies
BLAS = ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads", "openblas_set_num_threads64_", "openblas_set_num_threads")
BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS")


def born(request: dict, wire: Wire) -> int:
    """Live as the `request` says (ask: "kernel" or "module:function"; argv, cwd, env) and return the exit code."""
    os.setsid()
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
    wire.say({"pid": os.getpid()})
    _take_over(request, wire)
    _be_random()
    _threads()
    return _kernel(wire) if request["ask"] == "kernel" else _command(request["ask"], wire)


def _take_over(request: dict, wire: Wire) -> None:
    """The caller's folder, environment, arguments and open files."""
    for number, file in enumerate(wire.files):
        os.dup2(file, number)
    wire.close_files()
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv[:] = request["argv"]
    sys.stdin = sys.__stdin__ = open(0, closefd=False)
    sys.stdout = sys.__stdout__ = _stream(1, "strict")
    sys.stderr = sys.__stderr__ = _stream(2, "backslashreplace")


def _stream(number: int, errors: str) -> io.TextIOWrapper:
    return open(number, "w", closefd=False, errors=errors, buffering=1 if number == 2 or os.isatty(number) else -1)


def _be_random() -> None:
    """No two processes draw the same numbers where a notebook sets no seed."""
    random.seed()
    sys.modules["numpy"].random.seed()


def _threads() -> None:
    """As many threads for linear algebra as the environment asks for; without that one, as in the server."""
    asked = next((os.environ[name] for name in BLAS_THREADS if os.environ.get(name, "").isdigit()), "1")
    if asked == "1":
        return
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as lines:
        libraries = set(re.findall(r"/\S*openblas\S*", lines.read()))
    for path in libraries:
        library = ctypes.CDLL(path)
        for name in BLAS:
            if hasattr(library, name):
                getattr(library, name)(int(asked))


def _kernel(wire: Wire) -> int:
    """An ordinary kernel; it says when it can be reached."""
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.parent_handle = 1  # it has a parent, whom it needn't watch
    app.initialize(sys.argv[1:])
    _hook_widgets()
    wire.say({"ready": True})
    wire.close()
    app.start()
    _farewell()
    return 0


def _hook_widgets() -> None:
    """What ipywidgets does when it is imported in a kernel. matplotlib needs nothing: it meets its backend at the first figure."""
    sys.modules["ipywidgets"]._handle_ipython()
    if unseen.asked():
        unseen.keep_quiet()


def _command(asked: str, wire: Wire) -> int:
    """What the function does, as from a shell."""
    module, function = asked.split(":")
    wire.close()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    code: object = 1
    try:
        code = getattr(importlib.import_module(module), function)()
    except SystemExit as end:
        code = end.code
    if isinstance(code, str):
        print(code, file=sys.stderr)
    _farewell()
    return code if isinstance(code, int) else int(code is not None)


def _farewell() -> None:
    """What an interpreter does at its end, as far as others see it."""
    with contextlib.suppress(AttributeError):
        threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
