"""What is committed stays: once, unchanged, its own team's."""

import stat

import pytest

from helpers.intake.refusal import Refusal
from helpers.room.store import Store


@pytest.fixture
def file(tmp_path):
    return tmp_path / "new folder" / "answers.sqlite"


@pytest.fixture
def store(file):
    opened = Store.open(str(file))
    yield opened
    opened.close()


@pytest.fixture
def me(store):
    return store.learner()


def test_a_committed_answer_is_there_for_who_opens_the_store_anew(store, file, me):
    receipt = store.commit(me, "share of new readers", {"low": 10, "high": 30, "why": "they told us 新"})
    kept = Store.open(str(file)).answer(me, "share of new readers")
    assert kept.answer == {"low": 10, "high": 30, "why": "they told us 新"} and kept.at == receipt.at and receipt.first


def test_a_retry_after_a_lost_acknowledgement_gives_one_answer(store, me):
    first = store.commit(me, "q", {"low": 10, "high": 30})
    again = store.commit(me, "q", {"high": 30, "low": 10})
    assert again.at == first.at and not again.first and len(store.answers("q")) == 1


def test_what_is_committed_cannot_be_changed(store, me):
    store.commit(me, "q", {"low": 10})
    with pytest.raises(Refusal, match="committed already"):
        store.commit(me, "q", {"low": 11})
    assert store.answer(me, "q").answer == {"low": 10}


def test_another_round_is_another_answer(store, me):
    for round_ in (1, 2):
        store.commit(me, "q", {"choice": round_}, round=round_)
    assert [kept.answer["choice"] for kept in store.answers("q")] == [1, 2]
    assert [kept.answer["choice"] for kept in store.answers("q", round=2)] == [2]


@pytest.mark.parametrize("answer", [{"low": float("nan")}, {"low": {1, 2}}, {"why": "x" * 30_000}])
def test_an_answer_that_cannot_be_kept_is_refused(store, me, answer):
    with pytest.raises(Refusal):
        store.commit(me, "q", answer)
    assert store.answers("q") == []


@pytest.mark.parametrize("question", ["", "q\0", "q\nq", "q" * 201])
def test_a_question_without_a_usable_name_is_refused(store, me, question):
    with pytest.raises(Refusal, match="printable"):
        store.commit(me, question, {})


def test_an_unknown_team_keeps_nothing(store):
    with pytest.raises(Refusal, match="no such team"):
        store.commit("somebody", "q", {})
    with pytest.raises(Refusal, match="no such team"):
        store.save_progress("somebody", {})


def test_the_latest_progress_is_what_counts(store, file, me):
    assert store.progress(me) == {}
    for screen in ("brief", "predict"):
        store.save_progress(me, {"screen": screen})
    assert Store.open(str(file)).progress(me) == {"screen": "predict"}


def test_a_learner_alone_comes_back_without_and_with_the_code(store, file, me):
    again = Store.open(str(file))
    assert again.learner() == me == again.learner(code=me)
    with pytest.raises(Refusal, match="private code"):
        again.learner(code="0000000000000000")


def test_the_file_is_its_owners_alone(store, file):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("url", ["sqlite://", "/dev/null/x.sqlite", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_store_that_cannot_be_opened_is_refused_in_words(url):
    with pytest.raises(Refusal, match="store"):
        Store.open(url)


def test_no_outcome_is_kept_before_an_answer(store, me):
    with pytest.raises(Refusal, match="commit an answer first"):
        store.reveal(me, "q", {"value": 1})
    store.commit(me, "q", {})
    for value in (1, 2):
        store.reveal(me, "q", {"value": value})
    assert store.outcomes_of(me) == {"q": {"value": 2}}
