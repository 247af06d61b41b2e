"""What the console shows of predictions, and of how well they held."""

from helpers.room.summary import for_console, for_team


def test_the_board_tells_who_committed_and_how_it_held(roster, votes):
    store, (one, two, _) = roster.store, (team.key for team in roster.teams())
    store.commit(one, "share", {"low": 10, "high": 30})
    store.commit(two, "share", {"low": 1, "high": 2})
    store.commit(two, "grows", {"yes": True, "confidence": 0.9})
    for team in (one, two):
        store.reveal(team, "share", {"value": 20})
    store.reveal(two, "grows", {"yes": True})
    shown = for_console(roster, votes)
    assert [(each["question"], each["committed"], each["said"]) for each in shown["predictions"]] == [("share", [1, 2], {}), ("grows", [2], {})]
    assert [(team["hits"], team["ranges"], team["answers"]) for team in shown["calibration"]] == [(1, 1, 0), (0, 1, 1), (0, 0, 0)]


def test_answers_of_another_room_and_of_a_learner_alone_are_not_shown(roster, votes):
    roster.store.commit(roster.store.learner(), "share", {"low": 10, "high": 30})
    assert for_console(roster, votes)["predictions"] == []


def test_a_team_sees_its_own_vote(roster, votes):
    one, two, _ = (team.key for team in roster.teams())
    votes.open("build", 60)
    votes.cast(one, "build", 1, "Later")
    assert (for_team(roster, votes, one)["vote"]["mine"], for_team(roster, votes, two)["vote"]["mine"]) == ("Later", None)
    assert 0 < for_team(roster, votes, two)["vote"]["left"] <= 60


def test_the_console_tells_where_each_team_is(roster, votes):
    one, two, _ = (team.key for team in roster.teams())
    roster.store.save_progress(one, {"screens": {"2_paperwork": 4}})
    roster.store.save_progress(two, {})
    assert for_console(roster, votes)["places"] == {1: {"2_paperwork": 4}}
