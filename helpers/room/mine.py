"""Whose answers this process keeps, and where."""

import os
from dataclasses import dataclass
from functools import cache

from helpers.room.store import Store

STORE, TEAM, CODE = "CASEBOOK_STORE", "CASEBOOK_TEAM", "CASEBOOK_CODE"  # TEAM: told to a kernel by its server, never by a page


@dataclass(frozen=True)
class Mine:
    """A learner's or a team's own place: the store and the key in it."""

    store: Store
    team: str


@cache
def mine() -> Mine | None:
    """The team that the room's front door started this process for; else the learner alone whose store (and private code) the environment names; None where no store is named."""
    if not os.environ.get(STORE):
        return None
    store = Store.open(os.environ[STORE])
    return Mine(store, os.environ.get(TEAM) or store.learner(os.environ.get(CODE)))
