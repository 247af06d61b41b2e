"""Simple facts of the log: volumes by month, shares of a column's values, lead times."""

import numpy as np

from helpers.decision.own.facts import lead_times as curve_of
from helpers.decision.own.facts import months, shares_of
from helpers.decision.own.log import OwnLog
from helpers.decision.wording import capital
from helpers.lesson import words
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import rows_with_intervals, steps_of
from helpers.lesson.own.desk import Desk
from helpers.lesson.own.ground import NO_LOG
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said
from helpers.lesson.style import BLUE, GREY, INK, ORANGE, canvas, percent_axis

COUNTED = {"rows": "rows", "interest": "rows that are meant", "amount": "sum of the amount"}


def by_month(desk: Desk) -> Explorer | Said:
    """Volumes by month; months that the log holds only in part are hatched and don't count in the mean."""
    log = desk.case.log
    if log is None:
        return NO_LOG
    has = ["rows", *(["interest"] if log.share_of else []), *(["amount"] if "amount" in log.rows else [])]
    control = choice("counted", "Count", [(COUNTED[name], name) for name in has], "rows")
    return Explorer("by-month", [control], lambda counted: _by_month(log, counted))


@drawn
def _by_month(log: OwnLog, counted: str) -> Picture:
    table = months(log)
    places, values = np.arange(len(table)), table[counted].to_numpy()
    figure, axes = canvas(height=3.2)
    bars = axes.bar(places, values, color=[BLUE if whole else GREY for whole in table["whole"]])
    for bar, whole in zip(bars, table["whole"]):
        bar.set_hatch("" if whole else "///")
    whole = values[table["whole"].to_numpy()] if table["whole"].any() else values
    axes.axhline(whole.mean(), color=ORANGE, linestyle="--")
    step = steps_of(len(table))
    axes.set_xticks(places[::step], [str(month) for month in table["month"][::step]], rotation=30, ha="right")
    axes.set(ylabel=f"{COUNTED[counted]} a month\n(dashed: mean)", ylim=(0, None))
    top = table.loc[values.argmax(), "month"]
    title = f"{capital(COUNTED[counted])}: {words.number(whole.mean())} a month on average, most in {top}"
    numbers = {"mean of whole months": words.number(whole.mean()), "least": words.number(whole.min()), "most": words.number(whole.max())}
    return Picture(figure, title, f"Bars by month. {title}.", numbers)


def shares(desk: Desk) -> Explorer | Said:
    """The share of each value of a column, with intervals that respect clusters."""
    log = desk.case.log
    if log is None:
        return NO_LOG
    columns = log.columns_with_few_values
    if not columns:
        return Said("No column of this log has few enough values to tell rows apart by them.")
    first = next((column for column in log.share_of if column in columns), columns[0])
    return Explorer("shares", [choice("column", "Column", columns, first)], lambda column: _shares(log, column))


@drawn
def _shares(log: OwnLog, column: str) -> Picture:
    found = shares_of(log, column)
    figure, axes = canvas(height=1.2 + 0.45 * len(found))
    meant = log.share_of.get(column, ())
    rows_with_intervals(axes, found, [ORANGE if value in meant else BLUE for value in found])
    axes.set(xlabel=f"share of the rows (line: 95 % interval{'; square: what is meant' if meant and len(meant) < len(found) else ''})", xlim=(0, 1))
    percent_axis(axes.xaxis)
    value, most = next(iter(found.items()))
    title = f"Most frequent under “{column}” is “{value}”: {words.estimate(most)}"
    return Picture(figure, title, f"A point with its interval per value. {title}.", {name: words.estimate(each, bare=True) for name, each in found.items()})


def lead_times(desk: Desk) -> Explorer | Said:
    """How many cases are still open after so many days."""
    log = desk.case.log
    if log is None or "end" not in log.rows:
        return Said("Without an end to each row nobody can tell how long a case takes." if log else NO_LOG.text)
    curve = curve_of(log)
    reach = max(float(np.ceil(curve.time.max())) if len(curve.time) else 1.0, 2.0)
    far = min(reach, 5 * curve.quantiles[0.9].value) if np.isfinite(curve.quantiles[0.9].value) else reach
    control = slider("days", "Still open after", min(14, round(far)), 1, max(round(far), 2), 1, "days")
    return Explorer("lead-times", [control], lambda days: _lead_times(curve, days, far))


@drawn
def _lead_times(curve, days: float, far: float) -> Picture:
    figure, axes = canvas(height=3.4)
    time, still = np.concatenate([[0], curve.time]), np.concatenate([[1], curve.open_share])
    axes.step(time, still, where="post", color=BLUE)
    axes.fill_between(curve.time, curve.low, curve.high, step="post", color=BLUE, alpha=0.15, linewidth=0)
    here = float(still[np.searchsorted(time, days, side="right") - 1])
    axes.axvline(days, color=ORANGE, linestyle="--")
    axes.plot(days, here, "D", color=ORANGE, markeredgecolor=INK)
    axes.set(xlim=(0, far), ylim=(0, 1), xlabel="days since the case began", ylabel="cases still open")
    percent_axis(axes.yaxis)
    half, nine = (words.number(curve.quantiles[q].value, "days") for q in (0.5, 0.9))
    title = f"After {days:,.0f} days {words.number(here, 'share')} of the cases are still open; half end within {half}, nine in ten within {nine}"
    numbers = {"still open": words.number(here, "share"), "half end within": half, "nine in ten within": nine, "open at the log's end": f"{curve.cases - curve.ended:,}"}
    return Picture(figure, title, f"A falling curve of cases still open by days. {title}.", numbers)
