"""Forty writers at once, in processes of their own, on either kind of store: all that was acknowledged is there, once."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest

from helpers.intake.refusal import Refusal
from helpers.room.roster import Roster
from helpers.room.store import Store
from helpers.room.votes import Votes

WRITERS, EACH = 40, 3
FORK = multiprocessing.get_context("fork")  # what is imported needn't be imported forty times


def open_and_write(address: str, team: str) -> list[tuple[str, float]]:
    """One writer: opens the store, commits a few answers and one of them twice, saves its progress."""
    store = Store.open(address)
    receipts = [store.commit(team, f"q{number}", {"low": number, "why": team}) for number in range(EACH)]
    assert store.commit(team, "q0", {"low": 0, "why": team}).at == receipts[0].at
    store.save_progress(team, {"by": team})
    store.close()
    return [(receipt.question, receipt.at) for receipt in receipts]


def open_only(address: str) -> str:
    """One of several servers that open the same room at once."""
    store = Store.open(address)
    roster = Roster.open(store, 5)
    Votes(roster).prepare([])
    store.close()
    return roster.room


def commit_or_be_refused(address: str, team: str, low: int) -> bool:
    store = Store.open(address)
    try:
        return store.commit(team, "q", {"low": low}).first
    except Refusal:
        return False
    finally:
        store.close()


@pytest.fixture
def forked():
    with ProcessPoolExecutor(WRITERS, mp_context=FORK) as pool:
        yield pool


def test_forty_writers_lose_nothing(address, forked):
    roster = Roster.open(Store.open(address), WRITERS)
    keys = [team.key for team in roster.teams()]
    roster.store.close()
    receipts = dict(zip(keys, forked.map(open_and_write, [address] * WRITERS, keys), strict=True))
    store = Store.open(address)
    kept = {(answer.team, answer.question): (answer.answer, answer.at) for answer in store.answers_in(roster.room)}
    assert kept == {(key, question): ({"low": int(question[1:]), "why": key}, at) for key in keys for question, at in receipts[key]}
    assert all(store.progress(key) == {"by": key} for key in keys)
    store.close()


def test_servers_that_start_at_once_find_one_room(address, forked):
    assert len(set(forked.map(open_only, [address] * 8))) == 1
    store = Store.open(address)
    assert [team.number for team in Roster.open(store, 5).teams()] == [1, 2, 3, 4, 5]
    store.close()


def test_of_many_different_answers_to_one_question_one_is_kept(address, forked):
    team = (store := Store.open(address)).learner()
    store.close()
    written = list(forked.map(commit_or_be_refused, [address] * 10, [team] * 10, range(10)))
    store = Store.open(address)
    assert sum(written) == 1 and store.answer(team, "q").answer == {"low": written.index(True)}
    store.close()
