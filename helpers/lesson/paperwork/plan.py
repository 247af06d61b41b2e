"""Step iv, the plan: the simulated office held against its log, the options tried in it, and why a full office is a slow one."""

import numpy as np
import pandas as pd

from helpers.decision import wording
from helpers.decision.paperwork.case import PaperworkCase
from helpers.decision.paperwork.trial import NOTHING
from helpers.intake.refusal import Refusal
from helpers.lesson import words
from helpers.lesson.chapter import answers
from helpers.lesson.controls import slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.marks import named
from helpers.lesson.paperwork.marks import OPTIONS
from helpers.lesson.paperwork.quiet import beside
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said
from helpers.lesson.style import INK, canvas, percent_axis
from helpers.lesson.table import Table
from helpers.paperwork.office.backtest import NAMES, BackTest, Compared
from helpers.paperwork.office.load import Load
from helpers.paperwork.office.options import AT_MOST
from helpers.paperwork.office.outcome import Outcome
from helpers.paperwork.office.waits import at_volume, wait

OPTION_HEADS = (
    "Option", "Wait for a clerk, min", "Half served in, days", "Nine in ten in, days", "Right first time, %", "Clients a week", "Clerks in use, %",
    f"Clerks needed for {100 * AT_MOST:.0f} % in use",
)  # fmt: skip
TALL = 240  # minutes of waiting that the picture shows


@answers("back_test")
def back_test(case: PaperworkCase) -> Table | Said:
    """The simulated office held against its log, metric by metric."""
    test = case.back_test
    if isinstance(test, Refusal):
        return Said(f"The simulation was not held against the log: {test.words()}")
    frame = pd.DataFrame([_compared(each) for each in test.compared], columns=["Measure", "In the log", "Simulated", "Allowed to differ by", "Verdict"])
    return Table(frame, f"The simulation against the log, weeks {test.first} to {test.last}")


def _compared(each: Compared) -> tuple[str, ...]:
    allowed, verdict = f"{100 * each.bound:.0f} % or the log's interval", "reproduced" if each.passed else "not reproduced"
    return NAMES[each.metric], wording.short(each.log), wording.short(each.simulated), allowed, verdict


@beside("back_test")
def verdict(case: PaperworkCase) -> Said:
    """Whether the simulation may be trusted, and what it rests on beside the log."""
    test, notes = case.back_test, " ".join(case.office.notes)
    said = test.words()[-1] if isinstance(test, BackTest) else "Read the options below with care."
    return Said(f"{said} {notes}".strip())


@answers("lead_time_today")
def options_table(case: PaperworkCase) -> Table:
    """What each option does to the office once it has settled; refused ones with their reason."""
    trial = case.trial
    heads = list(OPTION_HEADS)
    rows = [(*_option_row(case, name), "") for name in trial.outcomes]
    rows += [(name, *["–"] * 6, str(trial.clerks_needed[name]), f"refused: {refusal.what}") for name, refusal in trial.refused.items()]
    frame = pd.DataFrame(rows, columns=[*heads, "Remark"])
    return Table(frame if trial.refused else frame[heads], "The options in the same simulated years, each once it has settled")


def _option_row(case: PaperworkCase, name: str) -> tuple[str, ...]:
    outcome = case.trial.outcomes[name]
    value = {metric: outcome.estimate(metric).value for metric in ("wait", "lead_time_p50", "lead_time_p90", "first_time_right", "clients_per_week", "utilisation")}
    told = (60 * value["wait"], value["lead_time_p50"], value["lead_time_p90"], 100 * value["first_time_right"], value["clients_per_week"], 100 * value["utilisation"])
    return name, *(f"{number:.1f}" for number in told), str(case.trial.clerks_needed[name])


@beside("lead_time_today")
@drawn
def options(case: PaperworkCase) -> Picture:
    """Lead time, wait and utilisation of the options side by side."""
    outcomes = case.trial.outcomes
    figure, (lead, wait, used) = canvas(height=1.3 + 0.42 * len(outcomes), columns=3, width_ratios=(3, 2, 2), sharey=True)
    for place, (name, outcome) in enumerate(outcomes.items()):
        colour, marker = OPTIONS[name]
        p50, p90 = (outcome.estimate(metric).value for metric in ("lead_time_p50", "lead_time_p90"))
        lead.plot([p50, p90], [place, place], color=colour, linewidth=3, alpha=0.5, solid_capstyle="butt")
        lead.plot([p50, p90], [place, place], color=colour, marker=marker, linestyle="none")
        _interval(wait, outcome.estimate("wait").scaled(60, "min"), place, colour, marker)
        _interval(used, outcome.estimate("utilisation"), place, colour, marker)
    lead.set(xlabel="lead time in days:\nhalf served, nine in ten served", xlim=(0, None))
    wait.set(xlabel="wait for a clerk per\nhandling, minutes", xlim=(0, None))
    used.set(xlabel="share of clerks'\nhours in use", xlim=(0, 1))
    percent_axis(used.xaxis)
    named(lead, list(outcomes))
    return Picture(figure, _headline(case), f"Points per option: lead time, wait per handling, utilisation, with intervals. {_headline(case)}.", _numbers(case))


def _interval(axes, found, place: int, colour: str, marker: str) -> None:
    axes.errorbar(found.value, place, xerr=[[found.value - found.low], [found.high - found.value]], color=colour, marker=marker, ecolor=INK, capsize=2)


def _headline(case: PaperworkCase) -> str:
    outcomes = case.trial.outcomes
    today = outcomes[NOTHING].estimate("lead_time_p50").value
    fastest = min(outcomes, key=lambda name: outcomes[name].estimate("lead_time_p50").value)
    if fastest == NOTHING:
        return "No option makes clients' way shorter than it is today"
    saved = today - outcomes[fastest].estimate("lead_time_p50").value
    return f"Shortest way: {fastest}, {words.number(saved, 'days')} less than today's {words.number(today, 'days')} at the median"


def _numbers(case: PaperworkCase) -> dict[str, str]:
    def told(outcome: Outcome) -> str:
        days, used = (outcome.estimate(metric).value for metric in ("lead_time_p50", "utilisation"))
        return f"{words.number(days, 'days')}, {words.number(used, 'share')} in use"

    return {name: told(outcome) for name, outcome in case.trial.outcomes.items()}


@beside("clients_per_week_today")
def more_hands(case: PaperworkCase) -> Said:
    """Whether more clerks serve more clients: today's against two more, in the same years."""
    outcomes = case.trial.outcomes
    name = "hire two clerks"
    if name not in outcomes:
        return Said("Hiring two clerks was refused, so nothing can be said of it.")
    more = outcomes[name].difference(outcomes[NOTHING], "clients_per_week")
    days = outcomes[name].difference(outcomes[NOTHING], "lead_time_p50")
    return Said(
        f"Two more clerks change the number of clients served by {more.value:+.2f} a week ({more.low:+.2f} to {more.high:+.2f}) in the same simulated years, "
        f"and the median lead time by {days.value:+.2f} days ({days.low:+.2f} to {days.high:+.2f}). "
        "Clients who come are what limits how many are served, as long as the clerks keep up."
    )


@answers("utilisation_today")
def hockey_stick(case: PaperworkCase) -> Explorer:
    """Why a full office is a slow one: the wait against how many clients come, under three ways of going on."""
    controls = [
        slider("volume", "Clients, times today's", 1.0, 0.3, 1.8, 0.01),
        slider("hires", "Clerks more than today", 2, -2, 8, 1),
    ]
    return Explorer("hockey-stick", controls, lambda volume, hires: _hockey_stick(case, volume, hires))


@drawn
def _hockey_stick(case: PaperworkCase, volume: float, hires: int) -> Picture:
    offices = _offices(case, hires)
    figure, axes = canvas()
    for name, (work, colour, line) in offices.items():
        limit = 1 / work.utilisation
        volumes = np.linspace(0.25, 0.995, 120) * limit
        axes.plot(volumes, _minutes(case, work, volumes), color=colour, linestyle=line, label=name)
        axes.axvline(limit, color=colour, linestyle=":", linewidth=1)
    axes.axvline(volume, color=INK, linewidth=1)
    axes.set(xlabel="clients, times today's (dotted: here the clerks no longer keep up)", ylabel="mean wait for a clerk, minutes", ylim=(0, TALL), xlim=(0.3, 1.85))
    axes.legend(loc="upper left")
    waits = {name: _wait(case, work, volume) for name, (work, *_) in offices.items()}
    title = f"{'With today' if volume == 1 else f'At {volume:g} times today'}'s clients a paper waits: {'; '.join(f'{name}, {wait}' for name, wait in waits.items())}"
    numbers = waits | {f"{name}: keeps up to": f"{1 / work.utilisation:.2f} times" for name, (work, *_) in offices.items()}
    return Picture(figure, title, f"Curves of the wait against the number of clients, flat at first and steep near each one's limit. {title}.", numbers)


def _offices(case: PaperworkCase, hires: int) -> dict[str, tuple[Load, str, str]]:
    """The work of each office drawn, its colour and line."""
    loads = case.trial.loads
    clerks = max(loads[NOTHING].clerks + hires, 1)
    drawn = {"as it is": (loads[NOTHING], OPTIONS[NOTHING][0], "-"), f"with {clerks} clerks": (at_volume(loads[NOTHING], 1, clerks), OPTIONS["hire two clerks"][0], "--")}
    return drawn | ({"standardised": (loads["standardise"], OPTIONS["standardise"][0], "-.")} if "standardise" in loads else {})


def _minutes(case: PaperworkCase, work: Load, volumes):
    """Mean waits in minutes at these volumes (array)."""
    return 60 * np.array([wait(at_volume(work, volume), work.clerks, case.burstiness) for volume in np.atleast_1d(volumes)])


def _wait(case: PaperworkCase, work: Load, volume: float) -> str:
    """The wait in words; what can't keep up is told with the clerks that would do."""
    then = at_volume(work, volume)
    if then.utilisation >= 1:
        return f"can't keep up, at least {int(then.erlangs) + 1} clerks are needed"
    return words.number(float(_minutes(case, work, volume)[0]), "min")


@beside("refused_options")
def refused(case: PaperworkCase) -> Said:
    """Options whose clerks could not keep up, with the reason and the number of clerks that would do."""
    refused = case.trial.refused
    if not refused:
        return Said("No option had to be refused: under each of them the clerks keep up.")
    return Said(" ".join(refusal.words() for refusal in refused.values()))
