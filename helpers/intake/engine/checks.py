"""The check report of a log in an engine: the same facts in the same words as that of a log that is loaded."""

from collections.abc import Iterable
from functools import partial

import narwhals as nw
import pandas as pd

from helpers.intake.cells.typed import SetAside
from helpers.intake.checks.duplicates import recurring
from helpers.intake.checks.moments import MOSTLY, POSSIBLE, STAND_INS, impossible, silent, tied_rows, whole_days, written_in_utc
from helpers.intake.checks.oddities import Oddity
from helpers.intake.checks.report import CheckReport
from helpers.intake.engine.frames import Frame, grouped, number_of_rows, small
from helpers.intake.engine.moments import DAY, span, timestamp, to_local
from helpers.intake.engine.opening import Opened
from helpers.intake.engine.order import longest_silence, out_of_order

MOMENT = nw.col("moment")
EPOCH = pd.Timestamp("1970-01-01").as_unit("us")


def report_on(opened: Opened, kept: Frame, time: str, aside: Iterable[SetAside], people: Iterable[str], zone: str, who: str, notes: tuple[str, ...] = ()) -> CheckReport:
    """The report on an opened log. kept: the rows that are used, with their moments in the column `time`; aside: rows set aside beside unusable ones;
    people: columns in which one may dominate; who: the column of whoever or whatever can't do two things at once."""
    timed = kept if time == "moment" else kept.rename({time: "moment"})
    first, last = (moment.tz_convert(zone) for moment in span(timed.select("moment")))
    there, text = timed.collect_schema().names(), f"{time} text"
    moments = partial(_odd_moments, timed, text, time in opened.utc, zone, first, last)
    ties = partial(_ties, timed, who if who in there else None)
    return CheckReport(
        rows_read=opened.rows,
        rows_kept=number_of_rows(kept),
        set_aside=(*opened.set_aside, *aside),
        duplicates=opened.duplicates,
        blanks=opened.blanks,
        first=first,
        last=last,
        out_of_order=out_of_order(timed),
        dominance={column: _largest_share(kept, column) for column in people if column in there},
        partial_first=first.day > 1,
        partial_last=not last.is_month_end,
        notes=(f"scanned where it lies, by {opened.held_by}", *opened.table.notes, *opened.notes, *notes),
        looks=(moments, ties, partial(recurring, opened.recurring)),
    )


def without_nobody(rows: Frame, columns: Iterable[str], nobody: str) -> Frame:
    """The rows with cells missing that hold one of the words said to stand for nobody (commas between, large or small letters)."""
    words = [word.strip().lower() for word in nobody.split(",") if word.strip()]
    there = [column for column in columns if column in rows.collect_schema().names()]
    if not words or not there:
        return rows
    return rows.with_columns(*(nw.when(~nw.col(column).str.to_lowercase().is_in(words)).then(nw.col(column)).alias(column) for column in there))


def _odd_moments(rows: Frame, text: str, in_utc: bool, zone: str, first: pd.Timestamp, last: pd.Timestamp) -> tuple[Oddity, ...]:
    """What is odd about the times, from one scan and a look at the order."""
    local = to_local(MOMENT, zone, first, last)
    far = (local < _since(POSSIBLE[0])) | (local >= _since(POSSIBLE[1] + 1))
    of_utc = nw.lit(in_utc) if text not in rows.collect_schema().names() else nw.col(text).str.ends_with("Z").fill_null(in_utc) if not in_utc else nw.lit(True)
    of_utc = of_utc & ~MOMENT.is_null()
    other_day = of_utc & (local // DAY != MOMENT // DAY)
    counts = {"known": ~MOMENT.is_null(), "midnight": local % DAY == 0, "far": far, "utc": of_utc, "days": other_day}
    days = {f"day {day}": far & (local // DAY == _day(day)) for day in STAND_INS}
    asked = [which.fill_null(False).cast(nw.Int64).sum().alias(name) for name, which in (counts | days).items()]
    found = small(rows.select(nw.len().alias("rows"), *asked, nw.when(far).then(local).otherwise(nw.lit(None, nw.Int64)).min().alias("first far"))).iloc[0]
    if found["known"] < 2:
        return ()
    stand_ins = [day for day in STAND_INS if found[f"day {day}"]]
    utc = written_in_utc(int(found["utc"]), int(found["days"]), _other_months(rows.filter(other_day), local), zone) if found["utc"] >= MOSTLY * found["rows"] else ()
    cannot = impossible(int(found["far"]), stand_ins, timestamp(found["first far"]) if found["far"] else first)
    return (*silent(longest_silence(rows.select("moment").filter(~MOMENT.is_null()), first, last), zone), *whole_days(int(found["midnight"]), int(found["known"])), *cannot, *utc)


def _other_months(rows: Frame, local: nw.Expr) -> int:
    """How many of these rows, which are of one day by a zone's clocks and the next or last one in UTC, are so of different months."""
    days = small(rows.group_by((nw.max_horizontal(local, MOMENT) // DAY).alias("day")).agg(nw.len().alias("rows")))
    return int(days["rows"][(EPOCH + pd.to_timedelta(days["day"], unit="D")).dt.day == 1].sum())


def _since(year: int) -> int:
    return _day(f"{year}-01-01") * DAY


def _day(written: str) -> int:
    return (pd.Timestamp(written).as_unit("us") - EPOCH).days


def _ties(rows: Frame, who: str | None) -> tuple[Oddity, ...]:
    key = [who, "moment"] if who else ["moment"]
    known = rows.select(*key).filter(*(~nw.col(name).is_null() for name in key))
    groups = grouped(known, key, nw.len().alias("rows")).filter(nw.col("rows") > 1)
    return tied_rows(int(small(groups.select(nw.col("rows").sum()))["rows"].fillna(0).iloc[0]), who)


def _largest_share(rows: Frame, column: str) -> float:
    """The share of a column's filled cells that its most frequent value holds; NaN where none is filled."""
    counts = grouped(rows.select(column).filter(~nw.col(column).is_null()), [column], nw.len().alias("rows"))
    found = small(counts.select(nw.col("rows").max().alias("most"), nw.col("rows").sum().alias("all"))).iloc[0]
    return float(found["most"] / found["all"]) if found["all"] else float("nan")
