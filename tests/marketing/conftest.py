"""Logs for the tests of case 1: the shipped one, the real one, and small ones written by hand."""

import json
from pathlib import Path

import pandas as pd
import pytest

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.typed import typed
from helpers.intake.checks.report import check
from helpers.intake.dictionary import read_dictionary
from helpers.intake.reading.table import Table
from helpers.marketing.log import canonical, capabilities, load_log
from helpers.marketing.share_log import ShareLog
from helpers.marketing.traffic.arrivals import arrivals

COFACTS = dict(
    column_map="time: event_time, person: user_id, event: event_type, article: item_id, salesperson: sharer_id, channel: client",
    event_map="publish: reply_posted, read: read_feedback, forward: share_request",
    time_zone="Asia/Taipei",
)


@pytest.fixture(scope="session")
def shipped():
    """The shipped log."""
    return load_log()


@pytest.fixture(scope="session")
def shipped_arrivals(shipped):
    """The shipped log's reads and forwards."""
    return arrivals(shipped)


@pytest.fixture(scope="session")
def truth(root):
    """A function from the name of a planted or realised truth to its value."""
    entries = json.loads((root / "data" / "marketing" / "truth.json").read_text(encoding="utf-8"))["entries"]
    return lambda name: entries[name]["value"]


@pytest.fixture(scope="session")
def share_log_path(real_log):
    """The real share log's file."""
    return real_log("cofacts_share_log_derived_20190414.csv")


@pytest.fixture(scope="session")
def share_log(share_log_path):
    """The real share log."""
    return load_log(share_log_path, **COFACTS)


@pytest.fixture(scope="session")
def log_of():
    """A function that makes a log of rows written by hand: dictionaries with the log's columns, absent ones blank."""

    def make(rows, customers=None, time_zone="Asia/Shanghai") -> ShareLog:
        frame = pd.DataFrame(rows, dtype="str")
        table = Table(frame.set_axis(pd.RangeIndex(2, len(frame) + 2), axis=0), Path("by_hand.csv"))
        result = typed(table, read_dictionary("marketing"), "events", Conventions(time_zone))
        events = canonical(result.frame)
        people = None if customers is None else pd.DataFrame(customers).assign(since=lambda frame: pd.to_datetime(frame["since"], utc=True))
        return ShareLog(events, people, capabilities(events, people), check(table, result, "time"), "by_hand.csv", time_zone)

    return make


