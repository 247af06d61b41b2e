"""Documents per client, times per document and step, against what is planted."""

import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import timed
from helpers.paperwork.hours import always_open
from helpers.paperwork.process.documents import documents_of_clients, documents_per_client, time_per_client, time_per_document


def test_documents_per_client(shipped, truth):
    found = documents_per_client(shipped)
    assert found.low <= truth["expected"]["documents_per_client"] <= found.high
    assert found.value == documents_of_clients(shipped).mean()


def test_hours_of_clerk_and_client_apart(shipped_times, truth):
    found, realised = time_per_client(shipped_times), truth["realised"]
    assert found["clerk"].low <= realised["clerk_hours_per_client"] <= found["clerk"].high
    assert found["client"].low <= realised["client_hours_per_client"] <= found["client"].high


def test_every_document_within_its_interval(shipped_times, truth):
    """95 % intervals of ten documents: nine at least hold what is planted, and none is far off (abandoned cases take a little less)."""
    table = time_per_document(shipped_times)
    clerk = table[table["party"] == "clerk"].set_index("document")
    planted = {name: row["clerk_minutes"] / 60 for name, row in truth["expected"]["documents"].items()}
    inside = [clerk["low"][name] <= hours <= clerk["high"][name] for name, hours in planted.items()]
    assert sum(inside) >= 8
    assert all(clerk["hours"][name] == pytest.approx(hours, rel=0.08) for name, hours in planted.items())


def test_step_times_are_recovered(shipped_times, truth):
    planted = {row["name"]: row for row in truth["planted"]["documents"]}
    means = shipped_times.frame.groupby(["document", "step"])["touch_h"].mean()
    for name, row in planted.items():
        assert means[name, "explain standard"] * 60 == pytest.approx(row["explain"], rel=0.15)
        assert means[name, "send list"] * 60 == pytest.approx(truth["planted"]["send"] * row["size"], rel=0.15)


def test_a_log_without_documents_is_told_so(small_log):
    log = small_log("case,activity,start,end\n1,a,2026-01-05 09:00,2026-01-05 10:00\n2,a,2026-01-05 09:00,2026-01-05 11:00")
    with pytest.raises(Refusal, match="document"):
        documents_per_client(log)
    assert time_per_client(timed(log, always_open()))["everyone"].value == 1.5
