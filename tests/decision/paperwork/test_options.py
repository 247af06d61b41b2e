"""Case 2's money: against a plain loop, trap 10, and four believed worlds with different winners."""

from dataclasses import replace
from math import ceil, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.decision.paperwork import office as po
from helpers.decision.paperwork import options as pm
from helpers.decision.money import linear_cash_fallacy, npv
from helpers.decision.options import best, expected, probability_best
from helpers.decision.paperwork.plan import ASSUMPTIONS, NOTHING, OPTIONS, PaperworkOption, PaperworkPlan, measured_unknowns
from helpers.decision.sensitivity import decision_map, one_by_one
from helpers.decision.uncertainty import draw, fix, with_ranges
from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal

# About what the shipped log tells.
ALL = measured_unknowns(Estimate(141, 135, 147), Estimate(8.06, 7.8, 8.3, "h"), Estimate(4.05, 3.9, 4.2, "h"), Estimate(1.3, 1.2, 1.4, "h")) + ASSUMPTIONS
PLAN = PaperworkPlan()
HIRE = {"growth_per_year": (0.35, 0.65), "standard_days": (150, 320), "standard_adoption": (0.10, 0.30), "margin_per_client": (1000, 2400)}
EXCEL = {"excel_explain_cut": (0.22, 0.42), "excel_rework_cut": (0.05, 0.25), "excel_adoption": (0.65, 0.90), "standard_days": (220, 420),
         "prerequisite_days": (80, 160), "standard_adoption": (0.35, 0.65)}  # fmt: skip
STILL = {"growth_per_year": (0.0, 0.0), "kept_per_day": (0.0, 0.0)}


def drawn(ranges=None, count=2048):
    return draw(with_ranges(ALL, ranges or {}), count)


@pytest.mark.parametrize("ranges, plan, winner", [
    ({}, PLAN, "standardise"), (HIRE, replace(PLAN, months=24), "hire two clerks"), (EXCEL, PLAN, "Excel online"),
    ({"growth_per_year": (-0.15, 0.0)}, replace(PLAN, months=12), "do nothing"),
])
def test_what_is_believed_decides_who_wins(ranges, plan, winner):
    values = pm.net_values(drawn(ranges), plan)
    assert best(expected(values)) == winner
    assert expected(values)[winner] - sorted(expected(values).values())[-2] > 5_000
    assert sum(probability_best(values).values()) == pytest.approx(1)


def by_hand(x, plan, option):
    """One draw, month by month, in plain Python."""
    months, rate = range(plan.months + 1), (1 + plan.annual_rate) ** (1 / 12) - 1
    demand = [x["clients_per_month"] * (1 + x["growth_per_year"]) ** (m / 12) for m in months]

    def taken_up(start, live, ramp, m):
        return 0 if start is None else min(max((m - start - live) / ramp, 0), 1)

    def hours(m):
        sheets = x["excel_adoption"] * (x["excel_explain_cut"] * x["explain_hours"] + x["excel_rework_cut"] * x["rework_hours"])
        standards = x["standard_adoption"] * (x["standard_explain_cut"] * plan.explain_covered * x["explain_hours"] + x["standard_rework_cut"] * plan.rework_covered * x["rework_hours"])
        excel, standard = taken_up(option.excel_from, plan.excel_live, plan.excel_ramp, m), taken_up(option.standard_from, plan.standard_live, plan.standard_ramp, m)
        return x["clerk_hours"] - (max(excel * sheets, standard * standards) if standard else excel * sheets)

    def need(m, h):
        load = demand[m] * h / plan.hours_per_clerk
        return ceil(load + plan.service_margin * sqrt(load) - 1e-9)

    def served(m, h, clerks):
        return min(demand[m], clerks * plan.hours_per_clerk * plan.max_utilisation / h)

    staff = [plan.clerks + (option.hire if m >= option.hire_from else 0) for m in months]
    total = 0.0
    for m in months:
        alone = min(max(need(k, x["clerk_hours"]) for k in months[m:]), plan.clerks)
        released = min(staff[m], alone) - max(need(k, hours(k)) for k in months[m:]) if option.changes_work else 0
        gone = min(max(released, 0), plan.may_release)
        lives = [s + live + 1 for s, live in ((option.excel_from, plan.excel_live), (option.standard_from, plan.standard_live)) if s is not None]
        absent = option.hire * max(1 - (m - option.hire_from) / plan.onboarding, 0) * (m >= option.hire_from) + lives.count(m) * plan.training_hours * plan.clerks / plan.hours_per_clerk
        flow = -(staff[m] - (staff[m - 1] if m else plan.clerks)) * x["hiring_cost"]
        flow -= x["excel_days"] * x["day_rate"] if option.excel_from == m else 0
        flow -= (x["standard_days"] + x["prerequisite_days"]) * x["day_rate"] if option.standard_from == m else 0
        if m:
            extra = served(m, hours(m), staff[m] - gone - absent) - served(m, x["clerk_hours"], plan.clerks)
            flow += gone * x["clerk_cost"] + extra * x["margin_per_client"] - (staff[m] - plan.clerks) * x["clerk_cost"]
        standards_live = plan.months if option.standard_from is None else option.standard_from + plan.standard_live
        if option.excel_from is not None and option.excel_from + plan.excel_live < m <= standards_live + plan.standard_ramp:
            flow -= x["excel_run"]
        if option.standard_from is not None and m > standards_live:
            flow -= x["standard_run"]
        total += flow / (1 + rate) ** m
    return total


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_money_agrees_with_a_plain_loop(option):
    draws = drawn({"growth_per_year": (-0.1, 0.4)}, 32)
    got = pm.net_values(draws, PLAN, [option])[option.name]
    np.testing.assert_allclose(got, [by_hand({name: values[i] for name, values in draws.items()}, PLAN, option) for i in range(32)], rtol=1e-9, atol=1e-5)


def test_doing_nothing_is_worth_nothing():
    flow = pm.all_flows(drawn(count=64))["do nothing"]
    assert not flow.net.any() and np.abs(flow.freed.hours).max() < 1e-9


def test_cash_is_whole_clerks_only_and_the_rest_is_capacity_not_money():
    """Trap 10: with too little saved to release anybody, no saved hour may turn up as cash; a brochure would book the wages."""
    draws = drawn(STILL | {"standard_explain_cut": (0.15, 0.15), "standard_rework_cut": (0.0, 0.0), "standard_adoption": (0.5, 0.5)}, 128)
    flow = pm.all_flows(draws)["standardise"]
    assert not flow.wages_saved.any()
    freed = flow.freed.hours[:, -1]
    assert (freed > 20).all() and (linear_cash_fallacy(freed, PLAN.hours_per_clerk, 10_500) > 1000).all()
    assert flow.net[:, -1] == pytest.approx(-draws["standard_run"])


@settings(max_examples=25)
@given(st.floats(0, 0.95), st.floats(0, 1), st.floats(0.05, 1), st.integers(0, 8), st.floats(-0.2, 0.4))
def test_released_clerks_are_whole_within_bounds_and_for_good(explain, rework, adoption, most, growth):
    draws = drawn({"standard_explain_cut": (explain, explain), "standard_rework_cut": (rework, rework), "standard_adoption": (adoption, adoption), "growth_per_year": (growth, growth)}, 64)
    flow = pm.all_flows(draws, replace(PLAN, may_release=most))["standardise"]
    released = flow.office.released
    assert (released == np.round(released)).all() and released.min() >= 0 and released.max() <= most
    assert growth < 0 or (np.diff(released, axis=1) >= 0).all()
    np.testing.assert_allclose(flow.wages_saved[:, 1:], (released * draws["clerk_cost"][:, None])[:, 1:])
    load, before = ((flow.today.demand * h / PLAN.hours_per_clerk)[:, -1] for h in (flow.office.hours, draws["clerk_hours"][:, None]))
    gap = before - load + PLAN.service_margin * (np.sqrt(before) - np.sqrt(load))  # in clerks, before rounding
    assert (released[:, -1] < gap + 1).all()


def test_clerks_idle_anyway_are_nobodys_saving():
    draws = drawn(STILL | {"clients_per_month": (70, 70)}, 64)  # half of the clerks would do already
    flow = pm.all_flows(draws, replace(PLAN, may_release=8))["Excel online"]
    assert flow.office.released.max() <= 1


def test_clerks_that_fewer_clients_make_idle_are_nobodys_saving_either():
    draws = drawn({"growth_per_year": (-0.4, -0.4), "standard_explain_cut": (0.01, 0.01), "standard_rework_cut": (0.0, 0.0)}, 64)
    assert pm.all_flows(draws, replace(PLAN, may_release=8))["standardise"].office.released[:, -1].max() <= 1


def test_client_hours_never_enter_the_money():
    assert not any("client" in a.name and a.unit == "h" for a in ALL)


def test_hours_do_not_go_below_a_floor_and_ways_do_not_add_up():
    draws = drawn({"standard_explain_cut": (1, 1), "standard_rework_cut": (1, 1), "standard_adoption": (1, 1), "excel_explain_cut": (1, 1), "excel_adoption": (1, 1)}, 16)
    x = {name: values[:, None] for name, values in draws.items()}
    one = np.ones(1)
    both, excel, standard = (po.clerk_hours(x, replace(PLAN, explain_covered=1.0, rework_covered=1.0), e, s) for e, s in ((one, one), (one, 0 * one), (0 * one, one)))
    np.testing.assert_allclose(both, np.minimum(excel, standard))
    huge = po.clerk_hours({**x, "explain_hours": 100 * x["explain_hours"]}, PLAN, one, one)
    np.testing.assert_allclose(huge, po.LEAST * x["clerk_hours"])


def test_hiring_serves_more_only_where_clients_are_turned_away():
    still, growing = (pm.all_flows(drawn(STILL | {"growth_per_year": (g, g)}, 256))["hire one clerk"] for g in (0.0, 0.5))
    assert np.median(still.margin[:, -1]) == 0  # at today's demand another clerk waits for the same clients
    assert (growing.margin[:, -1] > 0).all()


def test_following_demand_turns_nobody_away():
    draws = drawn({"growth_per_year": (0.3, 0.5)}, 128)
    flow = pm.all_flows(draws, PLAN, [PaperworkOption("as demand grows", follow_demand=True)])["as demand grows"]
    np.testing.assert_allclose(flow.office.served, flow.today.demand)
    assert (np.diff(flow.office.staff, axis=1) >= 0).all()


def test_shorter_lead_times_keep_clients():
    draws = drawn({"growth_per_year": (0.0, 0.0), "kept_per_day": (0.004, 0.004), "clients_per_month": (120, 120)}, 64)
    shorter = pm.all_flows(draws, replace(PLAN, lead_days_saved={"standard": 2.0}))["standardise"]
    np.testing.assert_allclose(shorter.margin[:, -1], 120 * 0.008 * draws["margin_per_client"])


def test_payback_and_npv_agree_with_the_flows():
    flow = pm.all_flows(drawn(count=512))["standardise"]
    paid = pm.paying_back(flow)
    assert 0 < paid.probability < 1 and paid.months.low <= paid.months.value <= paid.months.high <= PLAN.months
    assert paid.probability == pytest.approx((np.cumsum(flow.net, axis=1) >= 0).any(axis=1).mean())
    assert pm.present(flow.net, PLAN) == pytest.approx(npv(1.08 ** (1 / 12) - 1, flow.net))
    never = pm.paying_back(pm.all_flows(drawn({"standard_adoption": (0, 0)}, 64))["standardise"])
    assert never.probability == 0 and np.isnan(never.months.value)


def test_growth_hiring_climbs_and_standardising_bends():
    hire, excel, standard = pm.growth(drawn(count=512))
    assert hire.multiples == (1, 2, 5, 10)
    for way in (hire, excel, standard):
        assert (np.diff([c.value for c in way.cost]) > 0).all() and all(c.low <= c.value <= c.high for c in way.clerks)
    saved = [h.value - s.value for h, s in zip(hire.cost, standard.cost)]
    assert (np.diff(saved) > 0).all() and saved[-1] > 5 * abs(saved[0])


def test_todays_staff_gives_the_margin_that_keeps_it():
    margin = po.service_margin(8, 6.9)
    assert po.whole_clerks(np.array(6.9), margin) == 8
    with pytest.raises(Refusal, match="at least 9 clerks"):
        po.service_margin(8, 8.4)


def test_break_even_map_grows_with_volume_adoption_and_rework_reduction():
    draws = drawn(STILL, 64)
    for rework in (0.2, 0.6):
        got = decision_map(one_by_one(lambda d: pm.net_values(d, PLAN, [NOTHING, OPTIONS[4]])), fix(draws, "standard_rework_cut", rework), "clients_per_month", [70, 140, 280], "standard_adoption", [0.1, 0.5, 0.9])
        worth = got.value("standardise")
        assert worth[0, 0] < 0 and worth[2, 1] > worth[0, 1] and worth[2, 2] > worth[2, 1] > worth[2, 0]
