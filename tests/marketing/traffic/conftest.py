"""A small log written by hand: one publish, a forward of it, a forward of that."""

import pytest

from helpers.marketing.traffic.arrivals import arrivals


def row(hour, event, person="", share="", parent="", salesperson="s1", article="a1", topic="x"):
    return {
        "time": f"2026-03-01T{hour:02d}:00:00Z", "event": event, "person": person, "share": share, "parent_share": parent,
        "salesperson": salesperson, "article": article, "topic": topic,
    }  # fmt: skip


ROWS = [
    row(1, "publish", "s1", "h1"),
    row(2, "read", "c1", "h1"),
    row(3, "forward", "c1", "h2", "h1"),
    row(4, "read", "c2", "h2"),
    row(5, "read", "c1", "h2"),
    row(6, "forward", "c2", "h3", "h2"),
    row(7, "read", "c3", "h3"),
    row(8, "read", "s1", "h2"),
    row(9, "read", "", "h3"),
    row(10, "read", "c2", "h1"),
    row(11, "forward", "c3", "h4", "h3"),
    row(12, "register", "c3", "h3"),
]


@pytest.fixture(scope="session")
def small(log_of):
    """The small log."""
    return log_of([{key: value or None for key, value in each.items()} for each in ROWS])


@pytest.fixture(scope="session")
def small_arrivals(small):
    """Its reads and forwards, in UTC."""
    return arrivals(small, "UTC")


@pytest.fixture(scope="session")
def months_log(log_of):
    """A function that makes arrivals from cells (month, topic, salesperson, new reads, known reads)."""

    def make(cells):
        rows = [row(0, "read", "old", salesperson="s0", topic="start") | {"time": "2026-01-01T00:00:00Z"}]
        for month, topic, salesperson, new, known in cells:
            people = [f"{month}{topic}{salesperson}{i}" for i in range(new)] + ["old"] * known
            rows += [row(1, "read", who, "", "", salesperson, f"a{month}", topic) | {"time": f"2026-{month:02d}-15T00:00:00Z"} for who in people]
        rows.append(row(1, "read", "old", salesperson="s0", topic="start") | {"time": f"2026-{max(cell[0] for cell in cells) + 1:02d}-01T12:00:00Z"})
        return arrivals(log_of([{key: value or None for key, value in each.items()} for each in rows], time_zone="UTC"))

    return make
