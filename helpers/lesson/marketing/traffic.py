"""Challenge a, traffic: how many are new, how sure that is, how far forwards spread, and the most that the module could bring."""

from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.decision.marketing_case import MarketingCase
from helpers.evidence.estimate import Estimate
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marketing.marks import band, rows_with_intervals, steps_of
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.prediction import Reveal
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREEN, GREY, ORANGE, SKY, canvas, percent_axis
from helpers.marketing.traffic.ceiling import leads, leads_by_rate, traffic_needed
from helpers.marketing.traffic.identity import bounds
from helpers.marketing.traffic.split import BY_NEEDS, Split, new_share

CLUSTERED = {"salesperson": "by salesperson", "root": "by cascade", "article": "by article"}
KNOWN_BY = [("a first event in the log", "first_event"), ("being a customer", "customer_date")]
MOST_GROUPS, ENOUGH = 15, 100  # groups in one picture, and reads below which a group is drawn but not told


def which_reads(case: MarketingCase) -> str:
    """Which reads the new share is of."""
    return "reads by a forward" if case.split.definition.reads == "forwarded" else "reads"


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
        axes.plot(at, months["standardised"], "s--", color=ORANGE, label="for one mix of topics")
    axes.set_xticks(at[:: steps_of(len(at))], table["group"].iloc[:: steps_of(len(at))], rotation=30, ha="right")
    axes.set(ylabel=f"new share of {which_reads(case)}", ylim=(0, None))
    percent_axis(axes.yaxis)
    axes.legend(loc="lower right")
    title, numbers = _month_title(case, table)
    return Picture(figure, title, f"Lines of the new share by month. {title}.", numbers)


def _month_title(case: MarketingCase, table: pd.DataFrame) -> tuple[str, dict[str, str]]:
    if case.mix is None:
        low, high = table["share"].min(), table["share"].max()
        return f"Month by month the new share lies between {words.number(low, 'share')} and {words.number(high, 'share')}", {"months": f"{len(table)}"}
    change, part = case.mix.change, case.mix.mix
    up = "rose" if change.value > 0 else "fell"
    told = f"The new share {up} by {words.number(100 * abs(change.value))} points; the change of topics alone would have moved it by {words.number(100 * part.value)}"
    return told, {"change": words.estimate(change), "by the mix of topics": words.estimate(part), "within topics": words.estimate(case.mix.behaviour)}


@answers("new_share")
def by_group(case: MarketingCase) -> Explorer:
    """The new share by depth of forward, topic, channel or salesperson, as the log allows."""
    kinds = [(f"by {by}", by) for by, need in BY_NEEDS.items() if by != "month" and need in case.log.capabilities]
    kinds = kinds or [("by month", "month")]
    return Explorer("new-share-by", [choice("by", "Show", kinds, kinds[0][1])], lambda by: _by_group(case, by))


@drawn
def _by_group(case: MarketingCase, by: str) -> Picture:
    table = case.shares_by(by)
    table = table.assign(group=table["group"].astype(int)) if by == "depth" else table
    table = table.sort_values("group" if by in ("depth", "month") else "reads", ascending=by in ("depth", "month"), kind="stable").head(MOST_GROUPS)
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


@answers("cascade_size")
def cascades(case: MarketingCase) -> Explorer:
    """How large and deep cascades grow, beside a branching process, and what each generation leads to."""
    kinds = [("size of cascades", "sizes"), ("depth of cascades", "depths"), ("forwards per forward, by generation", "generations")]
    return Explorer("cascades", [choice("what", "Show", kinds, "sizes")], lambda what: _cascades(case, what))


@drawn
def _cascades(case: MarketingCase, what: str) -> Picture:
    figure, axes = canvas(height=3.4)
    spread = case.spread
    if what == "generations":
        table = spread.generations
        axes.errorbar(table["generation"], table["reproduction"], yerr=[table["reproduction"] - table["low"], table["high"] - table["reproduction"]], fmt="o", color=BLUE, capsize=3)
        axes.axhline(1, color=ORANGE, linestyle="--")
        axes.annotate("above this line forwards would grow by themselves", (1, 1), (0, -12), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", color=ORANGE)
        axes.set(xlabel="generation of the forward (1: by a direct reader)", ylabel="forwards that one forward leads to", ylim=(0, 1.15))
        axes.set_xticks(table["generation"])
    else:
        _beside_branching(axes, getattr(spread, what), what)
    title = f"One forward leads to {words.number(spread.reproduction.value)} more; a cascade holds {words.number(spread.mean_size.value)} forwards on average"
    numbers = {"forwards per forward": words.estimate(spread.reproduction), "mean size": words.estimate(spread.mean_size), "a branching process would have": words.estimate(spread.expected_size), "never opened": words.estimate(spread.unread)}
    return Picture(figure, title, f"{what.capitalize()} as counted and as a branching process would have them. {title}.", numbers)


def _beside_branching(axes, table: pd.DataFrame, what: str) -> None:
    """Shares of cascades by size or depth as counted, with the branching process beside them."""
    column = "size" if what == "sizes" else "depth"
    axes.bar(table[column], table["share"], width=0.7, color=BLUE, label="counted")
    axes.plot(table[column], table["branching"], "D", color=ORANGE, label="branching process of the same reproduction")
    label = "forwards in a cascade (the last: that many or more)" if what == "sizes" else "generations below the first forward (at least)"
    axes.set(xlabel=label, ylabel="share of cascades")
    axes.set_xticks(table[column])
    percent_axis(axes.yaxis)
    axes.legend(loc="upper right")


@answers("forwards_per_read")
def spread_in_words(case: MarketingCase) -> Said:
    """How far forwards carry, in words."""
    said = "There are {forwards_per_read}"
    if "share_links" in case.log.capabilities:
        said += " and {reads_per_forward}; {unread_forwards:bare} of the forwards are never opened by anyone"
    return say(said + ".", case.findings)


@answers("lead_ceiling")
def ceiling(case: MarketingCase) -> Explorer:
    """The most leads a month at any lift of the registration rate, against what it takes to pay."""
    by_name = {each.name: each for each in case.verdict.believed}
    lift, worth = by_name["module_lift"], by_name["value_per_lead"]
    controls = [
        slider("lift", "Module adds to the registration rate", round(100 * max(lift.high, 0), 2), 0, max(10, round(200 * lift.high)), 0.1, "points"),
        slider("value", "Margin of one lead", round(worth.centre), 0, max(5000, round(4 * worth.centre, -2)), 50, "CNY"),
        slider("cost", "Building and owning it", round(case.verdict.monthly_cost, -2), 0, max(50_000, round(3 * case.verdict.monthly_cost, -3)), 500, "CNY a month"),
    ]
    return Explorer("lead-ceiling", controls, lambda lift, value, cost: _ceiling(case, lift / 100, value, cost))


@drawn
def _ceiling(case: MarketingCase, lift: float, value: float, cost: float) -> Picture:
    new, rates = case.known.new_readers_per_month, np.linspace(0, max(0.1, 2 * lift), 50)
    table, most = leads_by_rate(new, rates), leads(new, lift)
    pays = cost / value if value else np.inf
    needed = float(traffic_needed(cost, value, lift))
    figure, axes = canvas()
    band(axes, table["rate"], table["leads"], table["low"], table["high"], BLUE)
    axes.plot(lift, most.value, "o", color=ORANGE, markersize=9)
    axes.annotate(f"{words.number(most.value)} a month", (lift, most.value), (8, -10), textcoords="offset points", color=ORANGE)
    top = max(table["high"].max(), most.value) * 1.1
    if pays <= top * 1.6:
        top = max(top, 1.15 * pays)
        axes.axhline(pays, color=GREEN, linestyle="--")
        axes.annotate(f"{words.number(pays)} leads a month would pay for it", (1, pays), (0, 3), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", color=GREEN)
    axes.set(xlabel="what the module adds to the share of new readers who register", ylabel="leads a month that it adds", ylim=(0, top))
    percent_axis(axes.xaxis)
    axes.xaxis.get_major_formatter().decimals = 1
    enough = "today's traffic would do" if needed <= new.value else f"to pay it takes {words.number(needed / new.value)} times today's traffic"
    title = f"At {words.number(100 * lift)} points more the module adds at most {words.number(most.value)} leads a month; {enough}"
    numbers = {"leads a month": words.estimate(most), "new readers a month today": words.estimate(new), "needed to pay": words.number(needed, "people a month"), "leads needed": words.number(pays, "leads a month")}
    return Picture(figure, title, f"A rising line with a band: leads a month by lift. {title}.", numbers)


def reveal_new_share(case: MarketingCase, guess) -> Reveal | Said:
    """The guess of the new share beside what was measured."""
    return Reveal(guess, case.findings["new_share"])


def reveal_leads(case: MarketingCase, guess) -> Reveal | Said:
    """The guess of the most leads beside the ceiling."""
    return Reveal(guess, case.findings["lead_ceiling"])
