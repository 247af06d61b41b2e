"""A log of case 2 that is too large to be loaded: what is counted is counted over all rows where they lie, what needs single rows is worked out from whole cases drawn at random."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals as nw

from helpers.intake.cells.typed import SetAside
from helpers.intake.columns.big_source import columns_of
from helpers.intake.columns.log_source import LogSource
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.dictionary import read_dictionary
from helpers.intake.engine.checks import report_on, without_nobody
from helpers.intake.engine.frames import Frame, number_of_rows
from helpers.intake.engine.opening import Opened, find, open_source
from helpers.intake.refusal import Refusal
from helpers.paperwork.log import TIMES, OfficeLog
from helpers.paperwork.process.whole import Whole

IN_MEMORY = 120_000  # handlings of the cases that are drawn


def load_big_log(source: Any, how: LogSource, aliases: str | Mapping[str, str], load: Callable[[Path, LogSource], OfficeLog]) -> OfficeLog:
    """The log in a Parquet, CSV or TSV file, a folder or pattern of them, a DuckDB relation, a Spark frame, or "spark://host:7077#folder".

    Its `handlings` are a sample of whole cases, read by `load` as any log is; its `whole` is all of it, in its engine (None for a log with rows
    of stages, which must be paired in memory). Raises Refusal as load_log does.
    """
    found = find(source)
    columns, _ = columns_of(source, found, how, "paperwork", TIMES)
    opened = open_source(found, read_dictionary("paperwork").table("events"), columns, how.time_zone)
    share = min(1.0, IN_MEMORY / opened.rows)
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        file = found.sample(columns.get("case", "case"), share, Path(folder) / "sample.parquet")
        log = load(file, replace(how, column_map=columns or how.column_map))
    rows, aside = rows_of_opened(opened, aliases)
    said = f"single rows, times and waits are from {log.handlings['case'].nunique():,} whole cases drawn at random ({share:.2%} of them)"
    report = report_on(opened, rows, "moment", aside, ("resource",), how.time_zone, (said, *log.check.notes))
    rows = without_nobody(rows, ("resource",), how.nobody)
    whole = None if "lifecycle" in opened.frame.collect_schema().names() else Whole(rows, tuple(log.item), share)
    return replace(log, check=report, source=found.name, whole=whole)


def rows_of_opened(opened: Opened, aliases: str | Mapping[str, str]) -> tuple[Frame, list[SetAside]]:
    """The rows that happened at some time and didn't end before they began, with step and moment; and those set aside."""
    frame, there = opened.frame, opened.frame.collect_schema().names()
    times = [column for column in ("start", "end", "time") if column in there]
    if not times:
        raise Refusal("there is no column of times", opened.source, "map time, or start and end")
    step = nw.col("activity")
    for again, first in read_mapping(aliases, "aliases").items():
        step = nw.when(nw.col("activity") == again).then(nw.lit(first)).otherwise(step)
    frame = frame.with_columns(step.alias("step"), nw.coalesce(*times).alias("moment"))
    odd = {"no time": nw.col("moment").is_null()} | ({"end before start": nw.col("end") < nw.col("start")} if {"start", "end"} <= set(there) else {})
    counts = {why: number_of_rows(frame.filter(which)) for why, which in odd.items()}
    for why, which in odd.items():
        frame = frame.filter(~which.fill_null(False)) if counts[why] else frame
    return frame, [SetAside(why, count, ()) for why, count in counts.items() if count]
