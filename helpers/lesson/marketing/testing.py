"""Challenge b goes on: the test that today's traffic would allow, and the test that was run."""

from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.decision.marketing.case import MarketingCase
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import ink_line, rows_with_intervals
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, GREEN, GREY, ORANGE, canvas, percent_axis
from helpers.lesson.table import Table
from helpers.marketing.trial.looks import prices, schedule
from helpers.marketing.trial.plan import WEEKS_PER_MONTH, Horizon, Plan, horizon, power_curve, sizes
from helpers.marketing.trial.reading import SPLIT_IS_OFF

CONVENTIONS = {"evan_miller": "Evan Miller's calculator", "pooled": "pooled variance", "arcsine": "arcsine (Cohen's h)", "unpooled": "unpooled variance"}
RULES = {"peeking": "looking with a single look's limit", "pocock": "Pocock's limits", "obrien_fleming": "O'Brien and Fleming's limits"}
NO_PLAN = Said("No test can be planned from this log: too few salespeople, or nobody (or everybody) among the new readers registered.")


@answers("test_answer")
def plan_sizes(case: MarketingCase) -> Table | Said:
    """Readers and salespeople that the smallest effect takes, by each convention."""
    if case.plan is None:
        return NO_PLAN
    table = sizes(case.plan)
    rows = [(CONVENTIONS[row.convention], f"{row.reads_independent:,.0f}", f"{row.design_effect:.2f}", f"{row.reads_clustered:,.0f}", f"{2 * row.salespeople:,.0f}") for row in table.itertuples()]
    heads = ["Convention", "New readers per arm, if independent", "Design effect", "New readers per arm, clustered", "Salespeople for one year, both arms"]
    told = f"from {words.number(case.plan.baseline, 'share')} to {words.number(case.plan.target, 'share')} registering"
    return Table(pd.DataFrame(rows, columns=heads), f"What it takes to see a rise {told}; the conventions differ, none is wrong")


def plan_in_words(case: MarketingCase) -> Said:
    """Whether it can be known in time, in words."""
    if case.plan is None:
        return Said("So whether a test could answer in time, nobody can say. It takes a log in which registrations are recorded.")
    return say(
        "Can it be known within the months allowed? The answer: {test_answer}. With today's traffic the test would need {test_weeks:bare}; within the months allowed it would show "
        "an effect of {detectable_effect:bare} or more, and for the smallest effect worth knowing it would take {test_salespeople:bare}. "
        "Forwards that carry the module along leave {effect_kept:bare} of the effect to be seen.",
        case.findings,
    )


@answers("last_period_correlation")
def last_period_in_words(case: MarketingCase) -> Said:
    """What adjusting by last period would save, and what the test takes if readers are as alike as they may be."""
    return say(
        "How far do salespeople repeat themselves? Their registrations in both halves of the log go together with a correlation of {last_period_correlation}. "
        "Adjusting by the period before (CUPED) would therefore leave {last_period_variance_left:bare} of the variance: {test_weeks_last_period:bare} in place of {test_weeks:bare}. "
        "The other way round, the readers of one salesperson may be more alike than they look: the intraclass correlation is {registration_icc}, "
        "and at the upper end of that the test would take {test_weeks_cautious:bare}.",
        case.findings,
    )


@answers("test_answer")
def power(case: MarketingCase) -> Explorer | Said:
    """The chance that a test shows the smallest effect, by week, for an effect, a number of salespeople and looks that can be moved."""
    if case.plan is None:
        return NO_PLAN
    now = case.plan
    controls = [
        slider("effect", "Smallest effect worth knowing", round(100 * now.minimum_effect, 2), min(0.1, round(100 * now.minimum_effect, 2)), max(5, round(300 * now.minimum_effect)), 0.1, "points"),
        slider("salespeople", "Salespeople drawn into the test", now.salespeople, 4, 20 * now.salespeople, 1),
        slider("looks", "Looks at the test", now.looks, 1, 10, 1),
    ]
    return Explorer("power", controls, lambda effect, salespeople, looks: _power(case, effect / 100, salespeople, looks))


def _moved(plan: Plan, effect: float, salespeople: int, looks: int) -> Plan:
    """The plan with another effect and looks, and so many salespeople of the same mix."""
    mix = np.quantile(plan.reads_per_week, (np.arange(salespeople) + 0.5) / salespeople)
    mix *= plan.reads_per_week.mean() / max(mix.mean(), 1e-12)
    return replace(plan, minimum_effect=min(effect, 0.99 - plan.baseline), reads_per_week=mix if salespeople != plan.salespeople else plan.reads_per_week, looks=looks)


@drawn
def _power(case: MarketingCase, effect: float, salespeople: int, looks: int) -> Picture:
    plan = _moved(case.plan, effect, salespeople, looks)
    answer = horizon(plan, case.values["months_allowed"])
    weeks = np.linspace(1, max(2 * answer.allowed, min(answer.weeks * 1.2, 6 * answer.allowed)), 80)
    chance = power_curve(plan, weeks)
    figure, axes = canvas(height=3.4)
    axes.plot(weeks, chance, color=BLUE)
    axes.axhline(plan.power, color=GREEN, linestyle="--")
    axes.annotate(f"wanted: {words.number(plan.power, 'share')}", (1, plan.power), (0, 3), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", color=GREEN)
    ink_line(axes, answer.allowed, "allowed")
    at = float(power_curve(plan, np.array([answer.allowed]))[0])
    axes.plot(answer.allowed, at, "o", color=ORANGE)
    axes.set(xlabel="weeks that the test runs", ylabel="chance to show the effect", xlim=(0, weeks[-1]), ylim=(0, 1.02))
    percent_axis(axes.yaxis)
    numbers = {"chance within the time allowed": words.number(at, "share"), "weeks needed": words.number(answer.weeks, "weeks"), "effect that the time would show": words.number(100 * answer.detectable, "points"), "salespeople that the time would take": f"{answer.salespeople_needed:,}"}
    title = _power_title(case, effect, answer)
    return Picture(figure, title, f"A rising curve: chance to show the effect by weeks. {title}.", numbers)


def _power_title(case: MarketingCase, effect: float, answer: Horizon) -> str:
    """The answer in a sentence; 'it can't be known' is one."""
    said, months = f"A rise of {100 * effect:g} points", f"{case.values['months_allowed']:g}"
    if answer.knowable:
        return f"{said} can be known in {words.number(answer.weeks)} weeks"
    if np.isinf(answer.weeks):
        return f"{said} can never be known with these salespeople, however long the test runs"
    return f"{said} can't be known within {months} months: it would take {words.number(answer.weeks / WEEKS_PER_MONTH)}"


def looks(case: MarketingCase) -> Table:
    """When one may look, by which limits, and what looking without them costs."""
    values = case.values
    count, weeks = values["looks"], values["months_allowed"] * WEEKS_PER_MONTH
    limits, price = schedule(count, weeks, values["alpha"]), prices(count, values["alpha"], values["power"]).set_index("rule")
    rows = [(RULES[rule], ", ".join(f"{z:.2f}" for z in limits[rule]), words.number(price.loc[rule, "error"], "share"), _size(price.loc[rule])) for rule in RULES]
    heads = ["How one looks", "|z| that stops the test, look by look", "Error where there is no effect", "Size against a single look: at most / on average"]
    return Table(pd.DataFrame(rows, columns=heads), f"{count} looks, the last after {words.number(weeks)} weeks")


def _size(row: pd.Series) -> str:
    return f"{row['longest']:.2f} / {row['expected']:.2f}" if np.isfinite(row["expected"]) else "its promise is broken"


def guardrails(case: MarketingCase) -> Table | Said:
    """What it takes to rule out a loss of reading or forwarding, and the smallest loss that today's salespeople could rule out."""
    rows = [(each.metric, _margin(each, each.margin), f"{each.salespeople:,}", _margin(each, each.smallest_margin)) for each in case.guardrails]
    if not rows:
        return Said("Guardrails can't be sized from this log: it holds too few salespeople.")
    heads = ["Guardrail", "Loss to be ruled out", "Salespeople it takes, both arms", "Smallest loss that today's could rule out"]
    return Table(pd.DataFrame(rows, columns=heads), f"Guardrails within {case.values['months_allowed']:g} months: that nothing broke has to be shown, too")


def _margin(each, margin: float) -> str:
    return words.number(margin, "share") + (" of the reads" if each.metric.startswith("forward") else " of today's")


def contamination_in_words(case: MarketingCase) -> Said:
    """Controls exposed all the same, by salesperson and by reader."""
    found = case.exposed
    return Said(
        f"Forwards carry the module into the control group. Drawn by reader, {words.number(found['reader'].controls, 'share')} of the controls' reads would be exposed all the same; "
        f"drawn by salesperson it is {words.number(found['salesperson'].controls, 'share')} (assumed: {words.number(case.values['two_way'], 'share')} of forwards carry it, "
        f"{words.number(case.values['crossing'], 'share')} of those cross to another salesperson)."
    )


@answers("trial_effect")
@drawn
def trial(case: MarketingCase) -> Picture:
    """The test that was run: naive, clustered and adjusted reading beside the smallest effect worth having."""
    found, rule = case.trial, case.rule.rule
    rows = {"each reader independent\n(naive)": found.naive, "by salesperson": found.clustered}
    rows |= {"by salesperson, adjusted\nby the weeks before": found.adjusted.effect} if found.adjusted else {}
    figure, axes = canvas(height=2.6)
    rows_with_intervals(axes, rows, [ORANGE, BLUE, BLUE])
    axes.axvline(0, color=GREY)
    axes.axvline(rule.minimum_effect, color=GREEN, linestyle="--")
    axes.annotate("worth having", (rule.minimum_effect, 1), (3, -10), xycoords=("data", "axes fraction"), textcoords="offset points", color=GREEN, fontsize=9)
    axes.set(xlabel=f"effect on {rule.metric} (lines: {100 * (1 - rule.alpha):g} % interval)")
    percent_axis(axes.xaxis)
    naive = "would call it a success" if found.naive.low > 0 else "would not call it a success either" if found.verdict != "worth building" else "agrees"
    title = f"By the frozen rule: {found.verdict}. The naive reading {naive}"
    numbers = {name: words.estimate(effect.scaled(100, "points")) for name, effect in (("naive", found.naive), ("by salesperson", found.clustered), ("by the rule", found.decisive))}
    return Picture(figure, title, f"Three rows with intervals beside zero and the smallest effect worth having. {title}.", numbers)


def trial_checks(case: MarketingCase) -> Table | Said:
    """What was checked before the effect was read: split, guardrails, contamination, deviations from the frozen rule."""
    if case.trial is None:
        return Said("A test that was run is read once its table is named by the parameter 'trial_file': a row per reader with arm, cluster and outcome.")
    found, rule = case.trial, case.rule
    control, treated = found.clusters
    rows = [
        ("The rule", f"frozen on {rule.rule.frozen_on}, fingerprint {rule.fingerprint[:12]}…", "unchanged since" if rule.intact else "changed since"),
        ("Split of salespeople", f"{control} and {treated}, as designed: {rule.rule.split[0][1]:.0%} and {rule.rule.split[1][1]:.0%}", f"p {found.split.p:.2g}: " + ("the lots are in order" if found.split.p >= SPLIT_IS_OFF else "the split is broken, nothing may be read")),
        *((f"Guardrail: {rail.metric} per reader", words.estimate(rail.difference.scaled(1, rail.metric)) if rail.difference else "not recorded", _held(rail)) for rail in found.guardrails),
        ("Controls exposed all the same", words.estimate(found.exposed_controls) if found.exposed_controls else "not recorded", "the effect of a roll-out is a little larger than what is read"),
        ("What the weeks before explain", f"{words.number(found.adjusted.variance_ratio, 'share')} of the variance is left" if found.adjusted else "not recorded", "CUPED's gain is what is gone"),
        ("Deviations from the rule", "; ".join(found.deviations) or "none", ""),
        ("Verdict by the rule", found.verdict, f"smallest effect worth having: {100 * rule.rule.minimum_effect:g} points"),
    ]
    return Table(pd.DataFrame(rows, columns=["Checked", "Found", "Means"]), "The test that was run")


def _held(rail) -> str:
    return {True: f"a loss of {rail.margin:g} a reader is ruled out", False: "broken", None: f"can't be told: a loss of {rail.margin:g} a reader is neither shown nor ruled out"}[rail.holds]
