"""Case 1: the same findings from pandas, DuckDB and Spark, to the last bit, as all that they rest on are whole numbers."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.decision.marketing.case import open_case
from helpers.decision.marketing.inputs import newcomers_by_salesperson
from helpers.decision.marketing.plan import forwarded_share, halves, reads_per_month
from helpers.intake.columns.log_source import LogSource
from helpers.intake.engine import parts
from helpers.marketing.big_log import load_big_log
from helpers.marketing.log import load_log
from helpers.marketing.traffic.arrivals import arrivals
from helpers.marketing.traffic.cascades import forwards_per_read, new_people_per_read, spread
from helpers.marketing.traffic.ceiling import registration_rate, traffic
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.mix import mix_shift
from helpers.marketing.traffic.split import censoring, forwards_by_newcomers, new_share, new_share_by

ZONE = "Europe/Berlin"
EARLY = Definition(burn_in_days=20)


def facts(log) -> dict:
    """Everything that challenge a takes from a log."""
    known = arrivals(log)
    groups = {f"by {by}": new_share_by(known, by, EARLY) for by in ("month", "depth", "topic", "salesperson", "channel")}
    return groups | {
        "log": (log.start, log.end, log.capabilities, log.report.rows_read, log.report.rows_kept, log.report.dominance["salesperson"]),
        "split": new_share(known, EARLY, np.random.default_rng(1), 50),
        "customers": new_share(known, Definition("customer_date", 20, "all", False), draws=0),
        "censoring": censoring(known, EARLY),
        "forwards": (forwards_by_newcomers(known, EARLY), forwards_per_read(known), new_people_per_read(known, 20), forwarded_share(known)),
        "spread": spread(known),
        "traffic": (traffic(known, EARLY), registration_rate(known, EARLY, 10), reads_per_month(known, EARLY)),
        "mix": mix_shift(known, "topic", EARLY, np.random.default_rng(2), 50),
        "newcomers": newcomers_by_salesperson(known, EARLY),
        "halves": halves(known),
    }


def same(one, other) -> None:
    """Raise AssertionError where two facts differ in a single bit."""
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other, check_exact=True)
    elif isinstance(one, np.ndarray):
        np.testing.assert_array_equal(one, other)
    elif isinstance(one, dict):
        assert list(one) == list(other)
        [same(one[name], other[name]) for name in one]
    elif isinstance(one, tuple):
        [same(*pair) for pair in zip(one, other, strict=True)]
    elif hasattr(one, "__dataclass_fields__"):
        same({name: getattr(one, name) for name in one.__dataclass_fields__}, {name: getattr(other, name) for name in other.__dataclass_fields__})
    else:
        assert one == other or (one != one and other != other), (one, other)


@pytest.fixture(scope="module")
def expected(loaded):
    return facts(loaded)


def test_duckdb_finds_what_pandas_finds(expected, scanned):
    same(expected, facts(scanned))


def test_with_little_memory_all_is_worked_out_in_many_parts_to_the_same_end(expected, share_file, monkeypatch):
    monkeypatch.setattr(parts, "grouped", lambda group, by, rows: parts.in_parts(group, by, parts.GROUPED, rows))  # as where DuckDB can't do so at once
    for each in ("LOOKED_UP", "GROUPED"):
        monkeypatch.setattr(parts, each, 1_000_000)  # about a hundred rows a part
    monkeypatch.setattr(parts, "PART", 20_000_000)  # a few parts at a time
    same(expected, facts(load_big_log(share_file.folder, LogSource(time_zone=ZONE), memory="90MB")))


def test_a_table_of_customers_and_words_for_nobody_count_alike(share_file):
    customers = pd.DataFrame({"person": ["c1", "c2", "c3", "gone"], "since": pd.to_datetime(["2026-02-01", "2026-03-01", "2025-01-01", "2026-01-01"], utc=True)})
    how = LogSource(time_zone=ZONE, nobody="C5, c6")
    logs = [replace(load_log(share_file.csv, how=how), customers=customers), load_big_log(share_file.folder, how, customers=customers)]
    shares = [new_share(arrivals(log), Definition("customer_date", 20, "all"), draws=0) for log in logs]
    same(*shares)
    assert shares[0].new != new_share(arrivals(replace(logs[0], customers=None)), Definition("customer_date", 20, "all"), draws=0).new


def test_the_case_goes_over_a_folder_and_shows_nobodys_id(share_file, expected):
    case = open_case({"log_file": str(share_file.folder), "time_zone": ZONE, "burn_in_days": 20.0})
    assert case.findings["new_share"].value == expected["split"].share.value and "scanned" in case.findings["log_read_as"]
    salespeople = case.shares_by("salesperson")
    assert not set(salespeople["group"]) & {f"s{number}" for number in range(6)}
    assert sorted(salespeople["reads"]) == sorted(expected["by salesperson"]["reads"])


def test_spark_finds_what_pandas_finds(expected, on_spark):
    same(expected, facts(on_spark))
