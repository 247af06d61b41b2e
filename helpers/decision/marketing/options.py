"""Case 1: what each option is worth. A module, better content, a pilot with a holdout, or nothing, in CNY over the horizon.

Everything is counted against doing nothing. Traffic is a cascade: each read brings `reads_per_read` further reads by forwards, so all reads
are the direct ones over 1 - reads_per_read, and what changes reading or forwarding is passed on along the chain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from helpers.decision.information import share_standard_error
from helpers.decision.marketing.paths import at_age, months_since
from helpers.decision.money import Convention, discount_factors, monthly_rate
from helpers.decision.uncertainty import LUCK, Assumption, Draws, chance, measured, parts
from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal

SUPERCRITICAL = 0.95  # reads per read beyond which a chain would never end; no tool has held that for a year

ASSUMPTIONS = (
    Assumption("module_lift", 0.003, 0.015, "share", "what the module adds to a new reader's chance to register", ceiling=1.0),
    Assumption("value_per_lead", 150, 600, "CNY", "margin that one more lead brings on average", shape="lognormal"),
    Assumption("value_per_read", 3, 10, "CNY", "worth of one client's read to the salesperson who sees it", shape="lognormal"),
    Assumption("build_cost", 120_000, 260_000, "CNY", "building the module", shape="lognormal"),
    Assumption("upkeep_factor", 0.8, 1.6, "", "actual upkeep over the planned path", shape="lognormal"),
    Assumption("fatigue_factor", 0.3, 1.7, "", "actual loss of reading and forwarding over the modelled one", floor=0.0),
    Assumption("content_reading", 0.03, 0.25, "share", "direct reads that better content adds"),
    Assumption("content_forwarding", 0.0, 0.25, "share", "forwards per read that better content adds"),
    Assumption("content_registration", 0.0, 0.40, "share", "registrations per new reader that better content adds"),
    Assumption("content_setup", 10_000, 30_000, "CNY", "starting the content plan", shape="lognormal"),
    Assumption("content_monthly", 1_000, 3_000, "CNY", "keeping the content plan going, per month", shape="lognormal"),
    Assumption("pilot_cost", 20_000, 60_000, "CNY", "a bare module for half of the salespeople, and reading the test", shape="lognormal"),
    Assumption("traffic_trend", -0.01, 0.01, "share", "change of traffic per month"),
)


def measured_unknowns(
    reads_per_month: Estimate, new_readers_per_month: Estimate, reads_per_read: Estimate, registration_rate: Estimate,
) -> tuple[Assumption, ...]:  # fmt: skip
    """What the log tells, as unknowns: all reads, new readers by re-forward, further reads per read, share of those new readers who register."""
    return (
        measured("reads_per_month", reads_per_month, "reads per month today", floor=0.0),
        measured("new_readers_per_month", new_readers_per_month, "new readers by re-forward per month today", floor=0.0),
        measured("reads_per_read", reads_per_read, "further reads that one read brings by forwards", floor=0.0, ceiling=SUPERCRITICAL),
        measured("registration_rate", registration_rate, "share of new readers who register today", floor=0.0, ceiling=1.0),
    )


@dataclass(frozen=True)
class MarketingOption:
    """One option: the month from which content is improved and the module is begun (None: never); pilot: test first, then choose again."""

    name: str
    content_from: int | None = None
    module_from: int | None = None
    pilot: bool = False

    def delayed(self, months: int) -> "MarketingOption":
        """The same option, decided `months` later."""
        def later(start):
            return None if start is None else start + months

        return replace(self, content_from=later(self.content_from), module_from=later(self.module_from))


OPTIONS = (
    MarketingOption("build as asked", module_from=0),
    MarketingOption("content first", content_from=0),
    MarketingOption("pilot with holdout", pilot=True),
    MarketingOption("do nothing"),
)


@dataclass(frozen=True)
class MarketingPlan:
    """What is settled: horizon and timing in months, discounting, the pilot's design, and paths by month since the module went live.

    upkeep: CNY per month; reading_loss, forwarding_loss: share of direct reads and of forwards lost to fatigue. A short path goes on at its last value.
    design_effect: of the pilot's salespeople as clusters. treated: share of salespeople who get the pilot.
    """

    months: int = 24
    annual_rate: float = 0.08
    convention: Convention = "period 0"
    build_months: int = 4
    content_ramp: int = 6
    pilot_setup: int = 1
    pilot_months: int = 4
    treated: float = 0.5
    design_effect: float = 1.5
    upkeep: tuple[float, ...] = (6000.0,)
    reading_loss: tuple[float, ...] = (0.02, 0.03, 0.04, 0.05, 0.06)
    forwarding_loss: tuple[float, ...] = (0.03, 0.045, 0.06, 0.075, 0.09)

    @property
    def pilot_ends(self) -> int:
        """The month in which the pilot is read and the choice made."""
        return self.pilot_setup + self.pilot_months


@dataclass(frozen=True)
class Flows:
    """Money by month (draws x months + 1, the first column paid today) and leads per month, all against doing nothing."""

    income: np.ndarray
    cost: np.ndarray
    leads: np.ndarray

    @property
    def net(self) -> np.ndarray:
        """Income less cost, in CNY."""
        return self.income - self.cost


@dataclass(frozen=True)
class Today:
    """The unknowns as columns (draws x 1), and what doing nothing brings by month (draws x months + 1): reads, new readers, leads."""

    x: Mapping[str, np.ndarray]
    plan: MarketingPlan
    reads: np.ndarray
    new: np.ndarray
    leads: np.ndarray


def today(draws: Draws, plan: MarketingPlan) -> Today:
    """The status quo carried on over the horizon with its trend."""
    x = {name: np.asarray(values)[:, None] for name, values in draws.items()}
    trend = np.cumprod(np.repeat(1 + x["traffic_trend"], plan.months + 1, axis=1), axis=1) / (1 + x["traffic_trend"])
    new = x["new_readers_per_month"] * trend
    return Today(x, plan, x["reads_per_month"] * trend, new, new * x["registration_rate"])


def _kept(now: Today, loss: Sequence[float], age: np.ndarray, share: float) -> np.ndarray:
    """The share of reading or forwarding that fatigue leaves, by draw and month; the module is shown to `share` of the salespeople."""
    return 1 - share * np.minimum(now.x["fatigue_factor"] * at_age(loss, age), 1)


def _chain(now: Today, direct: np.ndarray, forwarding: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Factors on all reads and on forwarded reads when direct reads and forwards per read change by these factors."""
    further = now.x["reads_per_read"]
    reads = direct * (1 - further) / (1 - np.minimum(further * forwarding, SUPERCRITICAL))
    return reads, reads * forwarding


def _gain(now: Today, content: np.ndarray, age: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Income and leads by draw and month above doing nothing, given how far content has come (0 to 1) and the module's age."""
    x, plan = now.x, now.plan
    direct = (1 + x["content_reading"] * content) * _kept(now, plan.reading_loss, age, share)
    forwarding = (1 + x["content_forwarding"] * content) * _kept(now, plan.forwarding_loss, age, share)
    reads, new = _chain(now, direct, forwarding)
    registers = x["registration_rate"] * (1 + x["content_registration"] * content) + x["module_lift"] * (share * (age >= 0))
    leads = now.new * new * np.minimum(np.maximum(registers, 0), 1) - now.leads
    income = now.reads * (reads - 1) * x["value_per_read"] + leads * x["value_per_lead"]
    income[:, 0] = 0.0  # today nothing has happened yet
    return income, leads


def flows(now: Today, option: MarketingOption) -> Flows:
    """Income, cost and leads by month of one option without a pilot, against doing nothing."""
    x, plan = now.x, now.plan
    age = months_since(option.module_from, plan.build_months, plan.months)
    content_age = months_since(option.content_from, 0, plan.months)
    cost = np.zeros((len(x["build_cost"]), plan.months + 1))
    cost += x["upkeep_factor"] * at_age(plan.upkeep, age) + x["content_monthly"] * (content_age >= 0)
    for start, price in ((option.module_from, x["build_cost"]), (option.content_from, x["content_setup"])):
        if start is not None and start <= plan.months:
            cost[:, start] += price[:, 0]
    income, leads = _gain(now, np.clip((content_age + 1) / plan.content_ramp, 0, 1), age, 1.0)
    return Flows(income, cost, leads)


def pilot_flows(now: Today) -> Flows:
    """Income and cost of the pilot itself: its price today, and what the module does to the treated salespeople while it runs."""
    plan, month = now.plan, np.arange(now.plan.months + 1)
    age = np.where(month <= plan.pilot_ends, month - plan.pilot_setup - 1, -1)
    income, leads = _gain(now, np.zeros(1), age, plan.treated)
    cost = np.zeros_like(income)
    cost[:, 0] = now.x["pilot_cost"][:, 0]
    return Flows(income, cost, leads)


def present(money: np.ndarray, plan: MarketingPlan) -> np.ndarray:
    """Net present value per draw of flows (draws x months + 1), by the plan's rate and convention, in CNY."""
    return money @ discount_factors(monthly_rate(plan.annual_rate), plan.months + 1, plan.convention)


def pilot_standard_error(draws: Draws, plan: MarketingPlan) -> float:
    """Standard error with which the pilot will measure the module's lift, as a share: new readers of the smaller arm, clusters respected."""
    per_arm = draws["new_readers_per_month"].mean() * plan.pilot_months * min(plan.treated, 1 - plan.treated)
    share = np.clip(draws["registration_rate"].mean() + draws["module_lift"].mean() / 2, 0.001, 0.999)
    return float(share_standard_error(share, max(per_arm, 1.0), plan.design_effect))


def net_values(
    draws: Draws, plan: MarketingPlan = MarketingPlan(), options: Sequence[MarketingOption] = OPTIONS, seed: int = 0, sets: int = 1,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Net present value of each option per draw, against doing nothing, in CNY.

    A pilot's value: in each draw the pilot shows the lift with its own error, and the option best on what is then expected is chosen,
    as late as the pilot makes it. sets: so many sets of draws laid one after the other, equally long; what is expected is expected within each. Raises Refusal where a pilot stands alone or outlasts the horizon.
    """
    settled, pilots = [o for o in options if not o.pilot], [o for o in options if o.pilot]
    if pilots and (not settled or plan.pilot_ends >= plan.months):
        raise Refusal("after it nothing is left to choose", f"option '{pilots[0].name}'",
                      "add options without a pilot, or make the horizon longer than the pilot")
    worth = np.concatenate([_worth(today(part, plan), settled, bool(pilots)) for part in parts(draws)])
    values = dict(zip([option.name for option in settled], worth.T))
    if pilots:
        each = zip(parts(draws, len(worth) // sets), np.split(worth[:, len(settled):], sets))
        values |= dict.fromkeys([option.name for option in pilots], np.concatenate([_pilot_value(part, plan, later, seed) for part, later in each]))
    return {option.name: values[option.name] for option in options}


def _worth(now: Today, settled: Sequence[MarketingOption], pilot: bool) -> np.ndarray:
    """Present values, draws x columns: each settled option now; with a pilot also each of them after it, and the pilot itself."""
    later = [option.delayed(now.plan.pilot_ends) for option in settled] if pilot else []
    worth = {(each.module_from, each.content_from): each for each in (*settled, *later)}  # what never begins isn't worked out again for later
    worth = {starts: present(flows(now, option).net, now.plan) for starts, option in worth.items()}
    columns = [worth[option.module_from, option.content_from] for option in (*settled, *later)]
    return np.column_stack([*columns, present(pilot_flows(now).net, now.plan)] if pilot else columns)


def _pilot_value(draws: Draws, plan: MarketingPlan, worth: np.ndarray, seed: int) -> np.ndarray:
    """worth: what each option is worth when chosen after the pilot, and in the last column the pilot itself.

    Net values are linear in the lift, so what is expected after a result follows from the lift then believed: the prior's mean drawn towards
    the result by how much the result is to be trusted.
    """
    after, itself, lift = worth[:, :-1], worth[:, -1], draws["module_lift"]
    luck = draws[LUCK] if LUCK in draws else chance(len(worth), seed)
    error, spread = pilot_standard_error(draws, plan), lift.var()
    surprise = lift - lift.mean() + error * luck
    slopes = (lift - lift.mean()) @ after / len(lift) / max(spread, 1e-300)
    expected = after.mean(axis=0) + np.outer(surprise * spread / (spread + error**2), slopes)
    return itself + np.take_along_axis(after, expected.argmax(axis=1)[:, None], 1)[:, 0]
