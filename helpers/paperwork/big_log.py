"""A log of case 2 that is too large to be loaded: what is counted is counted over all rows where they lie, what needs single rows is worked out from whole cases drawn at random."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import narwhals as nw

from helpers.intake.cells.typed import SetAside
from helpers.intake.checks.oddities import Oddity
from helpers.intake.columns.big_source import open_big_log
from helpers.intake.columns.log_source import LogSource
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.dictionary import read_dictionary
from helpers.intake.engine.checks import report_on, without_nobody
from helpers.intake.engine.frames import Frame, number_of_kinds, number_of_rows, small
from helpers.intake.engine.opening import Opened
from helpers.intake.engine.people import few_words, odd_people, signs_of_tests
from helpers.intake.engine.sample import drawn, written
from helpers.intake.reading.table import Options
from helpers.intake.refusal import Refusal
from helpers.paperwork.flaws import MOST_STAGES, STEP, WORDS, absent, recurring, staged
from helpers.paperwork.office_log import TIMES, OfficeLog
from helpers.paperwork.process.whole import Whole

KNOWN = read_dictionary("paperwork").table("events")
SAMPLE_KEY = "whole cases, whole people"
IN_MEMORY = 120_000  # handlings of the cases that are drawn


def load_big_log(source: Any, how: LogSource, aliases: str | Mapping[str, str], load: Callable[[Path, LogSource], OfficeLog]) -> OfficeLog:
    """The log in a Parquet, CSV or TSV file, a folder or pattern of them, a DuckDB relation, a Spark frame, or "spark://host:7077#folder".

    Its `handlings` are a sample of whole cases, read by `load` as any log is; its `whole` is all of it, in its engine (None for a log with rows
    of stages, which must be paired in memory). Raises Refusal as load_log does.
    """
    opened, how, _ = open_big_log(source, how, "paperwork", TIMES)
    rows, aside = rows_of_opened(opened, aliases)
    share = min(1.0, IN_MEMORY / opened.rows)
    moments = [name for name in TIMES if name in opened.frame.collect_schema().names()]
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        file = written(drawn(opened.frame, "case", share, SAMPLE_KEY), moments, Path(folder) / opened.source)
        log = load(file, replace(how, column_map={name: name for name in opened.table.frame.columns if name in KNOWN}, mapping_file="", options=Options()))
    said = f"single rows, times and waits are from {log.handlings['case'].nunique():,} whole cases drawn at random ({share:.2%} of them)"
    time = next((name for name in TIMES if name in moments), None)
    report = report_on(opened, rows.drop("moment"), time, aside, ("resource",), how.time_zone, "case", (*((said,) if share < 1 else ()), *log.check.notes[1:]))
    report = report.also(partial(odd_big_office_log, without_nobody(opened.frame, ("resource",), how.nobody), rows, log))
    rows = without_nobody(rows, ("resource",), how.nobody)
    whole = None if "lifecycle" in opened.frame.collect_schema().names() else Whole(rows, tuple(log.item), share)
    return replace(log, check=report, source=opened.source, whole=whole)


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
    odd = {"no time": nw.col("moment").is_null()} | ({"end before start": nw.col(times[1]) < nw.col("start")} if times[0] == "start" and len(times) > 1 else {})
    counts = {why: number_of_rows(frame.filter(which)) for why, which in odd.items()}
    aside = [SetAside(why, count, opened.first_rows(frame.filter(odd[why]))) for why, count in counts.items() if count]
    for why, which in odd.items():
        frame = frame.filter(~which.fill_null(False)) if counts[why] else frame
    return frame, aside


def odd_big_office_log(read: Frame, rows: Frame, log: OfficeLog) -> tuple[Oddity, ...]:
    """What is odd about a log, as `odd_office_log` finds it, in its engine. read: its rows as typed; rows: those that are used; log: the sample."""
    there = rows.collect_schema().names()
    people = (*odd_people(read, ("resource",)), *signs_of_tests(read, WORDS, ("resource",)))
    stages = staged(few_words(read, WORDS, MOST_STAGES), number_of_rows(read)) if "lifecycle" not in there else ()
    return (*people, *stages, *(absent(_kinds(rows, log)) if "kind" in log.handlings else ()), *_repeats(rows))


def _kinds(rows: Frame, log: OfficeLog) -> set[str]:
    """The kinds of work that occur: by their column, or by what each activity is known for."""
    column = "kind" if "kind" in rows.collect_schema().names() else "activity"
    found = small(rows.select(column).unique())[column].dropna()
    known = dict(zip(log.handlings["activity"], log.handlings["kind"])) if column == "activity" else {}
    return {known.get(word, word) for word in found}


def _repeats(rows: Frame) -> tuple[Oddity, ...]:
    there = rows.collect_schema().names()
    if "resource" not in there:
        return ()
    known = rows.filter(~nw.col("resource").is_null())
    key, all_rows = [name for name in STEP if name in there], number_of_rows(known)
    return recurring(*(all_rows - number_of_kinds(known, *names) for names in (key, [*key, "resource"])))
