"""Votes of a room: opened and closed by the facilitator, cast once per team and round, counted without names."""

import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from helpers.intake.refusal import Refusal
from helpers.room.ballot import Question
from helpers.room.database import alone, inserting, writing
from helpers.room.roster import Roster
from helpers.room.schema import votes
from helpers.room.store import Receipt

WAITING, OPEN, CLOSED, REVEALED = "waiting", "open", "closed", "revealed"
MAY_FOLLOW = {OPEN: {WAITING, CLOSED, REVEALED}, CLOSED: {OPEN}, REVEALED: {CLOSED}}  # from which states each one may be reached


@dataclass(frozen=True)
class Vote:
    """A question that the room votes on, and how far the vote is. closes: when an open one closes by itself (seconds since 1970)."""

    question: Question
    round: int
    state: str
    closes: float | None

    @property
    def kept_as(self) -> str:
        """The name that its answers are kept under."""
        return f"vote: {self.question.name}"


class Votes:
    """The votes of one room."""

    def __init__(self, roster: Roster):
        self.room, self.store = roster.room, roster.store

    def prepare(self, questions: Iterable[Question]) -> None:
        """Put questions on the list, after those that are on it; one of a name that is there already stays as it is."""
        with writing(self.store.engine) as connection:
            alone(connection)
            last = connection.scalar(sa.select(sa.func.max(votes.c.position)).where(votes.c.room == self.room)) or 0
            for position, question in enumerate(questions, last + 1):
                row = {"room": self.room, "position": position, "round": 0, "state": WAITING} | _written(question)
                connection.execute(inserting(connection)(votes).values(row).on_conflict_do_nothing())

    def all(self) -> list[Vote]:
        """All votes in the order of the list."""
        with self.store.engine.connect() as connection:
            return [_vote(row) for row in connection.execute(sa.select(votes).where(votes.c.room == self.room).order_by(votes.c.position))]

    def showing(self) -> Vote | None:
        """The vote that the teams see: the open one, else the one opened last that is closed or revealed."""
        shown = [vote for vote in self.all() if vote.state != WAITING]
        return next((vote for vote in shown if vote.state == OPEN), max(shown, key=lambda vote: vote.closes or 0, default=None))

    def open(self, name: str, seconds: float | None = None) -> Vote:
        """Open a vote, or open it once more after a discussion (the next round); it closes by itself after `seconds`. Any other open one is closed. Raises Refusal where it is open."""
        with writing(self.store.engine) as connection:
            alone(connection)
            self._close_others(connection, name)
            vote = self._locked(connection, name)
            _check(vote, OPEN)
            return self._set(connection, vote, round=vote.round + 1, state=OPEN, closes=seconds and time.time() + seconds)

    def close(self, name: str) -> Vote:
        """Close an open vote: from here on nothing is counted any more."""
        return self._move(name, CLOSED)

    def reveal(self, name: str) -> Vote:
        """Show the teams what was voted, and what the evidence bears out. Raises Refusal while it is open."""
        return self._move(name, REVEALED)

    def _move(self, name: str, state: str) -> Vote:
        with writing(self.store.engine) as connection:
            vote = self._locked(connection, name)
            if vote.state == state:
                return vote
            _check(vote, state)
            return self._set(connection, vote, state=state, closes=time.time())

    def cast(self, team: str, name: str, round: int, choice: str) -> Receipt:
        """Keep a team's vote. Raises Refusal where that round isn't open, the choice isn't one, or the team has voted otherwise already.

        Closing waits for a vote being kept, or the vote comes too late: a vote that was acknowledged is counted.
        """
        with writing(self.store.engine) as connection:
            vote = self._locked(connection, name, for_update=False)
            if choice not in vote.question.choices:
                raise Refusal("that isn't one of the choices", where="your vote")
            mine = self.store.receipt_within(connection, team, vote.kept_as, {"choice": choice}, round)
            if mine is None and (vote.state, vote.round) != (OPEN, round):
                raise Refusal("the vote is closed", where="your vote")
            return mine or self.store.commit_within(connection, team, vote.kept_as, {"choice": choice}, round)

    def tally(self, vote: Vote) -> list[dict[str, int]]:
        """How often each choice was made, round by round, in the order of the choices. No names."""
        cast = [kept for kept in self.store.answers_in(self.room) if kept.question == vote.kept_as]
        counts = [Counter(kept.answer["choice"] for kept in cast if kept.round == round_) for round_ in range(1, vote.round + 1)]
        return [{choice: count[choice] for choice in vote.question.choices} for count in counts]

    def _locked(self, connection: sa.Connection, name: str, for_update: bool = True) -> Vote:
        """The vote, which stays as it is until the transaction ends."""
        wanted = sa.select(votes).where(votes.c.room == self.room, votes.c.question == name).with_for_update(read=not for_update)
        row = connection.execute(wanted).one_or_none()
        if row is None:
            raise Refusal("there is no such vote", where="vote")
        return _vote(row)

    def _close_others(self, connection: sa.Connection, name: str) -> None:
        others = votes.update().where(votes.c.room == self.room, votes.c.state == OPEN, votes.c.question != name)
        connection.execute(others.values(state=CLOSED, closes=time.time()))

    def _set(self, connection: sa.Connection, vote: Vote, **changes) -> Vote:
        which = (votes.c.room == self.room, votes.c.question == vote.question.name)
        connection.execute(votes.update().where(*which).values(**changes))
        return replace(vote, **changes)


def _check(vote: Vote, state: str) -> None:
    if vote.state not in MAY_FOLLOW[state]:
        raise Refusal(f"the vote is {vote.state}, so it can't be {state}", where=vote.question.text)


def _written(question: Question) -> dict:
    return {"question": question.name, "text": question.text, "choices": json.dumps(question.choices), "borne_out": question.borne_out, "why": question.why}


def _vote(row: sa.Row) -> Vote:
    """The vote as it is now: one whose time is up is closed."""
    question = Question(row.question, row.text, tuple(json.loads(row.choices)), row.borne_out, row.why)
    over = row.state == OPEN and row.closes is not None and row.closes <= time.time()
    return Vote(question, row.round, CLOSED if over else row.state, row.closes)
