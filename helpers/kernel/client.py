"""Who runs the cells: papermill's client, ready at once, never waiting without a limit, and gone as soon as the last cell is done."""

import asyncio
import os
from collections import defaultdict
from collections.abc import Callable
from itertools import accumulate
from queue import Empty
from time import monotonic
from uuid import uuid4

from jupyter_client.manager import KernelManager
from jupyter_core.paths import jupyter_runtime_dir
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async, run_sync
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from traitlets import Any, Float

from helpers.kernel.execution import CELL_TIMEOUT, RUN_TIMEOUT
from helpers.kernel.guard import guard
from helpers.kernel.warm import unseen
from helpers.kernel.warm.provisioner import WarmProvisioner

OUTPUT_LIMIT, KEPT_OUTPUT = 64_000_000, 100_000  # characters of one cell: a cell that prints for ever would fill the memory
LONGEST_SOCKET = 90  # characters of a socket file's path that every system bears, with room for its ending
PATIENCE = 5.0  # seconds that a killed kernel is waited for
FAULTS = (CellExecutionError, CellTimeoutError, DeadKernelError)


class Client(PapermillNotebookClient):
    """Runs the cells of one notebook in a kernel of its own. Whatever ends the run is written into the cell where it happened."""

    cell_limit = Float(CELL_TIMEOUT, help="Seconds that one cell may take.")
    run_limit = Float(RUN_TIMEOUT, help="Seconds that the whole notebook may take.")
    watch = Any(None, help="Who is told how the run goes (helpers.kernel.execution.Watch).")

    def __init__(self, nb_man, **options):
        super().__init__(nb_man, **options)
        self.iopub_timeout = int(self.run_limit) + 1  # large outputs may trail behind the reply; the limits hold here too
        self.timeout_func = lambda _: min(self.cell_limit, max(self._ends - monotonic(), 0.001))
        self._started, self._size, self._too_much = monotonic(), 0, False

    @property
    def _ends(self) -> float:
        return self._started + self.run_limit

    def execute(self, **options) -> NotebookNode:
        """Run all cells, up to the first that fails; returns the notebook."""
        self.reset_execution_trackers()
        with self.setup_kernel(**options):
            self.widget_state = defaultdict(dict)  # nbclient looks up Output widgets in it, also where it was told to keep none
            self.papermill_execute_cells()
            if self.store_widget_state:
                self.set_widgets_metadata()
        return self.nb

    def papermill_execute_cells(self) -> None:
        """Run the cells in order and stop at the first that fails; papermill finds its error in the cell."""
        for index, cell in enumerate(self.nb.cells):
            went_well = self._run(cell, index)
            if self.watch and self.watch.on_cell:
                self.watch.on_cell(index + 1, len(self.nb.cells))
            if not went_well:
                break

    def _run(self, cell: NotebookNode, index: int) -> bool:
        self._size = 0
        self.nb_man.cell_start(cell, index)
        try:
            self.execute_cell(cell, index)
        except FAULTS as fault:
            self.nb_man.cell_exception(cell, cell_index=index, exception=fault)
            self._write_down(cell, fault)
        except BaseException:
            self.nb_man.cell_exception(cell, cell_index=index)
            raise
        finally:
            self.nb_man.cell_complete(cell, cell_index=index)
        return not cell.metadata.papermill["exception"]

    def _write_down(self, cell: NotebookNode, fault: Exception) -> None:
        """The kernel told its own errors; what it could not tell is put among the cell's outputs in words."""
        if self._too_much:
            cell.outputs = _beginning(cell.outputs)
        if not isinstance(fault, CellExecutionError):
            name, words = self._told(fault)
            cell.outputs.append(new_output("error", ename=name, evalue=words, traceback=[f"{name}: {words}"]))

    def _told(self, fault: Exception) -> tuple[str, str]:
        if self._too_much:
            return "OutputLimitError", f"the cell printed more than {OUTPUT_LIMIT:,} characters"
        if isinstance(fault, DeadKernelError):
            return "DeadKernelError", "the kernel died while it ran this cell"
        if monotonic() >= self._ends:
            return "RunTimeoutError", f"the notebook took longer than {self.run_limit:g} s"
        return "CellTimeoutError", f"the cell took longer than {self.cell_limit:g} s"

    def process_message(self, msg: dict, cell: NotebookNode, cell_index: int):
        """What the kernel says of a cell, until it is too much."""
        output = super().process_message(msg, cell, cell_index)
        self._size += _size(output) if output else 0
        if self._size > OUTPUT_LIMIT and not self._too_much:
            self._too_much = True
            self.task_poll_for_reply.cancel()  # as nbclient does where it finds the kernel dead
        return output

    def create_kernel_manager(self) -> KernelManager:
        """A kernel that talks over files of this user's, where the system has such, instead of open ports."""
        manager, place = super().create_kernel_manager(), os.path.join(jupyter_runtime_dir(), f"casebook-{uuid4()}")
        if os.name == "posix" and "transport" not in self.config.get("KernelManager", {}) and len(place) < LONGEST_SOCKET:
            os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
            manager.transport, manager.ip = "ipc", place
        return manager

    async def async_start_new_kernel(self, **options) -> None:
        """Start the kernel, from the warm server where that can be."""
        self.km.kernel_id = str(uuid4())
        self.km.provisioner = WarmProvisioner(kernel_id=self.km.kernel_id, kernel_spec=self.km.kernel_spec, parent=self.km)
        if not self.store_widget_state:
            options["env"] = (options.get("env") or os.environ) | unseen.ASKED
        await super().async_start_new_kernel(**options)
        if self.watch:
            self.watch.how = self.km.provisioner.how

    start_new_kernel = run_sync(async_start_new_kernel)

    async def async_start_new_kernel_client(self):
        """Connect to the kernel; ready as soon as it has answered on both channels."""
        try:
            self.kc = self.km.client()
            self.kc.start_channels(stdin=False, hb=False)
            guard(self.kc.shell_channel)
            self.nb.metadata["language_info"] = await self._ready()
        except Exception:
            await self._async_cleanup_kernel()
            raise
        self.kc.allow_stdin = False
        return self.kc

    start_new_kernel_client = run_sync(async_start_new_kernel_client)

    async def _ready(self) -> dict:
        """What the kernel says of its language, once it is known to be heard on both channels."""
        until = monotonic() + min(self.startup_timeout, self.run_limit)
        while monotonic() < until:
            asked = self.kc.kernel_info()
            reply = await _answer(self.kc.shell_channel, asked, "kernel_info_reply", 1.0)
            if reply and await _answer(self.kc.iopub_channel, asked, "status", 0.2, lambda said: said["execution_state"] == "idle"):
                return reply["content"]["language_info"]
            await self._async_check_alive()
        raise DeadKernelError(f"the kernel didn't answer within {self.startup_timeout} s")

    async def _async_check_alive(self) -> None:
        """Raise DeadKernelError where the kernel is gone; also where a watcher outlives the run."""
        if self.kc is None:
            raise DeadKernelError("the run is over")
        await super()._async_check_alive()

    async def _async_cleanup_kernel(self) -> None:
        """End the kernel at once: nothing in it is worth a farewell."""
        try:
            if self.km.has_kernel:
                await self.km.provisioner.kill()
                await _gone(self.km.provisioner)
        finally:
            await ensure_async(self.km.cleanup_resources())
            if self.kc is not None:
                self.kc.stop_channels()
            self.kc = self.km = None

    _cleanup_kernel = run_sync(_async_cleanup_kernel)


async def _answer(channel, asked: str, kind: str, patience: float, fits: Callable[[dict], bool] = lambda said: True) -> dict | None:
    """The first message of `kind` that answers the message `asked` and fits; None once patience (s) is over."""
    until = monotonic() + patience
    while (left := until - monotonic()) > 0:
        try:
            message = await channel.get_msg(timeout=left)
        except Empty:
            return None
        if message["parent_header"].get("msg_id") == asked and message["msg_type"] == kind and fits(message["content"]):
            return message
    return None


async def _gone(provisioner) -> None:
    until = monotonic() + PATIENCE
    while await provisioner.poll() is None and monotonic() < until:
        await asyncio.sleep(0.002)
    await provisioner.wait()


def _beginning(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The first outputs, as many as a person may want to see of a cell that printed too much."""
    sizes = list(accumulate(_size(output) for output in outputs))
    return [output for output, size in zip(outputs, sizes, strict=True) if size <= KEPT_OUTPUT]


def _size(output: NotebookNode) -> int:
    texts = [output.get("text", ""), *output.get("data", {}).values()]
    return sum(len(text) for text in texts if isinstance(text, str))
