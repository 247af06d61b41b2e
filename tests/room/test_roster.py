"""A room's teams and tokens, the same after a restart."""

import time

import pytest

from helpers.intake.refusal import Refusal
from helpers.room.roster import ALPHABET, Roster
from helpers.room.store import Store


def test_a_restart_finds_the_same_room_with_the_same_tokens(roster, tmp_path):
    again = Roster.open(Store.open(str(tmp_path / "room.sqlite")), 3)
    assert again.teams() == roster.teams() and again.facilitator_token == roster.facilitator_token


def test_who_was_in_is_in_after_a_restart(roster, tmp_path):
    cookie = roster.enter(roster.teams()[1].token)
    again = Roster.open(Store.open(str(tmp_path / "room.sqlite")), 3)
    assert again.visitor(cookie).team == roster.teams()[1].key


def test_more_teams_may_come_later_and_none_is_lost(roster, store):
    before = [team.key for team in roster.teams()]
    assert [team.key for team in Roster.open(store, 5).teams()[:3]] == before
    assert len(Roster.open(store, 2).teams()) == 5


def test_another_room_has_other_teams_and_tokens_and_ends_the_one_before(roster, store):
    cookie = roster.enter(roster.facilitator_token)
    other = Roster.open(store, 3, anew=True)
    assert {team.token for team in other.teams()}.isdisjoint(team.token for team in roster.teams())
    assert other.visitor(cookie) is None and roster.enter(roster.facilitator_token) is None and roster.visitor(cookie) is None


def test_an_ended_room_is_not_gone_on_with(roster, store):
    roster.end()
    assert Roster.open(store, 3).room != roster.room


@pytest.mark.parametrize("typed", [str.lower, lambda token: token.replace("-", ""), lambda token: f" {token.replace('-', ' ')} "])
def test_a_token_may_be_typed_as_one_likes(roster, typed):
    team = roster.teams()[2]
    assert roster.visitor(roster.enter(typed(team.token))).team == team.key


@pytest.mark.parametrize("token", ["", "-", "ABCD", "ABCD-2345", "x" * 1000, "ＡＢＣＤ"])
def test_what_is_no_token_lets_nobody_in(roster, token):
    assert roster.enter(token) is None


def test_the_facilitators_token_is_longer_than_any_guess(roster):
    assert len(ALPHABET) == 31 and len(roster.facilitator_token.replace("-", "")) == 16
    assert all(len(team.token) == 9 and set(team.token) <= {*ALPHABET, "-"} for team in roster.teams())


@pytest.mark.parametrize("count", [0, -1, 61])
def test_a_room_for_nobody_or_for_a_crowd_is_refused(store, count):
    with pytest.raises(Refusal, match="teams"):
        Roster.open(store, count)


def test_a_team_names_itself_within_its_own_room(roster, store):
    roster.rename(roster.teams()[0].key, "  The <b>Clerks</b>  ")
    other = Roster.open(store, 1, anew=True)
    other.rename(roster.teams()[1].key, "stolen")
    assert [team.name for team in roster.teams()] == ["The <b>Clerks</b>", "Team 2", "Team 3"]


def test_a_set_time_is_kept_until_it_is_taken_back(roster, store):
    roster.set_timer(60)
    assert 0 < Roster.open(store, 3).timer() - time.time() <= 60
    roster.set_timer(None)
    assert roster.timer() is None
