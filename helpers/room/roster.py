"""A room: its teams, the tokens that let them in, and who is in. All of it in the store, so that a server that died begins again where it was."""

import hmac
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from helpers.intake.refusal import Refusal
from helpers.room.database import alone, writing
from helpers.room.schema import rooms, sessions, teams
from helpers.room.store import Store

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
MOST = 60  # teams
REMEMBERED = 1  # seconds that a visitor is known without asking the store again: a page asks for a hundred files


@dataclass(frozen=True)
class Team:
    """A team of the room: its opaque key, its number from 1 on, its name, and the token that lets it in."""

    key: str
    number: int
    name: str
    token: str


@dataclass(frozen=True)
class Visitor:
    """Somebody who is in: a member of a team, or (team None) the facilitator."""

    team: str | None

    @property
    def facilitates(self) -> bool:
        """Whether it is the facilitator."""
        return self.team is None


class Roster:
    """The teams and the tokens of one room."""

    def __init__(self, store: Store, room: str, secret: str):
        self.store, self.room, self._secret = store, room, secret
        self._seen: dict[str, tuple[float, Visitor]] = {}

    @classmethod
    def open(cls, store: Store, count: int, anew: bool = False) -> "Roster":
        """The room that isn't ended yet, with at least `count` teams; a new one where there is none, or where `anew` is asked for. Raises Refusal for an impossible count."""
        if not 1 <= count <= MOST:
            raise Refusal(f"{count} teams", where="--teams", remedy=f"A room has 1 to {MOST}")
        with writing(store.engine) as connection:
            alone(connection)
            going = None if anew else connection.execute(sa.select(rooms).where(rooms.c.ended.is_(None)).order_by(rooms.c.begun.desc()).limit(1)).one_or_none()
            roster = cls(store, going.id, going.secret) if going else cls._begin(store, connection)
            roster._seat(connection, count)
        return roster

    @classmethod
    def _begin(cls, store: Store, connection: sa.Connection) -> "Roster":
        connection.execute(rooms.update().where(rooms.c.ended.is_(None)).values(ended=time.time()))
        room, secret = secrets.token_hex(8), secrets.token_hex(32)
        connection.execute(rooms.insert().values(id=room, secret=secret, begun=time.time()))
        return cls(store, room, secret)

    def _seat(self, connection: sa.Connection, count: int) -> None:
        seated = set(connection.scalars(sa.select(teams.c.number).where(teams.c.room == self.room)))
        for number in sorted(set(range(1, count + 1)) - seated):
            connection.execute(teams.insert().values(key=secrets.token_hex(8), room=self.room, number=number, name=f"Team {number}"))

    def teams(self) -> list[Team]:
        """The room's teams by number."""
        with self.store.engine.connect() as connection:
            rows = connection.execute(sa.select(teams).where(teams.c.room == self.room).order_by(teams.c.number)).all()
        return [Team(row.key, row.number, row.name, self._token(f"team {row.number}", 8)) for row in rows]

    @property
    def facilitator_token(self) -> str:
        """The token that opens the console."""
        return self._token("facilitator", 16)

    def _token(self, of: str, length: int) -> str:
        """A token in groups of four, derived from the room's secret."""
        number = int.from_bytes(hmac.digest(bytes.fromhex(self._secret), of.encode(), "sha256"))
        letters = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(length))
        return "-".join(letters[start : start + 4] for start in range(0, length, 4))

    def enter(self, token: str) -> str | None:
        """A cookie in exchange for a token, good until the room ends; None for a token that isn't one."""
        given = _plain(token)
        who = [team.key for team in self.teams() if hmac.compare_digest(_plain(team.token), given)]
        if not who and not hmac.compare_digest(_plain(self.facilitator_token), given):
            return None
        cookie = secrets.token_urlsafe(32)
        with writing(self.store.engine) as connection:
            if connection.scalar(sa.select(rooms.c.ended).where(rooms.c.id == self.room)) is not None:
                return None
            connection.execute(sessions.insert().values(digest=_digest(cookie), room=self.room, team=who[0] if who else None, begun=time.time()))
        return cookie

    def remembered(self, cookie: str) -> Visitor | None:
        """Who came with this cookie a moment ago."""
        seen, visitor = self._seen.get(cookie, (0.0, None))
        return visitor if time.monotonic() - seen < REMEMBERED else None

    def visitor(self, cookie: str) -> Visitor | None:
        """Who came with this cookie; None where it was never given out here, or has ended."""
        mine = (sessions.c.digest == _digest(cookie), sessions.c.room == self.room, sessions.c.ended.is_(None), rooms.c.ended.is_(None))
        with self.store.engine.connect() as connection:
            row = connection.execute(sa.select(sessions.c.team).join(rooms).where(*mine)).one_or_none()
        if row is None:
            return None
        self._seen[cookie] = time.monotonic(), Visitor(row.team)
        return self._seen[cookie][1]

    def leave(self, cookie: str) -> None:
        """End what this cookie opened."""
        with writing(self.store.engine) as connection:
            connection.execute(sessions.update().where(sessions.c.digest == _digest(cookie)).values(ended=time.time()))
        self._seen.pop(cookie, None)

    def end(self) -> None:
        """End the room: nobody is in any more, and no token lets anybody in. What was committed stays."""
        with writing(self.store.engine) as connection:
            connection.execute(rooms.update().where(rooms.c.id == self.room).values(ended=time.time()))
        self._seen.clear()

    def rename(self, team: str, name: str) -> None:
        """Give a team a name of its own choice. Raises Refusal for none, or a long one."""
        name = " ".join(name.split())
        if not name.isprintable() or not 0 < len(name) <= 40:
            raise Refusal("a team's name has 1 to 40 characters", where="name")
        with writing(self.store.engine) as connection:
            connection.execute(teams.update().where(teams.c.key == team, teams.c.room == self.room).values(name=name))

    def timer(self) -> float | None:
        """When the time for what the room does now is up (seconds since 1970); None where no time is set."""
        with self.store.engine.connect() as connection:
            return connection.scalar(sa.select(rooms.c.timer).where(rooms.c.id == self.room))

    def set_timer(self, seconds: float | None) -> None:
        """Let the time be up in so many seconds; None: no time is set."""
        with writing(self.store.engine) as connection:
            connection.execute(rooms.update().where(rooms.c.id == self.room).values(timer=seconds and time.time() + seconds))


def _plain(token: str) -> bytes:
    """A token as compared: however it was typed."""
    return "".join(letter for letter in token.upper() if letter.isalnum()).encode()


def _digest(cookie: str) -> str:
    return sha256(cookie.encode()).hexdigest()
