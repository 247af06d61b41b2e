"""Challenge a, traffic: how many are new, how sure that is, how far forwards spread, and the most that the module could bring."""

from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.decision.marketing.case import MarketingCase
from helpers.evidence.estimate import Estimate
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import band, rows_with_intervals, steps_of
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREY, ORANGE, SKY, canvas, legend_above, percent_axis
from helpers.marketing.traffic.identity import bounds
from helpers.marketing.traffic.split import BY_NEEDS, Split, new_share

CLUSTERED = {"salesperson": "by salesperson", "root": "by cascade", "article": "by article"}
KNOWN_BY = [("a first event in the log", "first_event"), ("being a customer", "customer_date")]
CHANGES = {"change": "new_share_change", "by the mix of topics": "change_by_mix", "within topics": "change_by_behaviour"}
MOST_GROUPS, ENOUGH = 15, 100  # groups in one picture, and reads below which a group is drawn but not told


def which_reads(case: MarketingCase) -> str:
    """Which reads the new share is of."""
    return case.findings["reads_meant"]


@answers("new_share")
def intervals(case: MarketingCase) -> Explorer:
    """The new share with every interval: naive, and clustered as the log allows; by the definition of new."""
    known_by = KNOWN_BY if "customer_dates" in case.log.capabilities else KNOWN_BY[:1]
    controls = [
        choice("known_by", "Known after", known_by, case.values["known_by"]),
        choice("self_reads", "Salespeople's own reads", [("count", True), ("don't count", False)], case.values["count_self_reads"]),
    ]
    return Explorer("new-share", controls, lambda known_by, self_reads: _intervals(case, known_by, self_reads))


@drawn
def _intervals(case: MarketingCase, known_by: str, self_reads: bool) -> Picture:
    definition = replace(case.definition, known_by=known_by, self_reads=self_reads)
    split = case.split if definition == case.definition else new_share(case.arrivals, definition, draws=0)
    rows = {"each read independent\n(naive)": split.naive} | {CLUSTERED[by]: found.robust for by, found in split.clustered.items()}
    if split is case.split and split.clustered:
        rows["drawn again\n(bootstrap)"] = split.bootstrap
    figure, axes = canvas(height=1.2 + 0.45 * len(rows))
    rows_with_intervals(axes, rows, [ORANGE] + [BLUE] * (len(rows) - 1))
    axes.set(xlabel=f"share of {which_reads(case)} whose reader is new (lines: 95 % interval)")
    percent_axis(axes.xaxis)
    numbers = {"new": words.estimate(split.share), "naive": words.estimate(split.naive), "reads": f"{split.reads:,}"}
    return Picture(figure, _intervals_title(case, split), f"Points with intervals, one row per way of reckoning. {_intervals_title(case, split)}.", numbers)


def _intervals_title(case: MarketingCase, split: Split) -> str:
    said = f"{words.number(split.share.value, 'share')} of {which_reads(case)} are by new people"
    wider = (split.share.high - split.share.low) / (split.naive.high - split.naive.low)
    return f"{said}; the honest interval is {words.number(wider)} times as wide as the naive one" if split.clustered else said


@answers("new_share_icc")
def clustering_in_words(case: MarketingCase) -> Said:
    """Intraclass correlation and design effect in words."""
    return say(
        "The reads belong to {clusters:bare}. Two reads of one salesperson are alike with a correlation of {new_share_icc:bare}, "
        "and that makes the variance {new_share_design_effect:bare} what it would be if each read stood for itself.",
        case.findings,
    )


@answers("new_share")
def censoring(case: MarketingCase) -> Explorer:
    """The new share by time since the log began: at its start everybody looks new."""
    known_by = KNOWN_BY if "customer_dates" in case.log.capabilities else KNOWN_BY[:1]
    most = max(int((case.log.end - case.log.start).days * 0.8) // 10 * 10, 10)
    controls = [
        slider("burn_in", "Days that only tell who is known", min(round(case.values["burn_in_days"]), most), 0, most, 1, "days"),
        choice("known_by", "Known after", known_by, case.values["known_by"]),
    ]
    tables = {key: _censoring_table(case, key) for _, key in known_by}
    return Explorer("burn-in", controls, lambda burn_in, known_by: _censoring(case, tables[known_by], burn_in, known_by))


def _censoring_table(case: MarketingCase, known_by: str) -> pd.DataFrame:
    return case.censoring if known_by == case.definition.known_by else case.censoring_by(known_by)


@drawn
def _censoring(case: MarketingCase, table: pd.DataFrame, burn_in: int, known_by: str) -> Picture:
    found = new_share(case.arrivals, replace(case.definition, burn_in_days=burn_in, known_by=known_by), draws=0)
    figure, axes = canvas()
    middle = (table["from_day"] + table["to_day"]) / 2
    axes.errorbar(middle, table["share"], yerr=[table["share"] - table["low"], table["high"] - table["share"]], fmt="o", color=BLUE, ecolor=SKY, capsize=2)
    axes.axvspan(0, burn_in, color=GREY, alpha=0.15)
    if burn_in:
        axes.annotate("left out", (burn_in, 1), (-3, -12), xycoords=("data", "axes fraction"), textcoords="offset points", ha="right", color=GREY)
    axes.hlines(found.share.value, burn_in, table["to_day"].max(), color=ORANGE)
    axes.annotate(words.number(found.share.value, "share"), (table["to_day"].max(), found.share.value), (2, 3), textcoords="offset points", ha="right", color=ORANGE)
    axes.set(xlabel="days since the log began (30 days a point; lines: 95 % interval)", ylabel=f"new share of {which_reads(case)}", xlim=(0, None), ylim=(0, min(1.0, 1.3 * float(table["high"].iloc[1:].median() + 0.2))))
    percent_axis(axes.yaxis)
    first = table.iloc[0]
    title = f"In the log's first days {words.number(first['share'], 'share')} look new; with {burn_in} days left out it is {words.number(found.share.value, 'share')}"
    return Picture(figure, title, f"Points of the new share by days since the log began. {title}.", {"new": words.estimate(found.share), "reads counted": f"{found.reads:,}", "reads left out": f"{found.before_burn_in:,}"})


@answers("new_share")
@drawn
def by_month(case: MarketingCase) -> Picture:
    """The new share by month, as counted and for one mix of topics."""
    table = case.shares_by("month")
    table = table[table["whole"]] if table["whole"].sum() > 1 else table
    figure, axes = canvas()
    at = np.arange(len(table))
    axes.errorbar(at, table["share"], yerr=[table["share"] - table["low"], table["high"] - table["share"]], fmt="o-", color=BLUE, ecolor=SKY, capsize=2, label="as counted (lines: 95 % interval)")
    if case.mix is not None:
        months = case.mix.months.set_index("group").reindex(table["group"])
        band(axes, at, months["standardised"], months["low"], months["high"], ORANGE, "for one mix of topics", "s--")
    axes.set_xticks(at[:: steps_of(len(at))], table["group"].iloc[:: steps_of(len(at))], rotation=30, ha="right")
    axes.set(ylabel=f"new share of {which_reads(case)}", ylim=(0, None))
    percent_axis(axes.yaxis)
    legend_above(axes, 2)
    title, numbers = _month_title(case, table)
    return Picture(figure, title, f"Lines of the new share by month. {title}.", numbers)


def _month_title(case: MarketingCase, table: pd.DataFrame) -> tuple[str, dict[str, str]]:
    if case.mix is None:
        low, high = table["share"].min(), table["share"].max()
        return f"Month by month the new share lies between {words.number(low, 'share')} and {words.number(high, 'share')}", {"months": f"{len(table)}"}
    change, part = case.mix.change, case.mix.mix
    up = "rose" if change.value > 0 else "fell"
    told = f"The new share {up} by {words.number(100 * abs(change.value))} points; the change of topics alone would have moved it by {words.number(100 * part.value)} points"
    return told, {label: words.estimate(case.findings[name]) for label, name in CHANGES.items()}


@answers("new_share")
def by_group(case: MarketingCase) -> Explorer:
    """The new share by depth of forward, topic, channel or salesperson, as the log allows."""
    kinds = [(f"by {by}", by) for by, need in BY_NEEDS.items() if by != "month" and need in case.log.capabilities]
    kinds = kinds or [("by month", "month")]
    return Explorer("new-share-by", [choice("by", "Show", kinds, kinds[0][1])], lambda by: _by_group(case, by))


@drawn
def _by_group(case: MarketingCase, by: str) -> Picture:
    every = case.shares_by(by)
    table = every.assign(group=every["group"].astype(int)) if by == "depth" else every
    table = table.sort_values("group" if by in ("depth", "month") else "reads", ascending=by in ("depth", "month"), kind="stable").head(MOST_GROUPS)
    table = table.assign(group=table["group"].astype(str))
    figure, axes = canvas(height=1.2 + 0.3 * len(table))
    rows = {f"{row.group} ({row.reads:,} reads)": Estimate(row.share, row.low, row.high, "share") for row in table.itertuples()}
    rows_with_intervals(axes, rows, [BLUE] * len(rows))
    axes.axvline(case.split.share.value, color=GREY, linestyle=":")
    axes.set(xlabel=f"new share of {which_reads(case)} (lines: 95 % interval; dotted: all)", xlim=(0, 1))
    percent_axis(axes.xaxis)
    told = table[table["reads"] >= ENOUGH] if (table["reads"] >= ENOUGH).any() else table
    top, bottom = told.loc[told["share"].idxmax()], told.loc[told["share"].idxmin()]
    numbers = {f"most, {by} {top['group']}": words.number(top["share"], "share"), f"least, {by} {bottom['group']}": words.number(bottom["share"], "share")}
    title = f"By {by} the new share runs from {words.number(bottom['share'], 'share')} to {words.number(top['share'], 'share')}"
    title += f", among {len(table)} of {len(every)}" if len(table) < len(every) else ""
    return Picture(figure, title, f"Points with intervals per {by}. {title}.", numbers)


@answers("new_share_corrected")
def identity(case: MarketingCase) -> Explorer:
    """The new share if some of the new people are known ones on another device."""
    at = min(case.values["second_device"], 0.8)
    control = slider("fraction", "New people who are known ones on another device", 100 * at, 0, 80, 5, "%")
    return Explorer("identity", [control], lambda fraction: _identity(case, fraction / 100))


@drawn
def _identity(case: MarketingCase, fraction: float) -> Picture:
    table, here = bounds(case.split.share, np.linspace(0, 0.8, 17)), bounds(case.split.share, fraction).iloc[0]
    figure, axes = canvas(height=3)
    band(axes, table["known_of_new"], table["share"], table["low"], table["high"], BLUE)
    axes.plot(fraction, here["share"], "o", color=ORANGE, markersize=9)
    axes.axvspan(0, fraction, color=ORANGE, alpha=0.08)
    axes.set(xlabel="part of the new people who are known ones on another device", ylabel="new share", ylim=(0, None))
    percent_axis(axes.xaxis), percent_axis(axes.yaxis)
    title = f"If {words.number(fraction, 'share')} of the new people are known ones, the new share is {words.number(here['share'], 'share')} and not {words.number(case.split.share.value, 'share')}"
    found = Estimate(here["share"], here["low"], here["high"], "share", "assumed" if fraction else "measured")
    return Picture(figure, title, f"A falling line with a band. {title}.", {"new": words.estimate(found)})
