"""The way in: a token is exchanged once for a cookie that scripts can't read and other sites can't send."""

import time
from collections import defaultdict, deque
from http import HTTPStatus
from pathlib import Path

from tornado.web import HTTPError, StaticFileHandler

from helpers.room.front.visit import ANYBODY, HEADERS, INSIDE, Visit

STATIC = Path(__file__).resolve().parents[1] / "static"
ATTEMPTS, WHILE = 10, 60  # so many wrong tokens in so many seconds are borne from one address


def page(name: str) -> bytes:
    """One of our own pages."""
    return (STATIC / f"{name}.html").read_bytes()


class Enter(Visit):
    """A token in, a cookie out."""

    opens_to = ANYBODY
    wrong: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=ATTEMPTS))  # when each address was wrong of late

    async def post(self) -> None:
        """Let in who has a token; slow down who guesses."""
        wrong = self.wrong[self.request.remote_ip]
        if len(wrong) == ATTEMPTS and wrong[0] > time.monotonic() - WHILE:
            raise HTTPError(HTTPStatus.TOO_MANY_REQUESTS)
        cookie = await self.off(self.house.roster.enter, self.entry("token", str, "")[:100])
        if cookie is None:
            wrong.append(time.monotonic())
            raise HTTPError(HTTPStatus.FORBIDDEN)
        self.set_cookie(self.house.cookie, cookie, httponly=True, samesite="Strict", path="/")
        self.finish({})


class Leave(Visit):
    """The way out."""

    opens_to = INSIDE

    async def post(self) -> None:
        """Make this visitor's cookie worthless."""
        cookie = self.get_cookie(self.house.cookie)
        await self.off(self.house.roster.leave, cookie)
        self.house.hang_up(cookie)
        self.clear_cookie(self.house.cookie)
        self.finish({})


class OwnFiles(StaticFileHandler):
    """Styles and scripts of our own pages; nothing secret."""

    def set_default_headers(self) -> None:
        """What serves this is nobody's business."""
        self.clear_header("Server")

    def set_extra_headers(self, path: str) -> None:
        """As for every page; a browser asks whether a file has changed."""
        for name, value in (HEADERS | {"Cache-Control": "no-cache"}).items():
            self.set_header(name, value)


ROUTES = [
    (r"/room/enter", Enter),
    (r"/room/leave", Leave),
    (r"/room/static/([\w.-]+\.(?:css|js|svg))", OwnFiles, {"path": STATIC}),
]
