"""Case 1's money: against a plain loop, against closed forms, and three believed worlds with three different winners."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.decision import information as info
from helpers.decision.marketing import options as mo
from helpers.decision.marketing import pilot as mp
from helpers.decision.options import best, expected, probability_best
from helpers.decision.sensitivity import at_once, decision_map, flip_points, one_by_one, sobol
from helpers.decision.uncertainty import draw, fix, with_ranges
from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal

# About what the shipped log tells.
MEASURED = mo.measured_unknowns(Estimate(3509, 3300, 3700, "reads"), Estimate(344, 320, 370, "people"), Estimate(0.38, 0.36, 0.40, "reads"), Estimate(0.0165, 0.013, 0.020, "share"))
ALL = MEASURED + mo.ASSUMPTIONS
GROWING = mo.MarketingPlan(upkeep=tuple(6600 * 1.03**t for t in range(24)), reading_loss=tuple(np.linspace(0.04, 0.13, 24)), forwarding_loss=tuple(np.linspace(0.06, 0.19, 24)))
CAPPED = replace(GROWING, upkeep=(6600.0,), reading_loss=(0.04,), forwarding_loss=(0.06,))
DULL_CONTENT = {"content_reading": (-0.02, 0.06), "content_forwarding": (-0.03, 0.05), "content_registration": (-0.05, 0.10)}
BUILD = DULL_CONTENT | {"module_lift": (0.03, 0.06), "value_per_lead": (2000, 4500), "build_cost": (60_000, 120_000)}
PILOT = DULL_CONTENT | {"module_lift": (-0.01, 0.05), "value_per_lead": (1500, 4000), "build_cost": (90_000, 180_000), "pilot_cost": (10_000, 25_000)}


def drawn(ranges=None, count=2048):
    return draw(with_ranges(ALL, ranges or {}), count)


@pytest.mark.parametrize("ranges, plan, winner", [({}, GROWING, "content first"), (BUILD, CAPPED, "build as asked"), (PILOT, CAPPED, "pilot with holdout")])
def test_what_is_believed_decides_who_wins(ranges, plan, winner):
    values = mo.net_values(drawn(ranges), plan)
    assert best(expected(values)) == winner
    second = sorted(expected(values).values())[-2]
    assert expected(values)[winner] - second > 30_000  # not by a hair


def by_hand(x, plan, content_from=None, module_from=None):
    """One draw, month by month, in plain Python."""
    rate, total = (1 + plan.annual_rate) ** (1 / 12) - 1, 0.0
    for month in range(plan.months + 1):
        trend = (1 + x["traffic_trend"]) ** month
        done = 0 if content_from is None else min(max(month - content_from, 0) / plan.content_ramp, 1)
        age = -1 if module_from is None else month - module_from - plan.build_months - 1
        loss = [path[min(age, len(path) - 1)] * x["fatigue_factor"] if age >= 0 else 0 for path in (plan.reading_loss, plan.forwarding_loss)]
        direct = (1 + x["content_reading"] * done) * (1 - loss[0])
        forward = (1 + x["content_forwarding"] * done) * (1 - loss[1])
        r = x["reads_per_read"]
        reads = direct * (1 - r) / (1 - r * forward)
        registers = x["registration_rate"] * (1 + x["content_registration"] * done) + (x["module_lift"] if age >= 0 else 0)
        leads = x["new_readers_per_month"] * trend * (reads * forward * registers - x["registration_rate"])
        flow = 0 if month == 0 else x["reads_per_month"] * trend * (reads - 1) * x["value_per_read"] + leads * x["value_per_lead"]
        flow -= x["build_cost"] if month == module_from else 0
        flow -= x["content_setup"] if month == content_from else 0
        flow -= x["content_monthly"] if content_from is not None and month > content_from else 0
        flow -= plan.upkeep[min(age, len(plan.upkeep) - 1)] * x["upkeep_factor"] if age >= 0 else 0
        total += flow / (1 + rate) ** month
    return total


@pytest.mark.parametrize("content_from, module_from", [(None, None), (0, None), (None, 0), (3, 6), (0, 30)])
def test_money_agrees_with_a_plain_loop(content_from, module_from):
    draws = drawn(count=64)
    got = mo.net_values(draws, GROWING, [mo.MarketingOption("it", content_from, module_from)])["it"]
    expected_ = [by_hand({name: values[i] for name, values in draws.items()}, GROWING, content_from, module_from) for i in range(64)]
    np.testing.assert_allclose(got, expected_, rtol=1e-9, atol=1e-6)


def test_doing_nothing_is_worth_nothing_and_conventions_differ_by_a_month():
    draws = drawn(count=256)
    first, last = mo.net_values(draws, GROWING), mo.net_values(draws, replace(GROWING, convention="spreadsheet"))
    assert not first["do nothing"].any()
    month = 1.08 ** (1 / 12)
    np.testing.assert_allclose(last["build as asked"] * month, first["build as asked"])


def test_a_module_without_effect_costs_exactly_what_it_costs():
    draws = drawn({"module_lift": (0, 0), "fatigue_factor": (0, 0), "upkeep_factor": (1, 1), "build_cost": (1000, 1000)}, 64)
    plan = replace(CAPPED, upkeep=(10.0,), annual_rate=0.0)
    assert mo.net_values(draws, plan)["build as asked"] == pytest.approx(-1000 - 10 * (plan.months - plan.build_months))


def test_changes_are_passed_on_along_the_chain():
    """All reads are the direct ones over 1 - R, so forwards per read count for more than their own share."""
    now = mo.today(fix(fix(drawn({}, 8), "reads_per_read", 0.5), "traffic_trend", 0.0), CAPPED)
    reads, forwarded = mo._chain(now, np.ones((8, 1)), np.full((8, 1), 1.2))
    assert reads[0, 0] == pytest.approx(0.5 / (1 - 0.6)) and forwarded[0, 0] == pytest.approx(1.2 * 0.5 / 0.4)
    endless, _ = mo._chain(now, np.ones((8, 1)), np.full((8, 1), 5.0))
    assert np.isfinite(endless).all() and (endless > 0).all()


def test_a_pilot_of_something_known_is_worth_the_best_option_later_less_its_price():
    draws = drawn(PILOT | {"module_lift": (0.02, 0.02)}, 1024)
    values = mo.net_values(draws, CAPPED)
    later = mo.net_values(draws, CAPPED, [option.delayed(CAPPED.pilot_ends) for option in mo.OPTIONS if not option.pilot])
    itself = mo.present(mo.pilot_flows(mo.today(draws, CAPPED)).net, CAPPED).mean()
    assert values["pilot with holdout"].mean() == pytest.approx(max(expected(later).values()) + itself, rel=1e-9)


def test_a_pilot_that_tells_everything_is_worth_most_and_one_that_tells_nothing_least():
    draws = drawn(PILOT)
    plans = [replace(CAPPED, design_effect=deff) for deff in (1e-9, 1.5, 1e6)]
    perfect, real, useless = (mo.net_values(draws, plan)["pilot with holdout"].mean() for plan in plans)
    assert perfect > real > useless


def test_a_pilots_value_is_that_of_its_closed_form():
    """Building against nothing, all else known: the gain of choosing after the pilot is the EVSI of a normal unknown."""
    known = {a.name: (a.centre, a.centre) for a in with_ranges(ALL, PILOT) if a.name != "module_lift"}
    plan, options = replace(CAPPED, design_effect=3.0), [mo.OPTIONS[0], mo.OPTIONS[3], mo.MarketingOption("pilot", pilot=True)]
    gains = []
    for seed in range(12):
        draws = draw(with_ranges(ALL, known | {"module_lift": (0.012, 0.038)}), 4096, seed)
        later = mo.net_values(draws, plan, [options[0].delayed(plan.pilot_ends)])[options[0].name]
        itself = mo.present(mo.pilot_flows(mo.today(draws, plan)).net, plan).mean()
        gains.append(mo.net_values(draws, plan, options, seed)["pilot"].mean() - itself - max(later.mean(), 0))
    slope, intercept = np.polyfit(draws["module_lift"], later, 1)
    exact = info.evsi_normal(draws["module_lift"].mean(), draws["module_lift"].std(), mo.pilot_standard_error(draws, plan), slope, intercept)
    assert exact > 5_000 and np.mean(gains) == pytest.approx(exact, rel=0.02)


def test_pilot_worth_lies_between_nothing_and_perfect_and_grows_with_length():
    draws = drawn(PILOT, 1024)
    worth = mp.pilot_worth(draws, CAPPED, months=[1, 4, 12, 40])
    perfect = info.value_of_learning(draws["module_lift"], mo.net_values(draws, CAPPED, [o for o in mo.OPTIONS if not o.pilot]))
    assert list(worth.months) == [1, 4, 12]  # 40 would outlast the horizon
    assert (np.diff(worth.information) > 0).all() and 0 <= worth.information[0] and worth.information[-1] <= perfect * 1.02
    assert (np.diff(worth.standard_error) < 0).all() and (worth.net < worth.information).all() and worth.worth_it
    assert worth.standard_error[1] == pytest.approx(worth.standard_error[0] / 2)
    assert not mp.pilot_worth(drawn(count=1024), GROWING, months=[2, 6]).worth_it
    assert 100 < mp.roll_out_arm(draws, CAPPED) < 344 * 24 / 2


def test_sobol_indices_of_a_pilot_share_its_luck_between_rows():
    unknowns = with_ranges(ALL, PILOT)
    got = sobol(lambda d: mo.net_values(d, CAPPED)["pilot with holdout"], unknowns, base=256)
    by_name = dict(zip(got.names, got.total))
    assert max(by_name, key=by_name.get) == "module_lift"
    assert by_name["content_setup"] < 0.05  # each row with luck of its own would give everybody the luck's share


def test_traffic_needed_is_where_building_breaks_even():
    draws = drawn(count=512)
    needed = mp.traffic_needed(draws, GROWING)
    assert 5_000 < needed < 100_000
    assert mo.net_values(fix(draws, "new_readers_per_month", needed), GROWING)["build as asked"].mean() == pytest.approx(0, abs=1)
    assert mp.traffic_needed(drawn({"module_lift": (0, 0)}, 64), GROWING) == np.inf


def test_flips_lead_to_building_when_new_readers_are_many_times_as_many():
    draws, traffic = drawn({name: (0, 0) for name in DULL_CONTENT}, 256), next(a for a in ALL if a.name == "new_readers_per_month")
    settled = [option for option in mo.OPTIONS if not option.pilot]
    for options, after in ((settled, "build as asked"), (mo.OPTIONS, "pilot with holdout")):  # at the border a pilot is worth most
        above = [flip for flip in flip_points(one_by_one(lambda d: mo.net_values(d, CAPPED, options)), draws, traffic, factor=200) if flip.direction == "above"]
        assert (above[0].before, above[0].after) == ("do nothing", after) and above[0].at > 5_000


def test_a_map_drawn_at_once_is_the_map_drawn_cell_by_cell():
    draws, lifts, traffic = drawn(PILOT, 128), [0.0, 0.02, 0.05], [100.0, 400.0]
    slow = decision_map(one_by_one(lambda d: mo.net_values(d, CAPPED)), draws, "module_lift", lifts, "new_readers_per_month", traffic)
    fast = decision_map(at_once(lambda d, sets: mo.net_values(d, CAPPED, sets=sets)), draws, "module_lift", lifts, "new_readers_per_month", traffic)
    np.testing.assert_allclose(fast.worth, slow.worth)
    assert len(set(fast.winner.ravel())) > 1


def test_learners_may_add_and_edit_options():
    mix = mo.MarketingOption("content, module in month 9", content_from=0, module_from=9)
    values = mo.net_values(drawn(count=256), GROWING, (*mo.OPTIONS, mix))
    assert list(values) == [*(option.name for option in mo.OPTIONS), mix.name]
    assert sum(probability_best(values).values()) == pytest.approx(1)


def test_a_pilot_without_anything_to_choose_is_refused():
    with pytest.raises(Refusal, match="nothing is left to choose"):
        mo.net_values(drawn(count=64), GROWING, [mo.MarketingOption("pilot", pilot=True)])
    with pytest.raises(Refusal, match="nothing is left to choose"):
        mo.net_values(drawn(count=64), replace(GROWING, pilot_months=30))


def test_same_seed_same_numbers_and_parts_do_not_matter():
    draws = drawn(count=1100)  # more than one part
    whole = mo.net_values(draws, GROWING)
    half = mo.net_values({name: values[:700] for name, values in draws.items()}, GROWING)
    np.testing.assert_array_equal(whole["content first"][:700], half["content first"])
    np.testing.assert_array_equal(whole["pilot with holdout"], mo.net_values(draws, GROWING)["pilot with holdout"])
