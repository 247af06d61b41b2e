"""Who asks: a reader's key, or nobody. Asked at every page and at every websocket."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import RequestHandler

Recognise = Callable[[RequestHandler], str | None]
TEAM = "X-Casebook-Team"


class Readers(IdentityProvider):
    """Tells Voilà who asks, as the app's own rule has it."""

    recognise: Recognise = staticmethod(lambda handler: None)

    def get_user(self, handler: RequestHandler) -> User | None:
        """The reader, or None."""
        key = self.recognise(handler)
        return User(username=key) if key else None

    def get_handlers(self) -> list:
        """No form: one comes in by the private link."""
        return []

    @property
    def auth_enabled(self) -> bool:
        """Always."""
        return True


def by_link(token: str, reader: str, port: Callable[[], int]) -> Recognise:
    """One reader, who comes by the private link that holds `token`, and afterwards by a cookie of this port."""

    def recognise(handler: RequestHandler) -> str | None:
        cookie = f"casebook-{port()}"
        if _same(handler.get_query_argument("token", ""), token):
            if handler.request.headers.get("Upgrade", "") == "":
                handler.set_signed_cookie(cookie, _mark(token), httponly=True, samesite="Strict")
            return reader
        return reader if _same((handler.get_signed_cookie(cookie) or b"").decode(), _mark(token)) else None

    return recognise


def by_front_door(secret: str) -> Recognise:
    """Teams, as the room's front door names them in a header; nobody else knows `secret`."""

    def recognise(handler: RequestHandler) -> str | None:
        headers = handler.request.headers
        return headers.get(TEAM) if _same(headers.get("Authorization", ""), f"token {secret}") else None

    return recognise


def key_of_this_place() -> bytes:
    """A secret of this user's on this machine, made once: private links and cookies outlive a restart."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    file = home / "casebook" / "app.key"
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as made:
            made.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return file.read_text().encode()


def link_token(key: bytes, reader: str) -> str:
    """The token of a reader's private link."""
    return hmac.new(key, f"link {reader}".encode(), hashlib.sha256).hexdigest()[:32]


def _mark(token: str) -> str:
    """What the cookie holds: not the token itself."""
    return hashlib.sha256(f"reader {token}".encode()).hexdigest()


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())
