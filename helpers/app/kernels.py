"""Kernels that are ready before anybody asks, each belonging to one reader."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from traitlets import Int, default

from helpers.kernel.warm import reach
from helpers.kernel.warm.place import Doubt
from helpers.kernel.warm.provisioner import WarmProvisioner

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LOAD = """
import importlib, pkgutil, helpers.lesson, helpers.room.mine
for part in pkgutil.walk_packages(helpers.lesson.__path__, "helpers.lesson."):
    importlib.import_module(part.name)
del importlib, pkgutil, helpers, part
"""
PATIENCE = 120  # seconds; many kernels may begin at once on few cores
LOOKS = 0.5  # seconds between looks whether a kernel that begins is alive
TRIES = 2  # kernels that are begun for a reader beyond those that wait


class ForkedKernel(ServerKernelManager):
    """A kernel that is forked from the server that has imported everything, where that can be: all share what it has in memory."""

    async def _async_pre_start_kernel(self, **options):
        if self.provisioner is None and await _apart(_can_fork):
            self.kernel_id = self.kernel_id or options.pop("kernel_id")
            self.provisioner = WarmProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**options)


def _can_fork() -> bool:
    """Whether there is a server to fork from; it is started, and waited for, where there is none."""
    try:
        return reach.wanted() and not reach.connection().close()
    except Doubt:
        return False


async def _apart(ask: Callable[[], bool]) -> bool:
    """The answer of a function that may take long, asked in a thread that nobody waits for when the app ends."""
    loop = asyncio.get_running_loop()
    answer = loop.create_future()

    def tell() -> None:
        said = ask()
        with suppress(RuntimeError):  # the app has ended meanwhile
            loop.call_soon_threadsafe(lambda: answer.done() or answer.set_result(said))

    threading.Thread(target=tell, daemon=True).start()
    return await answer


class WarmKernels(AsyncMappingKernelManager):
    """Starts kernels ahead of their readers, with everything loaded that a case needs."""

    ready = Int(1, help="How many kernels wait for readers at the start.").tag(config=True)
    spare = Int(1, help="How many wait for those who come after them.").tag(config=True)

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return f"{ForkedKernel.__module__}.{ForkedKernel.__name__}"

    def __init__(self, **options):
        super().__init__(**options)
        self._waiting: deque[asyncio.Task] = deque()
        self._owners: dict[str, str] = {}

    def warm_up(self, wanted: int | None = None) -> None:
        """Let as many kernels begin as are wanted (at the start `ready`); returns at once."""
        while len(self._waiting) < (wanted or self.ready):
            self._waiting.append(asyncio.create_task(self._begin()))

    async def all_warm(self) -> None:
        """Wait until as many kernels as are wanted are ready."""
        self.warm_up()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def take(self, owner: str) -> str:
        """The id of a kernel that is `owner`'s alone from now on; another begins in its place."""
        kernel_id = await self._living()
        self._owners[kernel_id] = owner
        asyncio.get_running_loop().call_later(1, self.warm_up, self.spare)  # after the reader's own first cells
        return kernel_id

    def owner(self, kernel_id: str) -> str | None:
        """Whose kernel it is; None where it is nobody's."""
        return self._owners.get(kernel_id)

    def owned_by(self, owner: str) -> list[str]:
        """The kernels of one reader."""
        return [kernel_id for kernel_id, reader in self._owners.items() if reader == owner and kernel_id in self]

    async def lives(self, kernel_id: str) -> bool:
        """Whether a kernel is there and runs."""
        return kernel_id in self and await ensure_async(self.get_kernel(kernel_id).is_alive())

    async def give_back(self, kernel_id: str) -> None:
        """End a kernel that nobody reads with any more."""
        self._owners.pop(kernel_id, None)
        if kernel_id in self:
            await self.shutdown_kernel(kernel_id, now=True)

    async def _living(self) -> str:
        """The kernel that waits longest, and is alive; where one failed to begin or died while it waited, the next one. Raises what the last try failed by."""
        for left in range(len(self._waiting) + TRIES, 0, -1):
            task = self._waiting.popleft() if self._waiting else asyncio.create_task(self._begin())
            try:
                kernel_id = await task
                if await self.lives(kernel_id):
                    return kernel_id
                await self.give_back(kernel_id)
            except Exception:
                self.log.exception("a kernel that was to wait for a reader failed")
                if left == 1:
                    raise
        raise RuntimeError("no kernel stays alive")

    async def _begin(self) -> str:
        kernel_id = await self.start_kernel(kernel_name="python3", cwd=str(NOTEBOOKS))
        client = self.get_kernel(kernel_id).client()
        client.start_channels(stdin=False, hb=False)
        try:
            await self._while_alive(kernel_id, client.wait_for_ready(timeout=PATIENCE))
            await self._while_alive(kernel_id, tell(client, LOAD))
        except Exception:
            await self.give_back(kernel_id)
            raise
        finally:
            client.stop_channels()
        return kernel_id

    async def _while_alive(self, kernel_id: str, answer: Coroutine) -> None:
        """Wait for an answer of a kernel, for as long as it lives. Raises RuntimeError where it dies first."""
        waiting = asyncio.ensure_future(answer)
        while not (await asyncio.wait([waiting], timeout=LOOKS))[0]:
            if not await self.lives(kernel_id):
                waiting.cancel()
                raise RuntimeError("a kernel died as it began")
        return waiting.result()


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
