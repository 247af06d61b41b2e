"""Keeps what learners and teams commit. What it has acknowledged is on disk, once, and can't be changed.

An answer is plain data. These entries mean the same everywhere: low and high (a range believed with 80 %), yes and confidence
(a yes or no, and a number from 0.5 to 1), choice (the words chosen), why (one line). A blank prediction is an empty answer.
An outcome holds value (in the range's unit), or yes.
"""

import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from helpers.intake.refusal import Refusal
from helpers.room.database import connect, default_url, inserting, writing
from helpers.room.schema import answers, outcomes, progress, teams

LONGEST = 20_000  # characters of one answer
ROOMIEST = 1_000_000  # characters of one learner's progress


@dataclass(frozen=True)
class Receipt:
    """The acknowledgement of an answer: it is durable. at: seconds since 1970; first: whether this call wrote it, or an earlier one had."""

    team: str
    question: str
    round: int
    at: float
    first: bool


@dataclass(frozen=True)
class Answer:
    """A committed answer."""

    team: str
    question: str
    round: int
    answer: dict[str, Any]
    at: float


class Store:
    """Answers and progress, by team; a team's key is opaque, a learner alone has one too."""

    def __init__(self, engine: sa.Engine):
        self.engine = engine

    @classmethod
    def open(cls, url: str | None = None) -> "Store":
        """The store at `url` (a file's path, sqlite:///… or postgresql://…; without one, `default_url()`). Raises Refusal where it can't be reached."""
        return cls(connect(url or default_url()))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def commit(self, team: str, question: str, answer: dict[str, Any], round: int = 1) -> Receipt:
        """Keep a team's answer to a question for good; the receipt is given once it is durable.

        The same answer again (a retry whose acknowledgement was lost) gives the first one's receipt. Raises Refusal for another
        answer to what is committed already, an unknown team, or what isn't plain data.
        """
        with writing(self.engine) as connection:
            return self.commit_within(connection, team, question, answer, round)

    def commit_within(self, connection: sa.Connection, team: str, question: str, answer: dict[str, Any], round: int) -> Receipt:
        """`commit` as part of a transaction that the caller holds."""
        text = _written(answer, LONGEST)
        if not question.isprintable() or not 0 < len(question) <= 200:
            raise Refusal("a question's name has 1 to 200 printable characters", where="question")
        _check_known(connection, team)
        row = {"team": team, "question": question, "round": round, "at": time.time()}
        if connection.execute(inserting(connection)(answers).values(row | {"answer": text}).on_conflict_do_nothing()).rowcount:
            return Receipt(**row, first=True)
        return self.receipt_within(connection, team, question, answer, round)

    def receipt_within(self, connection: sa.Connection, team: str, question: str, answer: dict[str, Any], round: int) -> Receipt | None:
        """The receipt of what is committed already; None where nothing is. Raises Refusal where that is another answer than this."""
        kept = connection.execute(sa.select(answers).where(*_is(team, question, round))).one_or_none()
        if kept and json.loads(kept.answer) != json.loads(_written(answer, LONGEST)):
            raise Refusal("it is committed already, and what is committed can't be changed", where="your answer")
        return kept and Receipt(team, question, round, kept.at, first=False)

    def answer(self, team: str, question: str, round: int = 1) -> Answer | None:
        """A team's own answer to a question; None where it has committed none."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(answers).where(*_is(team, question, round))).one_or_none()
        return row and _answer(row)

    def answers_of(self, team: str) -> list[Answer]:
        """All that a team has committed, in the order of committing."""
        return self._answers(answers.c.team == team)

    def answers(self, question: str, round: int | None = None) -> list[Answer]:
        """All teams' answers to a question (of one round, where given), in the order of committing."""
        of_round = [] if round is None else [answers.c.round == round]
        return self._answers(answers.c.question == question, *of_round)

    def answers_in(self, room: str) -> list[Answer]:
        """All answers of a room's teams, in the order of committing."""
        return self._answers(answers.c.team.in_(sa.select(teams.c.key).where(teams.c.room == room)))

    def _answers(self, *conditions) -> list[Answer]:
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(answers).where(*conditions).order_by(answers.c.at, answers.c.team)).all()
        return [_answer(row) for row in rows]

    def reveal(self, team: str, question: str, outcome: dict[str, Any]) -> None:
        """Keep what came out of a question that a team has committed an answer to; the latest counts.

        Raises Refusal where nothing is committed: nobody sees an outcome before.
        """
        row = {"outcome": _written(outcome, LONGEST), "at": time.time()}
        with writing(self.engine) as connection:
            if connection.execute(sa.select(answers.c.at).where(answers.c.team == team, answers.c.question == question)).first() is None:
                raise Refusal("commit an answer first, even a blank one", where=question)
            self._put(connection, outcomes, {"team": team, "question": question}, row)

    def outcomes_of(self, team: str) -> dict[str, dict[str, Any]]:
        """What came out, by question, of all that was revealed to a team."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(outcomes).where(outcomes.c.team == team)).all()
        return {row.question: json.loads(row.outcome) for row in rows}

    def progress(self, team: str) -> dict[str, Any]:
        """What was saved last of how far a team has come; empty where nothing was."""
        with self.engine.connect() as connection:
            state = connection.scalar(sa.select(progress.c.state).where(progress.c.team == team))
        return json.loads(state) if state else {}

    def save_progress(self, team: str, state: dict[str, Any]) -> None:
        """Keep how far a team has come, in place of what was saved before. Raises Refusal for what isn't plain data, or an unknown team."""
        row = {"state": _written(state, ROOMIEST), "at": time.time()}
        with writing(self.engine) as connection:
            _check_known(connection, team)
            self._put(connection, progress, {"team": team}, row)

    @staticmethod
    def _put(connection: sa.Connection, table: sa.Table, where: dict[str, Any], row: dict[str, Any]) -> None:
        """Write a row in place of the one with the same key."""
        connection.execute(inserting(connection)(table).values(where | row).on_conflict_do_update(index_elements=list(where), set_=row))

    def learner(self, code: str | None = None) -> str:
        """The key of a learner alone. code: the private code of one who came before; without it, this store's first learner.

        A store's first learner is made when asked for. Raises Refusal for an unknown code. The code is the key: show it to its owner only.
        """
        with writing(self.engine) as connection:
            alone = sa.select(teams.c.key).where(teams.c.room.is_(None))
            key = connection.scalar(alone.where(teams.c.key == code) if code else alone.order_by(teams.c.number).limit(1))
            return key or self._new_learner(connection, code)

    def _new_learner(self, connection: sa.Connection, code: str | None) -> str:
        if code:
            raise Refusal("nobody here has this private code", where="private code", remedy="Leave it out to begin anew")
        key = secrets.token_hex(8)
        connection.execute(teams.insert().values(key=key, room=None, number=1, name="You"))
        return key


def _is(team: str, question: str, round: int) -> list:
    return [answers.c.team == team, answers.c.question == question, answers.c.round == round]


def _answer(row: sa.Row) -> Answer:
    return Answer(row.team, row.question, row.round, json.loads(row.answer), row.at)


def _check_known(connection: sa.Connection, team: str) -> None:
    if connection.scalar(sa.select(teams.c.key).where(teams.c.key == team)) is None:
        raise Refusal("no such team", where="team", remedy="Enter by the address with your team's token")


def _written(content: dict[str, Any], longest: int) -> str:
    """Plain data as JSON. Raises Refusal for anything else, or for too much."""
    try:
        text = json.dumps(content, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise Refusal(f"only plain data can be kept ({error})", where="your answer") from error
    if len(text) > longest:
        raise Refusal(f"it is {len(text):,} characters long, {longest:,} are allowed", where="your answer", remedy="Shorten it")
    return text
