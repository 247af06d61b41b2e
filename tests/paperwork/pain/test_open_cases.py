"""Trap 7: open and abandoned cases are censored, not dropped."""

import pandas as pd
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import timed
from helpers.paperwork.hours import always_open, office_calendar
from helpers.paperwork.log import SHIPPED, load_log
from helpers.paperwork.pain.open_cases import lead_time


def test_the_truth_lies_in_the_interval_and_the_naive_figure_below_it(shipped_times, truth):
    found, planted = lead_time(shipped_times), truth["realised"]["lead_time"]["office_hours_of_all"]
    for q, name in ((0.5, "median"), (0.9, "p90")):
        assert found.curve.quantiles[q].low <= planted[name] <= found.curve.quantiles[q].high
        assert found.naive[q].value < planted[name]
    assert found.naive[0.9].high < planted["p90"]
    assert found.open + found.withdrawn + found.closed == len(shipped_times.cases)


def test_a_young_log_shows_it_most(shipped_times, tmp_path, truth):
    """Cut the log after six weeks, as if exported then: of the closed cases alone the 90th percentile comes out a third too short."""
    raw = pd.read_csv(SHIPPED, dtype=str, keep_default_na=False)
    until = "2025-11-28 18:00:00"
    early = raw[raw["start"] < until].copy()
    early.loc[early["end"] > until, "end"] = ""
    path = tmp_path / "early.csv"
    early.to_csv(path, index=False)
    found, planted = lead_time(timed(load_log(path), office_calendar())), truth["realised"]["lead_time"]["office_hours_of_all"]
    assert found.naive[0.9].value < 0.85 * planted["p90"]
    assert found.curve.quantiles[0.9].low <= planted["p90"] <= found.curve.quantiles[0.9].high
    assert abs(found.curve.quantiles[0.5].value - planted["median"]) < abs(found.naive[0.5].value - planted["median"])


def test_a_log_that_shows_no_closing_is_refused(small_log):
    log = small_log("case,activity,time\n1,a,2026-01-05 10:00")
    with pytest.raises(Refusal, match="closed"):
        lead_time(timed(log, always_open()))


def test_patients_by_hand(real_log):
    """Eight of 500 patients never check out: they are open, not gone."""
    names = "case: patient, activity: handling, instance: handling_id, lifecycle: registration_type, time: time"
    found = lead_time(timed(load_log(real_log("patients_bupar.csv"), names, closing=["Check-out"]), always_open()), unit="days")
    assert (found.closed, found.open) == (492, 8)
    raw = pd.read_csv(real_log("patients_bupar.csv"), parse_dates=["time"]).groupby("patient")["time"].agg(["min", "max"])
    closed = raw[raw.index.isin(pd.read_csv(real_log("patients_bupar.csv")).query("handling == 'Check-out'")["patient"])]
    assert found.naive[0.5].value == pytest.approx(((closed["max"] - closed["min"]) / pd.Timedelta(days=1)).median())
    assert found.curve.quantiles[0.5].value > found.naive[0.5].value
