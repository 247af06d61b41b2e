"""The decision: options priced, a form that adds one, what drives the choice and flips it, the memo, the findings."""

import re
from dataclasses import dataclass, replace
from html import escape

import numpy as np
import pandas as pd
from IPython.display import HTML, Markdown

from helpers.decision.memo_text import page
from helpers.decision.money import payback
from helpers.decision.own.case import OwnCase
from helpers.decision.own.keeping import add_option
from helpers.decision.own.options import flows
from helpers.decision.own.plan import NOTHING, OwnOption
from helpers.decision.uncertainty import Draws
from helpers.decision.wording import capital, percent
from helpers.intake.refusal import Refusal
from helpers.lesson import choices, conclusion, words
from helpers.lesson.controls import choice, slider
from helpers.lesson.explorer import Explorer
from helpers.lesson.learner.take_away import downloads
from helpers.lesson.own.desk import Desk, Living
from helpers.lesson.own.forms import Form, number_field, text_field
from helpers.lesson.picture import Picture, drawn
from helpers.lesson.say import Said, say
from helpers.lesson.style import BLUE, COLOURS, GREY, INK, canvas
from helpers.lesson.table import Table

ALL_KNOWN = Said("Every amount is a single number here, as if it were known. Give ranges, and this shows which of them matters.")


def colours(case: OwnCase) -> dict[str, str]:
    """A colour per option, doing nothing in grey; more options than colours share."""
    names = [option.name for option in case.plan.options if option.name != NOTHING]
    return {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(names)} | {NOTHING: GREY}


def assumptions(desk: Desk) -> Living:
    """Every unknown behind the options: name, meaning, range and what it rests on."""
    return Living("assumptions", desk, lambda case: choices.assumptions(case.priced))


def net_value(desk: Desk) -> Explorer:
    """Net value of the options as distributions; one of the unknowns that matter most may be taken as known."""
    months = desk.case.values["horizon_months"]
    draw = lambda known, at: choices.net_values(desk.case.priced, colours(desk.case), months, known, at / 100)  # noqa: E731
    return desk.followed_by(Explorer("net-value", choices.one_known(desk.case.priced), draw))


def option_table(desk: Desk) -> Living:
    """The options side by side with chance of being best and regret."""
    return Living("options", desk, lambda case: choices.option_table(case.priced))


def choice_in_words(desk: Desk) -> Living:
    """The choice and how sure it is."""
    return Living("choice", desk, _choice)


def _choice(case: OwnCase) -> Said:
    return say(
        "The choice: {recommendation}. It is worth {lead_over_next:bare} more than the next best, {runner_up}, and {lead_over_request:bare} more than what was asked for. "
        "In {confidence:bare} of the futures drawn it does better than its closest rival, {closest_rival}; in {loses_money:bare} it loses money; in {payback_probability:bare} "
        "it pays back within the horizon.", case.findings)  # fmt: skip


# One more option


def form(desk: Desk) -> Form:
    """Adds an option; tables and memo follow."""
    fields = {
        "name": text_field("Name of the option", "ring customers back before they ring"),
        "now_low": number_field("Costs now: from (CNY)", 0), "now_high": number_field("to (CNY)", 0),
        "monthly_low": number_field("Costs per month: from (CNY)", 0), "monthly_high": number_field("to (CNY)", 0),
        "gain_low": number_field("Gains per month: from (CNY)", 0), "gain_high": number_field("to (CNY)", 0),
        "used_low": number_field("Used once settled by: from (%)", 50, high=100), "used_high": number_field("to (%)", 90, high=100),
        "begins": number_field("Begins in month", 0, high=240, whole=True), "ready_after": number_field("runs after (months)", 1, high=240, whole=True),
        "settles_after": number_field("settles after (months)", 3, high=240, whole=True),
    }  # fmt: skip
    lines = (("name",), *((f"{part}_low", f"{part}_high") for part in ("now", "monthly", "gain", "used")), ("begins", "ready_after", "settles_after"))
    return Form(fields, lines, "Add this option", lambda said: _keep(desk, said), "Run the notebook to add options of your own.")


def _keep(desk: Desk, said: dict) -> str:
    name = " ".join(said["name"].split())
    if not name:
        raise Refusal("an option needs a name", "form")
    taken = [option.name for option in desk.case.plan.options]
    if name in taken:
        raise Refusal(f"there is an option '{name}' already", "form", "give it another name")
    key = f"own_{len(taken)}_{re.sub('[^a-z0-9]+', '_', name.lower()).strip('_')[:30]}".rstrip("_")
    ranges = {"cost_now": ("now", 1), "cost_monthly": ("monthly", 1), "gain_monthly": ("gain", 1), "adoption": ("used", 100)}
    entry = {"name": name} | {part: [said[f"{short}_low"] / by, said[f"{short}_high"] / by] for part, (short, by) in ranges.items()}
    entry |= {part: said[part] for part in ("begins", "ready_after", "settles_after")}
    where = desk.change(lambda files: add_option(files.options, key, entry))
    place = [row.name for row in desk.case.priced.rows].index(name) + 1
    return f"Kept: of {len(desk.case.priced.rows)} options it comes {place}. {where}"


# Money by month


def by_month(desk: Desk) -> Explorer:
    """An option's money added up month by month, at the adoption and the delay that you choose."""
    case = desk.case
    names = [option.name for option in case.plan.options if option.name != NOTHING]
    first = case.priced.winner if case.priced.winner != NOTHING else case.priced.rows[1].name
    used = float(np.mean(_option(case, first).adoption.of(case.priced.fewer)))
    controls = [choice("name", "Option", names, first), slider("used", "Used once settled by", round(100 * used), 0, 100, 1, "%"), slider("later", "Begun later by", 0, 0, 24, 1, "months")]
    return desk.followed_by(Explorer("key-figure", controls, lambda name, used, later: _by_month(desk.case, name, used / 100, later)))


def _option(case: OwnCase, name: str) -> OwnOption:
    return next(option for option in case.plan.options if option.name == name)


@drawn
def _by_month(case: OwnCase, name: str, used: float, later: int) -> Picture:
    option, terms = _option(case, name), case.priced.terms
    net = flows(_used_by(case.priced.fewer, option, used), _later(option, later), terms)
    total = np.cumsum(net * terms.factors, axis=1)
    low, middle, high = np.quantile(total, 0.1, axis=0), total.mean(axis=0), np.quantile(total, 0.9, axis=0)
    months = np.arange(terms.months + 1)
    figure, axes = canvas(height=3.4)
    axes.fill_between(months, low, high, color=BLUE, alpha=0.18, linewidth=0)
    axes.plot(months, middle, color=BLUE)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.set(xlabel="months from today (band: 80 % range)", ylabel="CNY in all, in today's money")
    axes.yaxis.set_major_formatter(lambda money, _: f"{money:,.0f}")
    back = payback(np.diff(middle, prepend=0.0))
    told = "not paid back within the horizon" if np.isnan(back) else f"back at nothing lost after {np.ceil(back):.0f} months" if back else "never in the red"
    title = f"{capital(name)}, used by {100 * used:.0f} %: {words.number(middle[-1], 'CNY')} after {terms.months} months, {told}"
    numbers = {"at the end": words.number(middle[-1], "CNY"), "deepest": words.number(middle.min(), "CNY"), "above nothing": percent(float((total[:, -1] > 0).mean()))}
    return Picture(figure, title, f"A line of money added up by month, with a band. {title}.", numbers)


def _used_by(draws: Draws, option: OwnOption, used: float) -> Draws:
    """The draws with the option's own adoption known; where its adoption isn't one unknown, they stay."""
    names = option.adoption.names
    return {**draws, names[0]: np.full_like(draws[names[0]], used)} if len(names) == 1 else draws


def _later(option: OwnOption, months: int) -> OwnOption:
    return replace(option, begins=option.begins + months)


# What knowing more is worth, what drives it, what flips it


def knowing(desk: Desk) -> Living:
    """What knowing each unknown exactly would be worth before choosing."""
    return Living("knowing", desk, lambda case: choices.knowing(case.priced) if case.priced.unknowns else ALL_KNOWN)


def drivers(desk: Desk) -> Living:
    """What the choice depends on: one unknown at a time, and its share of the variance."""
    return Living("drivers", desk, lambda case: choices.drivers(case.priced) if case.priced.unknowns else ALL_KNOWN)


def flips(desk: Desk) -> Living:
    """Where one unknown alone changes the choice."""
    return Living("flips", desk, _flips)


def _flips(case: OwnCase) -> Table | Said:
    rows = choices.flip_rows(case.priced)
    if not rows:
        return Said("No single unknown changes the choice, even well outside the range that is believed.")
    return Table(pd.DataFrame(rows, columns=choices.FLIP_HEADS), f"What flips {case.priced.winner}")


# Memo and findings


def claims(desk: Desk) -> Living:
    """The claims once more, now that everything is known."""
    return Living("claims", desk, lambda case: conclusion.claims_table(case.claims))


@dataclass(frozen=True)
class Sheet:
    """The memo's printable page, set into the notebook."""

    case: OwnCase

    def _repr_html_(self) -> str:
        html = escape(page(self.case.memo), quote=True)
        return f'<iframe title="The memo as it stands now" srcdoc="{html}" sandbox="" style="width:100%;height:46em;border:1px solid #b8c4cc"></iframe>'


def memo(desk: Desk) -> Markdown:
    """The memo of one page, as text and for headless runs as a page."""
    return conclusion.show_memo(desk.case.memo, desk.case.priced.rows, desk.case.claims)


def files(desk: Desk) -> HTML | Said:
    """The memo and its tables as files."""
    return downloads(desk.case.memo, "memo", desk.case.priced.rows, desk.case.claims)


def memo_now(desk: Desk) -> Living:
    """The memo's printable page, once the request has changed."""
    first = desk.case
    return Living("memo-now", desk, lambda case: Sheet(case) if case is not first else Said("Add a claim or an option above, and the memo as it then stands appears here."))


def all_findings(desk: Desk) -> Table:
    """Every finding of this run."""
    return conclusion.findings_table(desk.case.findings)
