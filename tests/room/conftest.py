"""Rooms to try: a store of either kind, and a front door with a stand-in for the pages' server behind it."""

import asyncio
import http.client
import json
import secrets
import socket
import threading
from dataclasses import dataclass, field, replace

import pytest
import sqlalchemy as sa
from tornado.httpclient import HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClientConnection, WebSocketHandler, websocket_connect

from helpers.room.ballot import Question
from helpers.room.front.door import front_door
from helpers.room.front.entrance import Enter
from helpers.room.front.house import House
from helpers.room.front.upstream import Upstream
from helpers.room.roster import Roster
from helpers.room.store import Store
from helpers.room.votes import Votes

QUESTIONS = [Question("build", "Build it?", ("Yes", "No", "Later"), 1, "The evidence says no."), Question("hire", "Hire?", ("Yes", "No"))]
KERNEL = "00000000-0000-0000-0000-00000000000{}"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """A store's address, of either kind, with nothing in it."""
    return str(tmp_path / "room.sqlite") if request.param == "sqlite" else _empty_database(request.getfixturevalue("postgres"))


@pytest.fixture
def store(tmp_path):
    opened = Store.open(str(tmp_path / "room.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def roster(store):
    return Roster.open(store, 3)


@pytest.fixture
def votes(roster):
    prepared = Votes(roster)
    prepared.prepare(QUESTIONS)
    return prepared


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def data(self) -> dict:
        return json.loads(self.body)


@dataclass(frozen=True)
class Browser:
    """Somebody at the door; extra headers come after its own."""

    port: int
    cookie: str = ""

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Reply:
        """Send a request as it is given, whatever a real browser would make of it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        own = {"Cookie": f"casebook-{self.port}={self.cookie}"} if self.cookie else {}
        connection.request(method, path, body, own | given)
        response = connection.getresponse()
        reply = Reply(response.status, response.headers, response.read())
        connection.close()
        return reply

    def tell(self, path: str, message: object, **headers: str) -> Reply:
        """Send a message as our own pages do."""
        own = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{self.port}"}
        return self.ask(path, "POST", json.dumps(message), **(own | {name.replace("_", "-"): value for name, value in headers.items()}))

    def enter(self, token: str) -> "Browser":
        """The same browser once it has exchanged its token."""
        cookie = self.tell("/room/enter", {"token": token}).headers["Set-Cookie"]
        return replace(self, cookie=cookie.partition("=")[2].partition(";")[0])


@pytest.fixture
def stranger():
    """A function from a port to somebody at the door there."""
    return Browser


@pytest.fixture
def do():
    """A function that works something out in a loop of its own, since this thread's may be busy with a browser."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield lambda work: asyncio.run_coroutine_threadsafe(work, loop).result(120)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


@dataclass
class Behind:
    """A stand-in for the pages' server: it notes what reaches it, and gives each reading the kernel that is named in `gives`."""

    seen: list[tuple[str, str]] = field(default_factory=list)  # path, team
    headers: list[dict[str, str]] = field(default_factory=list)
    heard: list[str | bytes] = field(default_factory=list)
    gives: list[str] = field(default_factory=list)

    def application(self) -> Application:
        behind = self

        class Page(RequestHandler):
            def get(self) -> None:
                behind.seen.append((self.request.uri, self.request.headers.get("X-Casebook-Team", "")))
                behind.headers.append(dict(self.request.headers))
                self.finish(f"<html><body>pages of {self.request.headers['X-Casebook-Team']}</body></html>")

        class Kernels(RequestHandler):
            def get(self) -> None:
                self.finish(json.dumps([{"id": KERNEL.format(number)} for number in range(10)]))

        class Line(WebSocketHandler):
            def open(self) -> None:
                behind.seen.append((self.request.uri, self.request.headers.get("X-Casebook-Team", "")))
                if self.request.path.startswith("/run/"):
                    self.write_message(json.dumps({"kernel": behind.gives.pop(0)}))

            def on_message(self, message: str | bytes) -> None:
                behind.heard.append(message)
                self.write_message(message, binary=isinstance(message, bytes))

            def select_subprotocol(self, subprotocols: list[str]) -> str | None:
                return subprotocols[0] if subprotocols else None

        return Application([(r"/api/kernels", Kernels), (r"/run/.*|/api/kernels/.*", Line), (r".*", Page)])


@dataclass(frozen=True)
class Door:
    """A served front door, and what lies behind it."""

    house: House
    behind: Behind
    loop: asyncio.AbstractEventLoop
    port: int

    def do(self, work):
        """What comes of a piece of work in the loop that serves (this thread may have a loop of its own running)."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    @property
    def stranger(self) -> Browser:
        return Browser(self.port)

    def team(self, number: int) -> Browser:
        return self.stranger.enter(self.house.roster.teams()[number - 1].token)

    def key(self, number: int) -> str:
        return self.house.roster.teams()[number - 1].key

    @property
    def facilitator(self) -> Browser:
        return self.stranger.enter(self.house.roster.facilitator_token)

    async def opened(self, path: str, cookie: str, origin: str | None = None, protocol: str | None = None) -> WebSocketClientConnection:
        """An open line, as a page of ours opens it."""
        own = {"Cookie": f"casebook-{self.port}={cookie}", "Origin": f"http://127.0.0.1:{self.port}" if origin is None else origin}
        request = HTTPRequest(f"ws://127.0.0.1:{self.port}{path}", headers={name: value for name, value in own.items() if value})
        return await websocket_connect(request, subprotocols=[protocol] if protocol else None)

    def line(self, path: str, cookie: str, said: list[str | bytes] = (), replies: int = 0, **options: str) -> tuple[int | None, list]:
        """Open a line, say something, and wait for so many replies: the code that it was closed with (None: it is open), and what was heard."""

        async def talk():
            line = await self.opened(path, cookie, **options)
            for message in said:
                await line.write_message(message, binary=isinstance(message, bytes))
            heard = []
            while len(heard) < replies or (said and not replies):
                message = await asyncio.wait_for(line.read_message(), 10)
                if message is None:
                    return line.close_code, heard
                heard.append(message)
            line.close()
            return None, heard

        return self.do(talk())


@pytest.fixture
def door(roster, votes):
    """A front door, served beside the test."""
    loop, behind = asyncio.new_event_loop(), Behind()
    front, back = _sockets(), _sockets()
    port, back_port = (sockets[0].getsockname()[1] for sockets in (front, back))
    upstream = Upstream(lambda: f"http://127.0.0.1:{back_port}", secrets.token_hex(8))
    house = House(roster, votes, f"http://127.0.0.1:{port}", frozenset({"127.0.0.1", "localhost"}), upstream)

    async def serve() -> None:
        HTTPServer(front_door(house), max_body_size=100_000).add_sockets(front)
        HTTPServer(behind.application()).add_sockets(back)

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    served = Door(house, behind, loop, port)
    served.do(serve())
    Enter.wrong.clear()
    yield served
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    for listening in (*front, *back):
        listening.close()


def _sockets() -> list[socket.socket]:
    return bind_sockets(0, "127.0.0.1", family=socket.AF_INET)


def _empty_database(server: str) -> str:
    """A new database on a server."""
    name = f"room_{secrets.token_hex(6)}"
    engine = sa.create_engine(sa.make_url(server).set(drivername="postgresql+pg8000"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)
