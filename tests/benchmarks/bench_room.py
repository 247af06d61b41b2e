"""A room driven for real: how soon teams that all come at once see their first screen, what it takes in memory, how soon votes are kept.

Opens rooms by the command, as a facilitator would. Teams are HTTP and websocket clients that ask for all that a browser asks for before a
screen shows; the browser's own drawing happens on the teams' machines and isn't in it. Prints a table. Run by name: bench_room.py [TEAMS [VOTERS]].
"""

import asyncio
import json
import os
import re
import signal
import sys
import tempfile
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from subprocess import STDOUT, Popen

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

CASE = "2_paperwork_standardisation"
PROTOCOL = "v1.kernel.websocket.jupyter.org"
CONNECTIONS, PARTS = 6, 60
LIMIT = 2  # seconds to the first screen, 95 of 100 teams
WARMING = 600  # seconds at most
CASES = "import sys; from helpers.__main__ import main; main()"
VOTES = "import sys; from helpers.room.serve import Wanted, open_room; open_room(Wanted(teams=int(sys.argv[3]), port=0, store=sys.argv[7]))"


@dataclass(frozen=True)
class Room:
    """An open room, as it announced itself."""

    process: psutil.Process
    said: Path
    began: float

    def wait_for(self, words: str) -> float:
        """Seconds from the command until it said so."""
        while words not in self.said.read_text():
            assert self.process.status() != psutil.STATUS_ZOMBIE and time.perf_counter() - self.began < WARMING, self.said.read_text()
            time.sleep(0.02)
        return time.perf_counter() - self.began

    @property
    def url(self) -> str:
        return re.search(r"(http://\S+)/console#", self.said.read_text())[1]

    @property
    def console_token(self) -> str:
        return re.search(r"/console#(\S+)", self.said.read_text())[1]

    @property
    def tokens(self) -> list[str]:
        return re.findall(r"^    (\w{4}-\w{4})    ", self.said.read_text(), re.MULTILINE)

    def memory(self) -> float:
        """Megabytes that all its processes take, shared pages counted once (PSS)."""
        taken = 0
        for process in [self.process, *self.process.children(recursive=True)]:
            with suppress(psutil.Error):
                taken += process.memory_full_info().pss
        return taken / 1e6


@contextmanager
def opened(code: str, teams: int):
    """A room for so many teams, opened by the command in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="room") as folder:
        said = Path(folder, "said")
        arguments = ["room", "--teams", str(teams), "--port", "0", "--store", f"{folder}/room.sqlite"]
        with said.open("w") as out:
            process = Popen([sys.executable, "-c", code, *arguments], stdout=out, stderr=STDOUT, env=os.environ | {"XDG_DATA_HOME": folder})
        room = Room(psutil.Process(process.pid), said, time.perf_counter())
        try:
            yield room
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


@dataclass
class Team:
    """A team's machine."""

    url: str
    cookie: str = ""
    took: dict[str, float] = field(default_factory=dict)
    lines: list[WebSocketClientConnection] = field(default_factory=list)

    async def ask(self, path: str, message: dict | None = None) -> HTTPResponse:
        """Ask for a page, or send a message as a page does."""
        headers = {"Cookie": self.cookie, "Origin": self.url, "Accept-Encoding": "gzip"}
        sending = {} if message is None else {"method": "POST", "body": json.dumps(message)}
        headers |= {"Content-Type": "application/json"} if sending else {}
        return await AsyncHTTPClient().fetch(HTTPRequest(self.url + path, headers=headers, request_timeout=120, **sending))

    async def enter(self, token: str) -> None:
        self.cookie = (await self.ask("/room/enter", {"token": token})).headers["Set-Cookie"].partition(";")[0]

    async def begin(self, files: list[str]) -> None:
        """The shelf; a case's page, on which the first screen can be read; then the lines and the widgets' scripts, and what the first cells give."""
        start = time.perf_counter()
        await self._page("/")
        self.took["cases to choose from"] = time.perf_counter() - start
        start = time.perf_counter()
        await self._page(f"/case/{CASE}")
        self.took["first screen of a case"] = time.perf_counter() - start
        reading = await self._line(f"/run/{CASE}")
        kernel = json.loads(await reading.read_message())["kernel"]
        await self._files(files)
        await self._line(f"/api/kernels/{kernel}/channels?session_id=bench", [PROTOCOL])
        await reading.write_message(json.dumps({"at": 1}))
        await self._shown(reading, 1)
        self.took["its controls live"] = time.perf_counter() - start
        await self._shown(reading, 3)
        self.took["three screens of it"] = time.perf_counter() - start

    async def _page(self, path: str) -> None:
        """A page with the styles and scripts that it names."""
        await self._files(re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css))"', (await self.ask(path)).body.decode()))

    async def _files(self, files: list[str]) -> None:
        """Files over as many connections as a browser has."""
        waiting = deque(files)
        await asyncio.gather(*(self._fetch(waiting) for _ in range(CONNECTIONS)))

    async def _fetch(self, waiting: deque[str]) -> None:
        """Files over one connection, one after the other."""
        reader, writer = await asyncio.open_connection(*self.url.removeprefix("http://").split(":"))
        while waiting:
            writer.write(f"GET {waiting.popleft()} HTTP/1.1\r\nHost: {self.url.removeprefix('http://')}\r\nCookie: {self.cookie}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            assert " 200 " in head, head
            length = re.search(r"Content-Length: (\d+)", head)
            await (reader.readexactly(int(length[1])) if length else reader.readuntil(b"\r\n0\r\n\r\n"))
        writer.close()

    async def _line(self, path: str, protocols: list[str] | None = None) -> WebSocketClientConnection:
        request = HTTPRequest(self.url.replace("http", "ws") + path, headers={"Cookie": self.cookie, "Origin": self.url})
        self.lines.append(await websocket_connect(request, subprotocols=protocols, max_message_size=64_000_000))
        return self.lines[-1]

    async def _shown(self, reading: WebSocketClientConnection, screen: int) -> None:
        while json.loads(await reading.read_message()).get("shown") != screen:
            pass

    async def vote(self, vote: dict, choice: str) -> None:
        start = time.perf_counter()
        await self.ask("/room/vote", {"name": vote["name"], "round": vote["round"], "choice": choice})
        self.took[f"vote {vote['round']}"] = time.perf_counter() - start


def scripts() -> list[str]:
    """The parts of the widgets' script: a browser asks for some sixty of them."""
    folder = Path(sys.prefix, "share", "jupyter", "voila", "templates", "base", "static")
    return [f"/voila/static/{file.name}" for file in sorted(folder.glob("*voila.js"))[:PARTS]]


async def entered(room: Room) -> tuple[Team, list[Team]]:
    """The facilitator's machine and each team's, all let in."""
    AsyncHTTPClient.configure(None, max_clients=1000)
    facilitator, teams = Team(room.url), [Team(room.url) for _ in room.tokens]
    await asyncio.gather(*(team.enter(token) for team, token in zip([facilitator, *teams], [room.console_token, *room.tokens], strict=True)))
    return facilitator, teams


def tell(name: str, seconds: list[float]) -> float:
    """Print how long it took, by quantiles; the 95th of 100."""
    late = quantiles(seconds, n=20, method="inclusive")[-1]
    print(f"  {name:<28} median {median(seconds):6.2f} s   p95 {late:6.2f} s   slowest {max(seconds):6.2f} s")
    return late


async def first_screens(room: Room) -> float:
    """All teams begin at once; the 95th of 100 to the first screen, in seconds."""
    _, teams = await entered(room)
    files = scripts()
    await asyncio.gather(*(team.begin(files) for team in teams))
    late = [tell(name, [team.took[name] for team in teams]) for name in teams[0].took]
    print(f"  memory with all teams in   {room.memory():8,.0f} MB")
    for line in [line for team in teams for line in team.lines]:
        line.close()
    return late[1]


async def votes_at_once(room: Room, rounds: int = 5) -> None:
    """All teams vote at the same moment, so many rounds."""
    facilitator, teams = await entered(room)
    name = json.loads((await facilitator.ask("/console/state")).body)["votes"][0]["name"]
    for number in range(1, rounds + 1):
        await facilitator.ask("/console/open", {"name": name})
        vote = json.loads((await teams[0].ask("/room/state")).body)["vote"]
        await asyncio.gather(*(team.vote(vote, vote["choices"][0]) for team in teams))
        await facilitator.ask("/console/close", {"name": name})
    shown = json.loads((await facilitator.ask("/console/state")).body)["votes"][0]
    kept = sum(sum(round_.values()) for round_ in shown["tally"])
    tell(f"votes of {len(teams)} at once", [seconds for team in teams for seconds in team.took.values()])
    print(f"  kept {kept} of {len(teams) * rounds} acknowledged votes")


def main() -> None:
    teams, voters = [int(number) for number in sys.argv[1:3]] + [20, 40][len(sys.argv[1:3]) :]
    print(f"A room of {teams} teams, {psutil.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start")
    with opened(CASES, teams) as room:
        print(f"  open after {room.wait_for('Answers are kept'):.1f} s, warm after {room.wait_for('The cases are ready'):.1f} s, then {room.memory():,.0f} MB")
        late = asyncio.run(first_screens(room))
        print(f"  first screen within {LIMIT} s for 95 of 100: {'yes' if late < LIMIT else 'NO'}")
    with opened(VOTES, voters) as room:
        room.wait_for("Answers are kept")
        asyncio.run(votes_at_once(room))


if __name__ == "__main__":
    main()
