"""A learner's journal in a store of its own, open for one test."""

import pytest

from helpers.lesson.learner import gate
from helpers.lesson.learner import journal as journals
from helpers.room.store import Store


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """An open journal, as the app opens one."""
    store = Store.open(str(tmp_path / "store.sqlite"))
    opened = journals.Journal(store, store.learner())
    monkeypatch.setattr(journals, "_open", [opened])
    monkeypatch.setattr(gate, "_awaited", set())
    yield opened
    store.close()
