"""What the console and the teams' pages show, as plain data."""

import json
import time
from collections import defaultdict
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from helpers.room.calibration import calibration
from helpers.room.roster import Roster, Team
from helpers.room.said import counted
from helpers.room.schema import outcomes, progress, teams
from helpers.room.store import Answer
from helpers.room.votes import CLOSED, OPEN, REVEALED, Vote, Votes


def for_console(roster: Roster, votes: Votes) -> dict[str, Any]:
    """All that the facilitator sees: votes with who has committed and (once closed) the counts; predictions; where the teams are; calibration; the time left."""
    seated, given = roster.teams(), roster.store.answers_in(roster.room)
    return {
        "teams": [{"number": team.number, "name": team.name} for team in seated],
        "votes": [_vote_for_console(votes, vote, seated, given) for vote in votes.all()],
        "predictions": _predictions(seated, given),
        "places": _places(roster, seated),
        "calibration": _calibration(roster, seated, given),
        "timer": _left(roster.timer()),
    }


def for_team(roster: Roster, votes: Votes, team: str) -> dict[str, Any]:
    """What a team may see: its name, the vote that is shown, its own choice in it, and after the reveal what all voted."""
    name = next(one.name for one in roster.teams() if one.key == team)
    showing = votes.showing()
    return {"team": name, "timer": _left(roster.timer()), "vote": showing and _vote_for_team(roster, votes, showing, team)}


def _vote_for_team(roster: Roster, votes: Votes, vote: Vote, team: str) -> dict[str, Any]:
    mine = roster.store.answer(team, vote.kept_as, vote.round)
    told = {"tally": votes.tally(vote), "borne_out": vote.question.borne_out, "why": vote.question.why} if vote.state == REVEALED else {}
    return _open_to_all(vote) | {"mine": mine and mine.answer["choice"]} | told


def _vote_for_console(votes: Votes, vote: Vote, seated: list[Team], given: list[Answer]) -> dict[str, Any]:
    committed = {kept.team for kept in given if (kept.question, kept.round) == (vote.kept_as, vote.round)}
    counts = votes.tally(vote) if vote.state in (CLOSED, REVEALED) else []
    told = {"borne_out": vote.question.borne_out, "why": vote.question.why} if vote.state == REVEALED else {}
    return _open_to_all(vote) | {"committed": [team.number for team in seated if team.key in committed], "tally": counts} | told


def _open_to_all(vote: Vote) -> dict[str, Any]:
    left = _left(vote.closes) if vote.state == OPEN else None
    return {"name": vote.question.name, "text": vote.question.text, "choices": vote.question.choices, "round": vote.round, "state": vote.state, "left": left}


def _predictions(seated: list[Team], given: list[Answer]) -> list[dict[str, Any]]:
    """Each question of the cases that anybody has committed to: the numbers of the teams that have, and what was said, without names."""
    who = defaultdict(dict)
    for kept in given:
        if not kept.question.startswith("vote: "):
            who[kept.question][kept.team] = kept.answer
    return [{"question": question, "committed": [team.number for team in seated if team.key in said], "said": counted(said.values(), len(seated))} for question, said in who.items()]


def _places(roster: Roster, seated: list[Team]) -> dict[int, dict[str, int]]:
    """Which step of which page each team saw last, by the team's number; teams that have begun none are left out."""
    numbers = {team.key: team.number for team in seated}
    with roster.store.engine.connect() as connection:
        rows = connection.execute(sa.select(progress).where(progress.c.team.in_(numbers))).all()
    return {numbers[row.team]: screens for row in rows if (screens := json.loads(row.state).get("screens"))}


def _calibration(roster: Roster, seated: list[Team], given: list[Answer]) -> list[dict[str, Any]]:
    """Each team's record of the predictions whose outcome it has seen."""
    came_out = outcomes_in(roster)
    pairs = defaultdict(list)
    for kept in given:
        if (kept.team, kept.question) in came_out:
            pairs[kept.team].append((kept.answer, came_out[kept.team, kept.question]))
    return [{"number": team.number, "name": team.name} | asdict(calibration(pairs[team.key])) for team in seated]


def outcomes_in(roster: Roster) -> dict[tuple[str, str], dict[str, Any]]:
    """What came out, by team and question, of all that was revealed in a room."""
    keys = sa.select(teams.c.key).where(teams.c.room == roster.room)
    with roster.store.engine.connect() as connection:
        rows = connection.execute(sa.select(outcomes).where(outcomes.c.team.in_(keys))).all()
    return {(row.team, row.question): json.loads(row.outcome) for row in rows}


def _left(until: float | None) -> float | None:
    """Seconds from now; 0 once it is over."""
    return None if until is None else max(0.0, until - time.time())
