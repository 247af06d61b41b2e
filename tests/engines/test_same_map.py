"""Case 2: the same map, variants, times between steps and repeats from pandas, DuckDB and Spark."""

from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from helpers.decision.paperwork.case import open_case
from helpers.intake.columns.log_source import LogSource
from helpers.intake.engine import sequences
from helpers.intake.engine.frames import frame_of
from helpers.intake.engine.moments import microseconds
from helpers.paperwork import big_log
from helpers.paperwork.durations import timed
from helpers.paperwork.hours import Calendar
from helpers.paperwork.log import load_log
from helpers.paperwork.pain.rework import Counting, rework_of_steps, rework_share
from helpers.paperwork.process.process_map import process_map
from helpers.paperwork.process.traces import traces
from helpers.paperwork.process.variants import variants
from helpers.paperwork.process.whole import Whole, clock_hours_between, parts_of, spelled_traces
from helpers.paperwork.readiness.order import hours_margin, hours_saved

AGAIN = "review again: review"


def sorted_frame(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(list(frame.columns), ignore_index=True)


def facts(log) -> dict:
    """What is counted over all rows of a log."""
    drawn, ways = process_map(log), variants(log)
    same = Counting(same_resource=True)
    return {
        "nodes": sorted_frame(drawn.nodes), "edges": sorted_frame(drawn.edges), "items": drawn.items,
        "ways": dict(zip(ways.table["steps"], ways.table["items"])), "for most": ways.needed_for(0.8),
        "rework": (rework_share(log), rework_share(log, same), sorted_frame(rework_of_steps(log)), sorted_frame(rework_of_steps(log, same))),
    }  # fmt: skip


def same(one, other) -> None:
    for name in one:
        for mine, theirs in zip(*((each[name] if isinstance(each[name], tuple) else (each[name],)) for each in (one, other)), strict=True):
            pd.testing.assert_frame_equal(mine, theirs, check_exact=True) if isinstance(mine, pd.DataFrame) else None
            assert isinstance(mine, pd.DataFrame) or mine == theirs, name


@pytest.fixture(scope="module")
def loaded(office_file):
    return load_log(office_file, aliases=AGAIN)


def _whole(source, loaded):
    return big_log.load_big_log(source, LogSource(), AGAIN, lambda file, how: load_log(file, aliases=AGAIN, how=how))


@pytest.fixture(scope="module")
def scanned(office_file, loaded):
    return _whole(office_file, loaded)


def test_duckdb_finds_what_pandas_finds(loaded, scanned):
    assert scanned.whole is not None and scanned.whole.cases == loaded.handlings["case"].nunique() and scanned.whole.handlings == len(loaded.handlings)
    same(facts(loaded), facts(scanned))


def test_parts_of_a_log_make_up_the_whole(loaded, scanned, monkeypatch):
    whole = facts(scanned), scanned.whole.hours
    monkeypatch.setattr("helpers.paperwork.process.whole.in_buckets", partial(sequences.in_buckets, size=40))
    apart = replace(scanned, whole=Whole(scanned.whole.rows, scanned.whole.item))
    assert len(apart.whole.parts.frames) > 5 and apart.whole.parts.item == ["item"]
    same(whole[0], facts(apart))
    pd.testing.assert_frame_equal(whole[1], apart.whole.hours, check_exact=True)


def test_times_between_steps_are_summed_alike(loaded, scanned):
    frame = loaded.handlings.assign(row=loaded.handlings.index)
    moments = {name: frame[name].map(lambda time: float("nan") if pd.isna(time) else float(microseconds(time))) for name in ("start", "end")}
    frame = frame_of(frame.assign(**moments, moment=moments["start"]))
    expected = clock_hours_between(parts_of(frame, ["case", "document"]))
    pd.testing.assert_frame_equal(scanned.whole.hours, expected, check_exact=True, check_dtype=False)
    assert len(expected) > 5 and expected["moves"].sum() > 100


def test_words_give_the_traces_that_arrays_give(loaded):
    frame = loaded.handlings.assign(row=loaded.handlings.index, moment=loaded.handlings.index)
    spelled, plain = spelled_traces(parts_of(frame_of(frame), ["case", "document"])), traces(loaded.handlings, ["case", "document"])
    assert spelled.number_of_items == plain.number_of_items and len(spelled.first) < len(plain.first)


def test_spark_finds_what_pandas_finds(loaded, office_file, spark):
    on_spark = _whole(spark.read.parquet(str(office_file)), loaded)
    same(facts(loaded), facts(on_spark))
    pd.testing.assert_frame_equal(on_spark.whole.hours, _whole(office_file, loaded).whole.hours, check_exact=True)


def test_a_log_too_large_goes_through_the_case_by_a_sample_and_says_so(office_file, monkeypatch):
    monkeypatch.setenv("CASEBOOK_LOADED_MB", "0")
    monkeypatch.setattr(big_log, "IN_MEMORY", 200)
    case = open_case({"log_file": str(office_file), "same_steps": AGAIN})
    assert case.log.sampled and 0 < case.log.handlings["case"].nunique() < 60 == case.log.whole.cases
    findings = case.findings
    assert findings["clients"].value == 60 and findings["handlings"].value == case.log.whole.handlings
    assert "drawn at random" in findings["touch_share"].method and "drawn at random" not in findings["rework_share"].method
    assert "drawn at random" in " ".join(case.log.check.notes) and "sample" in case.lacks["enough_clients"]
    assert "wait_today" not in findings


def test_hours_that_a_sample_would_save_are_told_as_of_all_cases(office_file, loaded, monkeypatch):
    monkeypatch.setattr(big_log, "IN_MEMORY", 300)
    sampled = _whole(office_file, loaded)
    assert sampled.sampled and sampled.whole.sample < 0.5
    times = [timed(log, Calendar(time_zone=log.time_zone)) for log in (loaded, sampled)]
    (all_hours, hours), margins = [hours_saved(each) for each in times], [hours_margin(each) for each in times]
    assert (margins[0] == 0).all() and (margins[1] > 0).all()
    assert ((hours - all_hours[hours.index]).abs() < 2 * margins[1]).all() and hours.sum() > 0.7 * all_hours.sum()
