"""Who is at the door, and whether what he asks for is his."""

import asyncio
import json
from functools import partial
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlsplit

from tornado.web import HTTPError, RequestHandler

from helpers.intake.refusal import Refusal
from helpers.room.front.house import House
from helpers.room.roster import Visitor

LONGEST = 10_000  # bytes of what is sent to us
POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "Content-Security-Policy": POLICY}
ANYBODY, TEAM, FACILITATOR, INSIDE = "anybody", "team", "facilitator", "inside"


class Visit(RequestHandler):
    """A request, let in by who asks. Deny by default: a handler says to whom it opens."""

    opens_to: ClassVar[str] = FACILITATOR

    @property
    def house(self) -> House:
        """The room behind the door."""
        return self.settings["house"]

    def set_default_headers(self) -> None:
        """No sniffing, no framing, nothing from elsewhere, nothing kept."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    async def prepare(self) -> None:
        """Refuse a foreign host name, a message from another site's page, and whoever this isn't open to."""
        if urlsplit(f"//{self.request.host}").hostname not in self.house.hosts:
            raise HTTPError(HTTPStatus.MISDIRECTED_REQUEST)
        if self.request.method not in ("GET", "HEAD"):
            self._check_sender()
        self.visitor = await self._visitor()
        if not self._is_open():
            raise HTTPError(HTTPStatus.FORBIDDEN)

    def _check_sender(self) -> None:
        """What changes something is sent by our own pages' scripts only."""
        if not self.is_from_us() or self.request.headers.get("Content-Type") != "application/json":
            raise HTTPError(HTTPStatus.FORBIDDEN)

    def is_from_us(self) -> bool:
        """Whether a page of ours asks. Every browser says which page does, where something is changed or a line opened."""
        return urlsplit(self.request.headers.get("Origin", "")).netloc == self.request.host

    async def _visitor(self) -> Visitor | None:
        cookie = self.get_cookie(self.house.cookie)
        if not cookie:
            return None
        return self.house.roster.remembered(cookie) or await self.off(self.house.roster.visitor, cookie)

    def _is_open(self) -> bool:
        if self.opens_to == ANYBODY or self.visitor is None:
            return self.opens_to == ANYBODY
        return self.opens_to == INSIDE or self.visitor.facilitates == (self.opens_to == FACILITATOR)

    @staticmethod
    async def off(function, *arguments, **options) -> Any:
        """The function's result, worked out beside the loop, which goes on serving others."""
        return await asyncio.to_thread(partial(function, *arguments, **options))

    @property
    def sent(self) -> dict[str, Any]:
        """What was sent, as plain data."""
        try:
            content = json.loads(self.request.body) if len(self.request.body) <= LONGEST else None
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        return content

    def entry(self, name: str, kind: type, default: Any = None) -> Any:
        """An entry of what was sent, of the kind expected; `default` where it isn't there."""
        value = self.sent.get(name, default)
        if value is not default and (not isinstance(value, kind) or isinstance(value, bool)):
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        return value

    def write_error(self, status_code: int, **options) -> None:
        """What went wrong, in words; how it works inside is nobody's business."""
        error = options.get("exc_info", (None, None))[1]
        if isinstance(error, Refusal):
            self.set_status(HTTPStatus.CONFLICT)
        self.finish({"refused": error.words() if isinstance(error, Refusal) else HTTPStatus(status_code).phrase})

    def log_exception(self, kind, value, trace) -> None:
        """A refusal is no fault."""
        if not isinstance(value, Refusal):
            super().log_exception(kind, value, trace)
