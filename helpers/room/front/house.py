"""What every handler of the front door knows."""

from dataclasses import dataclass, field

from tornado.websocket import WebSocketHandler

from helpers.room.front.upstream import Upstream
from helpers.room.roster import Roster
from helpers.room.votes import Votes


@dataclass(frozen=True)
class House:
    """One room behind one door. address: where teams go; hosts: the names it answers to."""

    roster: Roster
    votes: Votes
    address: str
    hosts: frozenset[str]
    upstream: Upstream | None = None
    kernels: dict[str, str] = field(default_factory=dict)  # kernel id: the team that the pages' server gave it to
    lines: set[WebSocketHandler] = field(default_factory=set)  # open at the moment

    @property
    def cookie(self) -> str:
        """The cookie's name; browsers tell cookies apart by host only, so the port is in the name."""
        return f"casebook-{self.address.rpartition(':')[2].strip('/')}"

    @property
    def pages_are_served(self) -> bool:
        """Whether there is somebody to hand the teams' pages on from."""
        return self.upstream is not None and bool(self.upstream.address())

    def hang_up(self, cookie: str | None = None) -> None:
        """Close every open line, or those that a cookie opened."""
        for line in list(self.lines):
            if cookie is None or line.get_cookie(self.cookie) == cookie:
                line.close(4401, "this visit has ended")
