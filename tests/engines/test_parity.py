"""The same file loaded and left in an engine: the same facts, the same check report, or the same words of refusal."""

from dataclasses import fields
from pathlib import Path
from runpy import run_path

import narwhals as nw
import pandas as pd
import pytest

from helpers.intake.columns.log_source import LogSource
from helpers.intake.engine.frames import frame_of, small
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.reading.table import Options
from helpers.intake.refusal import Refusal
from helpers.marketing.big_log import load_big_log
from helpers.marketing.log import load_log

LOGS = run_path(str(Path(__file__).with_name("logs.py")))
ROWS, FORMS = LOGS["rows"](), LOGS["FORMS"]
OF_ENGINES = "scanned where it lies, by DuckDB"


def how(given: dict) -> LogSource:
    reading = {name: given[name] for name in ("column_map", "date_order", "nobody", "time_zone") if name in given}
    return LogSource(**({"time_zone": "Asia/Shanghai"} | reading), options=Options(given.get("encoding", "auto")))


def told(load) -> dict | str:
    """What is known of a log, or the words by which it is refused."""
    try:
        log = load()
    except Refusal as refusal:
        return refusal.words()
    report = {each.name: getattr(log.report, each.name) for each in fields(log.report) if each.name != "looks"}
    report["notes"] = sorted(note for note in report["notes"] if note != OF_ENGINES)
    return report | {"oddities": sorted(map(str, log.report.oddities)), "capabilities": log.capabilities, "source": log.source, "events": _events(log)}


def _events(log) -> list[tuple]:
    columns = ["event", "article", "channel", "topic", "row"]
    frame = frame_of(log.events)
    frame = frame.with_columns(nw.col("time").dt.timestamp("us").alias("moment")) if "moment" not in frame.columns else frame
    table = small(frame.select("moment", *columns), "row")
    table["article"] = table["article"].str.replace(r"^\d{6}-(?=\w{8}$)", "", regex=True)  # a pseudonym's number is in order of appearance, or of the ids
    return list(table.astype(object).where(table.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_log_is_read_alike_loaded_and_in_an_engine(form, tmp_path):
    file, given = form.write(ROWS, tmp_path), how(form.how)
    loaded = told(lambda: load_log(file, event_map=form.how.get("events", ""), how=given, time_zone=given.time_zone, pseudonyms=Pseudonyms(b"k" * 32)))
    scanned = told(lambda: load_big_log(file, given, form.how.get("events", ""), pseudonyms=Pseudonyms(b"k" * 32)))
    if isinstance(loaded, str) or isinstance(scanned, str):
        assert scanned == loaded
    else:
        for name in loaded:
            pd.testing.assert_series_equal(pd.Series([scanned[name]]), pd.Series([loaded[name]]), check_exact=True, obj=name)
