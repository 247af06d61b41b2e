"""A command that a warm process carries out, while this one only hands over what it was given and waits."""

import os
import signal
import sys

from helpers.kernel.warm import reach
from helpers.kernel.warm.place import Doubt
from helpers.kernel.warm.wire import Wire

FORWARDED = (signal.SIGINT, signal.SIGTERM)


def handed_over(module: str, function: str) -> int | None:
    """The exit code of `function` in a warm process, with the arguments, folder, environment and terminal of this one; None where it must be called here.

    It returns an exit code, or None for success. Where no server is up yet, this process is sooner ready than one of the server's would be: each
    imports its own part at the same time.
    """
    if not reach.wanted():
        return None
    try:
        if not reach.begin():
            return None
        wire, pid = reach.ask(f"{module}:{function}", sys.argv, os.getcwd(), dict(os.environ), (0, 1, 2))
    except (Doubt, OSError):
        return None  # why is told where the kernel starts
    for number in FORWARDED:
        signal.signal(number, lambda number, _: os.kill(pid, number))
    return _end(wire)


def _end(wire: Wire) -> int | None:
    try:
        code = wire.hear(None)["exit"]
    except (EOFError, OSError, ValueError, KeyError):
        print("casebook: the warm server ended; once more, without it", file=sys.stderr)
        return None
    return code if code >= 0 else 128 - code
