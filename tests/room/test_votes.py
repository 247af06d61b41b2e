"""Votes in rounds: what is counted, and when."""

import time

import pytest

from helpers.intake.refusal import Refusal
from helpers.room.ballot import PREPARED, asked, read_ballot
from helpers.room.roster import Roster
from helpers.room.votes import Votes


def cast_all(votes: Votes, roster: Roster, name: str, round_: int, choices: str) -> None:
    for team, choice in zip(roster.teams(), choices.split(), strict=False):
        votes.cast(team.key, name, round_, choice)


def test_votes_are_counted_round_by_round(roster, votes):
    for round_, choices in enumerate(["Yes No No", "No No Later"], 1):
        votes.open("build")
        cast_all(votes, roster, "build", round_, choices)
        votes.close("build")
    assert votes.tally(votes.showing()) == [{"Yes": 1, "No": 2, "Later": 0}, {"Yes": 0, "No": 2, "Later": 1}]


def test_a_retry_after_the_close_gets_its_receipt_and_a_late_vote_none(roster, votes):
    votes.open("build")
    first, late, _ = (team.key for team in roster.teams())
    receipt = votes.cast(first, "build", 1, "Yes")
    votes.close("build")
    assert votes.cast(first, "build", 1, "Yes").at == receipt.at
    with pytest.raises(Refusal, match="closed"):
        votes.cast(late, "build", 1, "Yes")
    with pytest.raises(Refusal, match="can't be changed"):
        votes.cast(first, "build", 1, "No")


def test_a_vote_of_the_last_round_does_not_count_in_this_one(roster, votes):
    votes.open("build")
    votes.close("build")
    votes.open("build")
    with pytest.raises(Refusal, match="closed"):
        votes.cast(roster.teams()[0].key, "build", 1, "Yes")


def test_a_vote_closes_by_itself_when_its_time_is_up(roster, votes, monkeypatch):
    votes.open("build", 30)
    assert votes.showing().state == "open"
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 31)
    assert votes.showing().state == "closed"
    with pytest.raises(Refusal, match="closed"):
        votes.cast(roster.teams()[0].key, "build", 1, "Yes")


def test_one_vote_is_open_at_a_time(votes):
    votes.open("build")
    votes.open("hire")
    assert [(vote.question.name, vote.state) for vote in votes.all()] == [("build", "closed"), ("hire", "open")]


@pytest.mark.parametrize("first, then", [("open", "open"), ("open", "reveal"), ("", "close"), ("", "reveal")])
def test_a_step_out_of_turn_is_refused(votes, first, then):
    if first:
        getattr(votes, first)("build")
    with pytest.raises(Refusal):
        getattr(votes, then)("build")


def test_what_was_revealed_may_be_voted_on_again(votes):
    for step in (votes.open, votes.close, votes.reveal, votes.reveal, votes.open):
        vote = step("build")
    assert (vote.round, vote.state) == (2, "open")


def test_a_vote_that_was_begun_stays_when_the_list_is_prepared_again(votes):
    votes.open("build")
    votes.prepare([*reversed([vote.question for vote in votes.all()]), asked("More?", ["a", "b"])])
    assert [vote.question.text for vote in votes.all()] == ["Build it?", "Hire?", "More?"] and votes.showing().state == "open"


def test_the_prepared_questions_can_be_voted_on(roster):
    votes = Votes(roster)
    votes.prepare(read_ballot(PREPARED))
    assert len(votes.all()) >= 6 and all(vote.question.why for vote in votes.all() if vote.question.borne_out is not None)


@pytest.mark.parametrize("entry", [
    "- {name: a, text: b}", "- {name: a, text: b, choices: [c]}", "- {name: a, text: b, choices: [c, c]}", "- {name: a, text: b, choices: [c, d], borne_out: e}", "- {name: a, text: '', choices: [c, d]}",
    "- {name: a, text: b, choices: [c, d], colour: e}", "- {name: a, text: b, choices: c}", "a: b", "- a", "- [", "- {name: a, text: b, choices: [c, d]}\n- {name: a, text: b, choices: [c, d]}", "\xff",
    "!!python/object/apply:os.system ['true']",
])  # fmt: skip
def test_a_list_of_questions_that_cannot_be_used_is_refused_in_words(tmp_path, entry):
    file = tmp_path / "votes.yaml"
    file.write_bytes(entry.encode("latin-1"))
    with pytest.raises(Refusal, match=r"votes\.yaml"):
        read_ballot(file)
