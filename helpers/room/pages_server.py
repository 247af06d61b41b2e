"""Keeps the server of the teams' pages running beside the front door: loopback only, by a secret that nobody else knows, and never longer than the front door itself."""

import asyncio
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from helpers.room.mine import STORE

SECRET = "CASEBOOK_DOOR"  # in the environment, where other users of the machine can't read it
AGAIN = 2  # seconds before it is started once more
LAST_WORDS = 5  # seconds that it has to end its kernels


@dataclass
class PagesServer:
    """command: starts it; it says {"address": …} once it serves and {"warm": true} once it is warm, a line each, and ends when its standard input does."""

    command: Sequence[str]
    store: str
    log: Path
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    address: str = ""
    warm: bool = False

    async def keep_up(self) -> None:
        """Run it, and start it again where it dies, until cancelled."""
        while self.command:
            process = await self._start()
            try:
                await self._listen(process.stdout)
            finally:
                self.address, self.warm = "", False
                await _end(process)
            await asyncio.sleep(AGAIN)

    async def _start(self) -> asyncio.subprocess.Process:
        self.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.log.open("ab") as log:
            piped = asyncio.subprocess.PIPE
            return await asyncio.create_subprocess_exec(*self.command, stdin=piped, stdout=piped, stderr=log, env=os.environ | {SECRET: self.secret, STORE: self.store})

    async def _listen(self, said: asyncio.StreamReader) -> None:
        async for line in said:
            if line.startswith(b"{"):
                told = json.loads(line)
                self.address, self.warm = told.get("address", self.address).rstrip("/"), told.get("warm", self.warm)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Let it end, with all its kernels; force it where it doesn't."""
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), LAST_WORDS)
    except TimeoutError:
        process.kill()
        await process.wait()
