"""The way to the server of the teams' pages: only to what is meant for teams, and in the name of the team that asks."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from gzip import compress
from http import HTTPStatus
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest, HTTPResponse

TEAM = "X-Casebook-Team"
PAGE = re.compile(r"/|/case/\w+")
FILE = re.compile(r"/voila/(?:static|templates|labextensions|api/themes)(?:/(?:@|%40)?\w[\w.-]*)+")
KERNEL = r"/api/kernels/(?P<kernel>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
KERNELS = re.compile(rf"/api/kernels|{KERNEL}")
LINE = re.compile(rf"/run/\w+|{KERNEL}/channels")
SESSION = re.compile(r"[\w-]{1,64}", re.ASCII)
VERSION = re.compile(r"v=[0-9a-f]{1,200}")
PASSED_ON = ("Content-Type", "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options")
PATIENCE = 60  # seconds
BAR = b'<script src="/room/static/bar.js" defer></script>'  # the team's name and an open vote, on top of each page


@dataclass(frozen=True)
class Upstream:
    """The pages' server. address: where it is now, "" while it isn't up; secret: what it knows us by."""

    address: Callable[[], str]
    secret: str
    files: dict[str, asyncio.Future] = field(default_factory=dict)  # the same for all

    def _request(self, path: str, team: str, scheme: str = "http") -> HTTPRequest:
        """A request in the name of a team. Nothing of what a browser sent goes along."""
        address = self.address().replace("http", scheme, 1)
        return HTTPRequest(address + path, headers={"Authorization": f"token {self.secret}", TEAM: team}, request_timeout=PATIENCE, follow_redirects=False)

    def line(self, path: str, session: str, team: str) -> HTTPRequest:
        """The request that opens a line."""
        return self._request(path + (f"?session_id={session}" if SESSION.fullmatch(session) else ""), team, "ws")

    async def page(self, path: str, team: str) -> tuple[dict[str, str], bytes]:
        """A page, with our bar on it. Raises HTTPError (of tornado's client)."""
        headers, body = _parts(await self._fetch(path, team))
        return headers, body.replace(b"</body>", BAR + b"</body>", 1)

    async def kernels(self, team: str) -> list[dict[str, Any]]:
        """What there is to know of a team's kernels. Raises HTTPError (of tornado's client)."""
        return json.loads((await self._fetch("/api/kernels", team)).body)

    async def file(self, path: str, query: str, team: str) -> tuple[dict[str, str], bytes]:
        """A style or a script, compressed; asked for once, however many ask at once. Raises HTTPError (of tornado's client)."""
        known = self.files.get(path)
        if known is None or known.done() and known.exception():
            known = self.files[path] = asyncio.ensure_future(self._compressed(path + (f"?{query}" if VERSION.fullmatch(query) else ""), team))
        return await asyncio.shield(known)

    async def _compressed(self, path: str, team: str) -> tuple[dict[str, str], bytes]:
        headers, body = _parts(await self._fetch(path, team))
        return headers | {"Content-Encoding": "gzip", "Cache-Control": "private, max-age=3600"}, await asyncio.to_thread(compress, body, 6)

    async def _fetch(self, path: str, team: str) -> HTTPResponse:
        if not self.address():
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE)
        return await AsyncHTTPClient().fetch(self._request(path, team))


def _parts(response: HTTPResponse) -> tuple[dict[str, str], bytes]:
    return {name: response.headers[name] for name in PASSED_ON if name in response.headers}, response.body
