"""The way to the server of the teams' pages: only to what is meant for teams, and in the name of the team that asks."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from gzip import compress
from http import HTTPStatus

from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest, HTTPResponse

TEAM = "X-Casebook-Team"
PAGE = re.compile(r"/|/case/\w+")
FILE = re.compile(r"/voila/(?:static|templates|labextensions|api/themes)(?:/(?:@|%40)?\w[\w.-]*)+")
LINE = re.compile(r"/run/(?P<case>\w+)|/api/kernels/(?P<kernel>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/channels")
VERSION = re.compile(r"v=[0-9a-f]{1,200}")
PASSED_ON = ("Content-Type", "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options")
PATIENCE = 60  # seconds
BAR = b'<script src="/room/static/bar.js" defer></script>'  # the team's name and an open vote, on top of each page


@dataclass(frozen=True)
class Upstream:
    """The pages' server. address: where it is now, "" while it isn't up; secret: what it knows us by."""

    address: Callable[[], str]
    secret: str
    files: dict[str, tuple[dict[str, str], bytes]] = field(default_factory=dict)  # the same for all: asked for once

    def request(self, path: str, team: str, **options) -> HTTPRequest:
        """A request in the name of a team. Nothing of what a browser sent goes along."""
        return HTTPRequest(self.address() + path, headers={"Authorization": f"token {self.secret}", TEAM: team}, request_timeout=PATIENCE, follow_redirects=False, **options)

    async def page(self, path: str, team: str) -> tuple[dict[str, str], bytes]:
        """A page, with our bar on it. Raises HTTPError (of tornado's client)."""
        headers, body = _parts(await self._fetch(path, team))
        return headers, body.replace(b"</body>", BAR + b"</body>", 1)

    async def file(self, path: str, query: str, team: str) -> tuple[dict[str, str], bytes]:
        """A style or a script, compressed. Raises HTTPError (of tornado's client)."""
        if path not in self.files:
            headers, body = _parts(await self._fetch(path + (f"?{query}" if VERSION.fullmatch(query) else ""), team))
            self.files[path] = (headers | {"Content-Encoding": "gzip", "Cache-Control": "private, max-age=3600"}, compress(body, 6))
        return self.files[path]

    async def _fetch(self, path: str, team: str) -> HTTPResponse:
        if not self.address():
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE)
        return await AsyncHTTPClient().fetch(self.request(path, team))


def _parts(response: HTTPResponse) -> tuple[dict[str, str], bytes]:
    return {name: response.headers[name] for name in PASSED_ON if name in response.headers}, response.body
