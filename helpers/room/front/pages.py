"""The teams' own pages, handed on from their server: a team meets its own reading and its own kernel, and no other's."""

import json
from http import HTTPStatus
from typing import Any

from tornado.httpclient import HTTPClientError
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler, websocket_connect

from helpers.room.front.entrance import page
from helpers.room.front.messages import Forbidden, passed
from helpers.room.front.upstream import FILE, KERNELS, LINE, PAGE
from helpers.room.front.visit import ANYBODY, TEAM, Visit

PROTOCOL = "v1.kernel.websocket.jupyter.org"
LARGEST = 64_000_000  # bytes of a message from a kernel
LINES_EACH = 40  # open lines of one team
REFUSED, GONE = 4403, 4404


class Handed(Visit):
    """A page or a file of the pages' server."""

    opens_to = TEAM

    async def get(self) -> None:
        """Hand it on; while the server isn't up, say so."""
        try:
            headers, body = await self._handed(self.request.path)
        except (HTTPClientError, OSError) as error:
            missing = getattr(error, "code", None) == HTTPStatus.NOT_FOUND
            raise HTTPError(HTTPStatus.NOT_FOUND if missing else HTTPStatus.BAD_GATEWAY) from error
        for name, value in headers.items():
            self.set_header(name, value)
        self.finish(body)

    async def _handed(self, path: str) -> tuple[dict[str, str], bytes]:
        if not self.house.pages_are_served:
            return {"Content-Type": "text/html; charset=utf-8"}, page("warming")
        upstream = self.house.upstream
        if PAGE.fullmatch(path):
            return await upstream.page(path, self.visitor.team)
        if FILE.fullmatch(path):
            return await upstream.file(path, self.request.query, self.visitor.team)
        if known := KERNELS.fullmatch(path):
            return {"Content-Type": "application/json"}, json.dumps(await self._kernels(known["kernel"])).encode()
        raise HTTPError(HTTPStatus.NOT_FOUND)

    async def _kernels(self, asked: str | None) -> list | dict:
        """The team's own kernels, or the one of them that is asked for; whatever the server says, no other team's."""
        own = [told for told in await self.house.upstream.kernels(self.visitor.team) if self.house.kernels.get(told["id"]) == self.visitor.team]
        if not asked:
            return own
        for told in own:
            if told["id"] == asked:
                return told
        raise HTTPError(HTTPStatus.NOT_FOUND)


class Home(Handed):
    """Where each visitor begins: the facilitator at the console, a team with the cases, a stranger where a token is asked for."""

    opens_to = ANYBODY

    async def get(self, own: str | None = None) -> None:
        """The console's and the vote's addresses show the same to who isn't in: a link may hold the token."""
        if self.visitor is None:
            self.finish(page("enter"))
        elif self.visitor.facilitates != (own == "console"):
            self.redirect("/console" if self.visitor.facilitates else "/")
        elif own:
            self.finish(page(own))
        else:
            await super().get()


class Line(Visit, WebSocketHandler):
    """An open line between a team's page and the pages' server."""

    opens_to = TEAM
    upward = None

    async def prepare(self) -> None:
        """Refuse before anything is opened."""
        await super().prepare()
        if not self.is_from_us():
            raise HTTPError(HTTPStatus.FORBIDDEN)
        named = LINE.fullmatch(self.request.path)
        team, self.kernel = self.visitor.team, named and named["kernel"]
        if not named or not self.house.pages_are_served:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        if self.kernel and self.house.kernels.get(self.kernel) != team:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        if sum(line.visitor.team == team for line in self.house.lines) >= LINES_EACH:
            raise HTTPError(HTTPStatus.TOO_MANY_REQUESTS)

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """The kernel's own, where the page offers it."""
        return PROTOCOL if PROTOCOL in subprotocols else None

    async def open(self) -> None:
        """Open the other half."""
        self.house.lines.add(self)
        self.given: set[str] = set()
        session = self.get_query_argument("session_id", "")  # by it a page that lost its line is told what it missed
        request = self.house.upstream.line(self.request.path, session, self.visitor.team)
        offered = [self.selected_subprotocol] if self.selected_subprotocol else None
        try:
            self.upward = await websocket_connect(request, on_message_callback=self._down, subprotocols=offered, max_message_size=LARGEST)
        except (HTTPClientError, OSError):
            self.close(GONE, "not there any more")

    async def on_message(self, message: str | bytes) -> None:
        """Up: to a kernel, only what may reach it."""
        try:
            allowed = passed(message) if self.kernel else message
            await self.upward.write_message(allowed, binary=isinstance(allowed, bytes))
        except Forbidden:
            self.close(REFUSED, "not allowed")
        except WebSocketClosedError:
            self.close(GONE, "not there any more")

    def _down(self, message: str | bytes | None) -> None:
        """Down: everything. Which kernel it was given is what the server says, never the page."""
        if message is None:
            return self.close(GONE, "not there any more")
        if not self.kernel and isinstance(message, str):
            self._note_kernel(json.loads(message))
        if not self.ws_connection.is_closing():
            self.write_message(message, binary=isinstance(message, bytes))

    def _note_kernel(self, told: dict[str, Any]) -> None:
        team = self.visitor.team
        if isinstance(told.get("kernel"), str) and self.house.kernels.setdefault(told["kernel"], team) == team:
            self.given.add(told["kernel"])

    def on_close(self) -> None:
        """Close the other half; the kernel that came by this line is nobody's any more."""
        self.house.lines.discard(self)
        for kernel in getattr(self, "given", ()):
            self.house.kernels.pop(kernel, None)
        if self.upward:
            self.upward.close()


ROUTES = [(r"/(console|vote)?", Home), (r"/run/.*|/api/kernels/.*/.*", Line), (r"/case/.*|/voila/.*|/api/kernels.*", Handed)]
