"""The log's simple facts: against planted truth, by hand, and where a log holds less."""

import numpy as np
import pandas as pd
import pytest

from helpers.decision.own.facts import fact_findings, lead_times, months, shares_of
from helpers.decision.own.log import load_log, share_asked
from helpers.intake.columns.log_source import LogSource
from helpers.intake.refusal import Refusal

UTC = LogSource(time_zone="UTC")


@pytest.fixture
def written(tmp_path):
    """A function from a table to the path of its file."""

    def write(frame: pd.DataFrame):
        frame.to_csv(tmp_path / "log.csv", index=False)
        return tmp_path / "log.csv"

    return write


def table(count=90, seed=1, **more):
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2026-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 90 * 86400, count)), unit="s")
    return pd.DataFrame({"start": start.astype(str), **more})


def test_months_are_whole_or_not_and_empty_ones_are_kept(written):
    times = ["2026-01-10", "2026-01-20", "2026-03-05", "2026-03-31 23:00", "2026-04-02"]
    found = months(load_log(written(pd.DataFrame({"start": times})), UTC))
    assert found["rows"].tolist() == [2, 0, 2, 1] and found["whole"].tolist() == [False, True, True, False]
    assert [str(month) for month in found["month"]] == ["2026-01", "2026-02", "2026-03", "2026-04"]


def test_months_follow_the_time_zone(written):
    log = written(pd.DataFrame({"start": ["2026-01-31T20:00:00Z", "2026-02-10T00:00:00Z"]}))
    assert len(months(load_log(log))) == 1 and len(months(load_log(log, UTC))) == 2


def test_a_share_respects_clusters(written):
    alike = np.repeat(["yes", "no", "no"], 30)  # all rows of a cluster are the same
    frame = table(answer=alike, cluster=np.repeat(["a", "b", "c"], 30))
    by_cluster = fact_findings(load_log(written(frame), share_of={"answer": ("yes",)}))["share_of_interest"]
    alone = fact_findings(load_log(written(frame.drop(columns="cluster")), share_of={"answer": ("yes",)}))["share_of_interest"]
    assert by_cluster.value == alone.value == pytest.approx(1 / 3)
    assert by_cluster.high - by_cluster.low > 3 * (alone.high - alone.low)


def test_blank_clusters_stand_by_themselves_and_blank_cells_are_left_out(written):
    frame = table(answer=["yes", "no", ""] * 30, cluster=["a", "", "b"] * 30)
    log = load_log(written(frame))
    assert log.clusters.nunique() == 32 and shares_of(log, "answer")["yes"].value == 0.5


def test_open_cases_are_kept(written):
    start = pd.to_datetime("2026-01-01") + pd.to_timedelta(np.arange(40), unit="D")
    end = [str(moment + pd.Timedelta(days=10)) if number < 20 else "" for number, moment in enumerate(start)]
    log = load_log(written(pd.DataFrame({"start": start.astype(str), "end": end})), UTC)
    curve = lead_times(log)
    assert curve.ended == 20 and curve.cases == 40 and fact_findings(log)["open_share"].value == 0.5
    assert curve.quantiles[0.5].value == 10


def test_a_case_of_several_rows_runs_from_its_first_start_to_its_last_end(written):
    rows = pd.DataFrame({"start": ["2026-01-01", "2026-01-04", "2026-01-01"], "end": ["2026-01-02", "2026-01-08", "2026-01-03"], "case": ["a", "a", "b"]})
    assert sorted(lead_times(load_log(written(rows), UTC)).time) == [2, 7]


def test_what_the_log_lacks_is_not_among_the_facts(written):
    assert fact_findings(load_log(written(table()))).keys() == {"rows_counted", "rows_per_month"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"source": LogSource("begin: start")}, "'begin' is no column"),
        ({"share_of": {"answer": ("yes",)}}, "there is no column 'answer'"),
        ({"share_of": {"state": ("lost",)}}, "no row has 'lost'"),
        ({"source": LogSource(time_zone="Mars/Olympus")}, "no time zone"),
        ({"source": LogSource("amount: state")}, "number"),
    ],
)
def test_what_can_not_be_read_is_refused(written, arguments, words):
    with pytest.raises(Refusal, match=words):
        load_log(written(table(state=["found", "sold", "kept"] * 30)), **arguments)


def test_columns_and_values_from_text():
    assert share_asked("state: returned | lost, rang: yes") == {"state": ("returned", "lost"), "rang": ("yes",)} and share_asked("") == {}
