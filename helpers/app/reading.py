"""One reader with one case: runs the notebook's cells as they are needed, and none beyond a prediction that isn't committed."""

import asyncio
import json
from pathlib import Path
from queue import Empty

import nbformat
from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from nbclient.exceptions import CellExecutionError
from tornado.web import HTTPError
from tornado.websocket import WebSocketHandler
from voila.execute import VoilaExecutor

from helpers.app.kernels import NOTEBOOKS, tell
from helpers.app.outputs import pieces
from helpers.app.screens import parameters_cell, screens
from helpers.lesson.learner.gate import COMMITTED
from helpers.lesson.shelf import CASES

LOOKS = 3  # seconds between looks whether the kernel is alive
AHEAD = 2  # screens that are worked out before the reader comes to them
BEGIN = "import os; os.environ.update({environment!r}); from helpers.lesson.learner import journal; journal.begin(); del os, journal"
IS_OPEN = {"open": "__import__('helpers.lesson.learner.gate', fromlist=['gate']).is_open()"}


class Reading(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """The page's line to its reading. It says {"at": screen}; it is told {"kernel": id}, {"cell": index, "pieces": […]}, {"shown": screen}, {"locked": screen} and {"open": screen}."""

    def initialize(self, progress) -> None:
        """progress: keeps where a reader is."""
        self.progress = progress
        self.kernel_id, self._at, self._moved, self._tasks = "", 0, asyncio.Event(), []

    def set_default_headers(self) -> None:
        """None of a page's."""

    def write_error(self, status_code: int, **_) -> None:
        """Nobody reads it."""
        self.finish()

    @ws_authenticated
    async def get(self, stem: str) -> None:
        """Begin, where there is such a case."""
        if stem not in CASES:
            raise HTTPError(404)
        await super().get(stem)

    async def open(self, stem: str) -> None:
        """Give the page its kernel, and begin to read."""
        super().open()
        self.stem, self.notebook = stem, nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4)
        self._tasks = [asyncio.create_task(self._read())]

    def on_message(self, message: str) -> None:
        """The page says on which screen its reader is."""
        at = json.loads(message).get("at")
        if isinstance(at, int) and 0 < at < 1000:
            self._at = at
            self._moved.set()
            self.progress.save(self.current_user.username, self.stem, at)

    def on_close(self) -> None:
        """The page is gone: so is its kernel. What was committed is in the store."""
        super().on_close()
        for task in self._tasks:
            task.cancel()
        if self.kernel_id:
            asyncio.ensure_future(self.kernel_manager.give_back(self.kernel_id))

    async def _read(self) -> None:
        try:
            self.kernel_id = await self.kernel_manager.take(self.current_user.username)
            if self.ws_connection is None or self.ws_connection.is_closing():
                return await self.kernel_manager.give_back(self.kernel_id)
            self._tasks.append(asyncio.create_task(self._watch()))
            await self._say(kernel=self.kernel_id)
            await self._moved.wait()
            await self._run()
        except asyncio.CancelledError:
            raise
        except Exception:
            if self.ws_connection and not self.ws_connection.is_closing():  # else its kernel was ended, since the page is gone
                self.log.exception("a reading of %s broke off", self.stem)
                self.close(1011)

    async def _watch(self) -> None:
        """Close the line where the kernel has died, so that the page begins again with another one."""
        while await self.kernel_manager.lives(self.kernel_id):
            await asyncio.sleep(LOOKS)
        self.close(1011)

    async def _run(self) -> None:
        executor = VoilaExecutor(self.notebook, km=self.kernel_manager.get_kernel(self.kernel_id), allow_errors=False)
        executor.kc = client = await executor.async_start_new_kernel_client()
        environment = self.progress.environment(self.current_user.username)
        await tell(client, BEGIN.format(environment=environment))
        await self._run_cell(executor, parameters_cell(self.notebook))
        for screen in screens(self.notebook):
            while screen.number > self._at + AHEAD:
                self._moved.clear()
                await self._moved.wait()
            for index in screen.cells:
                await self._say(cell=index, pieces=pieces((await self._run_cell(executor, index)).outputs))
            await self._say(shown=screen.number)
            if screen.kind == "predict":
                await self._wait_for_commit(client, screen.number)
        client.stop_channels()

    async def _run_cell(self, executor: VoilaExecutor, index: int) -> nbformat.NotebookNode:
        cell = self.notebook.cells[index]
        try:
            return await executor.async_execute_cell(cell, index, store_history=False)
        except CellExecutionError:
            self.log.error("cell %s of %s failed", index, self.stem, exc_info=True)
            return cell

    async def _wait_for_commit(self, client, number: int) -> None:
        """Nothing that comes after a prediction is worked out, let alone sent, before it is committed."""
        if await self._is_open(client):
            return
        await self._say(locked=number)
        while not await self._is_open(client):
            await _committed(client)
        await self._say(open=number)

    @staticmethod
    async def _is_open(client) -> bool:
        asked = client.execute("", silent=True, store_history=False, user_expressions=IS_OPEN)
        while True:
            reply = await client.get_shell_msg(timeout=None)
            if reply["parent_header"].get("msg_id") == asked:
                return reply["content"]["user_expressions"]["open"].get("data", {}).get("text/plain") == "True"

    async def _say(self, **message) -> None:
        await self.write_message(json.dumps(message))


async def _committed(client) -> None:
    """Wait for the kernel to say that something was committed."""
    while True:
        try:
            message = await client.get_iopub_msg(timeout=60)
        except Empty:
            continue
        if COMMITTED in message["content"].get("data", {}):
            return
