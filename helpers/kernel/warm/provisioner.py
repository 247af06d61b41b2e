"""Kernels that are forked from the warm server instead of started anew; to everyone else they are ordinary local kernels."""

import asyncio
import os
import signal
import sys
import time
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from helpers.kernel.warm import reach
from helpers.kernel.warm.place import Doubt
from helpers.kernel.warm.wire import Wire

PATIENCE = 30.0  # seconds from a fork to a kernel that can be reached
PROGRAM = ["-m", "ipykernel_launcher"]


class ForkedProcess:
    """What subprocess.Popen is to a local kernel: a process whose end is told over the wire."""

    stdin = stdout = stderr = None

    def __init__(self, wire: Wire, pid: int):
        self.wire, self.pid, self.returncode = wire, pid, None

    def poll(self) -> int | None:
        """The exit code (minus the signal that ended it), or None while it runs."""
        if self.returncode is None:
            try:
                self._learn(self.wire.hear(0))
            except BlockingIOError:
                pass
            except (OSError, EOFError, ValueError):
                self._learn({"exit": -signal.SIGKILL})  # the server is gone, and took it along
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended."""
        while self.returncode is None:
            try:
                self._learn(self.wire.hear(timeout))
            except (EOFError, ValueError, ConnectionError):
                self._learn({"exit": -signal.SIGKILL})
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _learn(self, message: dict) -> None:
        if "exit" in message:
            self.returncode = message["exit"]
            self.wire.close()


class WarmProvisioner(LocalProvisioner):
    """Starts the kernel in a process forked from the warm server; in an ordinary one, and says so, where that can't be.

    how: which of the two it was, in words.
    """

    how = ""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that `cmd` would start; returns how to reach it."""
        try:
            self.process = await _forked(cmd, **kwargs)
        except Doubt as doubt:
            self.how = f"a plain kernel: {doubt}"
            print(f"casebook: {self.how}", file=sys.stderr)
            return await super().launch_kernel(cmd, **kwargs)
        self.how, self.cwd = "a warm kernel", kwargs.get("cwd") or os.getcwd()
        self.pid = self.pgid = self.process.pid
        return self.connection_info


async def _forked(cmd: list[str], cwd: str | None = None, env: dict[str, str] | None = None, stdout: Any = None, stderr: Any = None, **_: Any) -> ForkedProcess:
    """The kernel's process, as soon as it can be reached. Raises Doubt."""
    if not reach.wanted():
        raise Doubt("CASEBOOK_KERNELS=plain" if sys.platform == "linux" else f"warm ones need Linux, this is {sys.platform}")
    if cmd[0] != sys.executable or cmd[1:3] != PROGRAM:
        raise Doubt("the notebook asks for another kernel than that of this interpreter")
    with open(os.devnull) as nothing:
        files = (nothing.fileno(), _number(stdout, 1), _number(stderr, 2))
        wire, pid = reach.ask("kernel", cmd[2:], os.fspath(cwd or os.getcwd()), dict(os.environ if env is None else env), files)
    if not await _ready(wire):
        wire.close()
        raise Doubt("the warm kernel didn't come up")
    return ForkedProcess(wire, pid)


async def _ready(wire: Wire) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            return "ready" in wire.hear(0)
        except BlockingIOError:
            await asyncio.sleep(0.002)
        except (OSError, EOFError, ValueError):
            break
    return False


def _number(file: Any, standard: int) -> int:
    if hasattr(file, "fileno"):
        return file.fileno()
    return file if isinstance(file, int) and file >= 0 else standard
