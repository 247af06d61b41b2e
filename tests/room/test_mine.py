"""A process keeps answers for the team it was started for, for its learner, or for nobody."""

import pytest

from helpers.room.mine import CODE, STORE, TEAM, mine


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch):
    for name in (STORE, TEAM, CODE):
        monkeypatch.delenv(name, raising=False)
    mine.cache_clear()
    yield
    mine.cache_clear()


def test_without_a_store_nothing_is_kept():
    assert mine() is None


def test_a_learner_alone_is_the_same_one_next_time(monkeypatch, tmp_path):
    monkeypatch.setenv(STORE, str(tmp_path / "x.sqlite"))
    first = mine().team
    mine.cache_clear()
    assert mine().team == first


def test_a_kernel_of_a_room_keeps_for_its_team(monkeypatch, tmp_path):
    monkeypatch.setenv(STORE, str(tmp_path / "x.sqlite"))
    monkeypatch.setenv(TEAM, "t3")
    assert mine().team == "t3"
