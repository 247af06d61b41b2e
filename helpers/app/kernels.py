"""Kernels that are ready before anybody asks, each belonging to one reader."""

import asyncio
from collections import deque
from pathlib import Path

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Int

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LOAD = """
import importlib, pkgutil, helpers.lesson, helpers.room.mine
for part in pkgutil.walk_packages(helpers.lesson.__path__, "helpers.lesson."):
    importlib.import_module(part.name)
del importlib, pkgutil, helpers, part
"""
PATIENCE = 120  # seconds; many kernels may begin at once on few cores


class WarmKernels(AsyncMappingKernelManager):
    """Starts kernels ahead of their readers, with everything loaded that a case needs."""

    ready = Int(1, help="How many kernels wait for readers.").tag(config=True)

    def __init__(self, **options):
        super().__init__(**options)
        self._waiting: deque[asyncio.Task] = deque()
        self._owners: dict[str, str] = {}

    def warm_up(self) -> None:
        """Let as many kernels as are wanted begin; returns at once."""
        while len(self._waiting) < self.ready:
            self._waiting.append(asyncio.create_task(self._begin()))

    async def all_warm(self) -> None:
        """Wait until as many kernels as are wanted are ready."""
        self.warm_up()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def take(self, owner: str) -> str:
        """The id of a kernel that is `owner`'s alone from now on; another begins in its place."""
        task = self._waiting.popleft() if self._waiting else asyncio.create_task(self._begin())
        kernel_id = await task
        self._owners[kernel_id] = owner
        asyncio.get_running_loop().call_later(1, self.warm_up)  # after the reader's own first cells
        return kernel_id

    def owner(self, kernel_id: str) -> str | None:
        """Whose kernel it is; None where it is nobody's."""
        return self._owners.get(kernel_id)

    def owned_by(self, owner: str) -> list[str]:
        """The kernels of one reader."""
        return [kernel_id for kernel_id, reader in self._owners.items() if reader == owner and kernel_id in self]

    async def give_back(self, kernel_id: str) -> None:
        """End a kernel that nobody reads with any more."""
        self._owners.pop(kernel_id, None)
        if kernel_id in self:
            await self.shutdown_kernel(kernel_id, now=True)

    async def _begin(self) -> str:
        kernel_id = await self.start_kernel(kernel_name="python3", cwd=str(NOTEBOOKS))
        client = self.get_kernel(kernel_id).client()
        client.start_channels(stdin=False, hb=False)
        try:
            await client.wait_for_ready(timeout=PATIENCE)
            await tell(client, LOAD)
        finally:
            client.stop_channels()
        return kernel_id


async def tell(client, code: str) -> dict:
    """Run `code` in a kernel, shown to nobody; its reply's content. Raises RuntimeError where it failed."""
    asked = client.execute(code, silent=True, store_history=False)
    while True:
        reply = await client.get_shell_msg(timeout=PATIENCE)
        if reply["parent_header"].get("msg_id") == asked:
            break
    if reply["content"]["status"] != "ok":
        raise RuntimeError("\n".join(reply["content"].get("traceback", ["a kernel could not be made ready"])))
    return reply["content"]
