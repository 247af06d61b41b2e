"""The event loop by hand: opening hours, batches, luck, giving up, clerks who are away; and the same numbers from the same seed."""

from dataclasses import replace

import numba
import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.hours import Calendar
from helpers.paperwork.office.change import DO_NOTHING, Change, Option
from helpers.paperwork.office.engine.compiled import compiled
from helpers.paperwork.office.engine.loop import luck
from helpers.paperwork.office.engine.run import hours_there, play_options, utilisation
from helpers.paperwork.office.engine.warm import tiny_office
from helpers.paperwork.office.engine.world import Horizon, World, draw_arrivals, replayed, worlds
from helpers.paperwork.office.model import CASE, Arrivals, needs_of
from helpers.paperwork.office.outcome import METRICS, simulate

MONDAY_TO_FRIDAY = Calendar(sessions=((9, 12), (13, 18)), time_zone="UTC")
YEAR = Horizon(2, 52, 2)


def clients_at(*hours: float) -> World:
    """A world of these clients, each with one document."""
    n = len(hours)
    return World(np.array(hours, float), np.ones(n, bool), np.ones(n), 2 * np.arange(n + 1), np.repeat(np.arange(n), 2), np.tile([0, 1], n),
                 np.ones(2 * n, bool), key=1, day_luck=1)  # fmt: skip


def play_one(model, world, horizon=Horizon(0, 3, 0), option=DO_NOTHING):
    return play_options(model, [option], [world], horizon)[0][0]


def test_work_waits_for_the_opening_and_goes_on_after_lunch(queue_model):
    """Four hours of work each, one clerk: who comes at Monday 11:00 is served at 16:00, the next after the night."""
    run = play_one(queue_model(0.1, 4.0, 1, hours=[1.0], calendar=MONDAY_TO_FRIDAY), clients_at(11.0, 12.5, 4 * 24 + 17.0))
    assert run.floor.clients["done"][:-1] == pytest.approx([16.0, 24 + 11.0, 7 * 24 + 13.0])
    assert run.floor.papers["waited"][1::2] == pytest.approx([0.0, 3.0, 0.0]), "from opening after lunch to the first one's end"
    assert run.floor.clients["begun"][:-1] == pytest.approx([11.0, 16.0, 4 * 24 + 17.0])
    away = play_one(queue_model(0.1, 0.5, 1, hours=[1.0], calendar=MONDAY_TO_FRIDAY), clients_at(8.0, 12.5, 20.0))
    assert away.floor.clients["begun"][:-1] == pytest.approx([9.0, 13.0, 24 + 9.0]), "nobody starts before hours, at lunch or after closing"


def test_batches_are_taken_up_on_their_day(queue_model):
    """Filing waits for Friday 14:00; who is ready later that day is filed at once; a holiday on Friday puts it off by a week."""
    office = replace(tiny_office(), batch=4 * 24 + 14.0, sessions=queue_model(1, 1, 1, calendar=MONDAY_TO_FRIDAY).sessions, clerks=9)
    closed = replace(MONDAY_TO_FRIDAY, holidays=("2026-01-09",))
    filed = play_one(office, clients_at(9.0)).floor.clients["done"][0]
    late = play_one(office, clients_at(4 * 24 + 9.0)).floor.clients["done"][0]
    assert filed == pytest.approx(4 * 24 + 15.0), "half an hour of filing and of closing"
    assert 4 * 24 + 15.0 <= late <= 4 * 24 + 18.0
    put_off = replace(office, sessions=queue_model(1, 1, 1, calendar=closed).sessions)
    assert play_one(put_off, clients_at(9.0)).floor.clients["done"][0] == pytest.approx(11 * 24 + 15.0)


def test_who_gives_up_is_never_served(queue_model):
    world = replace(clients_at(9.0, 10.0), stays=np.array([False, True]), returns=np.array([0, 0, 1, 1], bool))
    run = play_one(tiny_office(), world)
    steps = [step.name for step in tiny_office().steps]
    assert run.floor.papers["step"][1] == steps.index("prepare"), "the document stays with its client"
    assert run.floor.papers["handled"][0] == 1 and run.floor.papers["handled"][2] == 2, "opened, and only the other one closed"


def test_clerks_who_are_away(queue_model):
    """Presence of 3/4 takes a quarter of the hours; hours that are open are never over-used."""
    model = replace(queue_model(4.0, 1 / 3, 8, calendar=MONDAY_TO_FRIDAY), presence=0.75)
    (runs,) = play_options(model, [DO_NOTHING], worlds(model, 1, 6, YEAR), YEAR)
    assert np.mean([hours_there(run) for run in runs]) == pytest.approx(0.75 * 8 * 40 * 52, rel=0.01)
    busy = replace(model, clerks=3, arrivals=Arrivals(np.full((7, 24), 7.2)))
    (runs,) = play_options(busy, [DO_NOTHING], worlds(busy, 1, 3, Horizon(1, 12, 0)), Horizon(1, 12, 0))
    assert all(0.97 < utilisation(run) < 1 + 1e-9 for run in runs), "an office that can't keep up is busy all the time, never more"


def test_luck_is_uniform_and_independent():
    """Neighbouring entities, visits, steps and purposes: mean, variance, ties between neighbours, and a chi-square over 64 boxes."""
    drawn = np.array([[luck(np.uint64(7), entity, visit, step, 0) for entity in range(4000)] for visit in (0, 1) for step in (0, 1)])
    assert drawn.mean() == pytest.approx(0.5, abs=0.01) and drawn.var() == pytest.approx(1 / 12, abs=0.003)
    assert np.abs(np.corrcoef(drawn) - np.eye(4)).max() < 0.06
    assert abs(np.corrcoef(drawn[0, :-1], drawn[0, 1:])[0, 1]) < 0.06
    boxes = np.bincount((drawn.ravel() * 64).astype(int), minlength=64)
    assert ((boxes - 250) ** 2 / 250).sum() < 63 + 4 * np.sqrt(2 * 63)


def test_same_seed_same_numbers(queue_model):
    model = queue_model(2.0, 1 / 3, 1, failure=0.1)
    first, again, other = (simulate(replace(model), seed=seed, replications=3, horizon=Horizon(1, 4, 1))[0].runs for seed in (1, 1, 2))
    assert all(np.array_equal(first[name], again[name]) for name in METRICS)
    assert not np.array_equal(first["wait"], other["wait"])


def test_a_document_meets_the_same_luck_under_every_option(shipped_office):
    """With one clerk more, every document fails the same reviews; with better standards, only fewer of them."""
    horizon = Horizon(1, 6, 2)
    better = Option("better", changes=(Change("fewer failures", first_failure=0.5, later_failure=0.5),))
    hired = Option("hire", hires=4)
    (plain,), (more,), (good,) = play_options(shipped_office, [DO_NOTHING, hired, better], worlds(shipped_office, 1, 1, horizon), horizon)
    there = np.isfinite(plain.floor.clients["done"][plain.world.client]) & np.isfinite(more.floor.clients["done"][plain.world.client])
    assert np.array_equal(plain.floor.papers["failed"][there], more.floor.papers["failed"][there])
    assert np.all(good.floor.papers["failed"][there] <= plain.floor.papers["failed"][there])
    assert good.floor.papers["failed"].sum() < 0.7 * plain.floor.papers["failed"].sum()


def test_common_worlds_tell_options_apart(shipped_office):
    """The interval of the difference is far narrower than the difference of independent runs would be."""
    plain, more = simulate(shipped_office, [DO_NOTHING, Option("hire", hires=1)], seed=1, replications=8, horizon=Horizon(4, 26, 4))
    paired = more.difference(plain, "lead_hours_p90")
    apart = np.hypot(*(each.estimate("lead_hours_p90").high - each.estimate("lead_hours_p90").low for each in (plain, more)))
    assert paired.high < 0 and paired.high - paired.low < 0.7 * apart


def test_arrivals_follow_the_profile_and_vary_as_told(queue_model):
    sessions = queue_model(1, 1, 1, calendar=MONDAY_TO_FRIDAY).sessions
    rates = np.zeros((7, 24))
    rates[0, 9], rates[4, 16] = 3.0, 1.0
    drawn = draw_arrivals(Arrivals(rates), sessions, 2.0, np.random.default_rng(1))
    places, counts = np.unique(drawn % 168 // 1, return_counts=True)
    assert places.tolist() == [9, 112] and counts == pytest.approx([312, 104], rel=0.15)
    even = np.where(np.arange(7)[:, None] < 5, 5 / 24, 0) * np.ones((7, 24))
    daily = [np.bincount((draw_arrivals(Arrivals(even, spread), sessions, 1.0, np.random.default_rng(3)) // 24).astype(int), minlength=364)[sessions.open_days]
             for spread in (0.0, 0.5)]  # fmt: skip
    assert daily[0].var() / daily[0].mean() == pytest.approx(1.0, abs=0.3)
    assert daily[1].var() / daily[1].mean() == pytest.approx(3.5, abs=1.0), "Poisson's 1 and 5 x 0.5 of the days' own"


def test_replay_puts_the_logged_clients_first(queue_model):
    (world,) = worlds(queue_model(0.05, 1.0, 1), 1, 1, Horizon(0, 4, 0))
    both = replayed(world, clients_at(3.0, 400.0))
    assert both.arrival[:2].tolist() == [3.0, 400.0] and np.all(np.diff(both.arrival) > 0)
    assert len(both.arrival) == 2 + (world.arrival > 400).sum() and both.paper[-1] == len(both.kind) == len(both.client)


def test_overload_is_refused_not_simulated(queue_model):
    """Trap 6: at utilisation 1 there is no long run to report."""
    with pytest.raises(Refusal, match=r"option 'do nothing'.*utilisation would be 133 %.*At least 3 clerks"):
        simulate(queue_model(8.0, 1 / 3, 2), replications=1)


def test_a_model_that_makes_no_sense_is_refused(queue_model):
    model = queue_model(1, 1, 1)
    for fault in ({"clerks": 0}, {"presence": 0.0}, {"kinds": (CASE, "a", "b")}):
        with pytest.raises(Refusal):
            replace(model, **fault)
    with pytest.raises(Refusal, match="at least one document"):
        needs_of([np.array([1]), np.array([])])


def test_without_a_folder_for_machine_code_it_still_compiles():
    """Code that numba finds no place to keep (here: from no file) is compiled all the same."""
    names = {}
    exec("def doubled(x):\n    return 2 * x", names)
    with pytest.raises(RuntimeError, match="cannot cache"):
        numba.njit(cache=True)(names["doubled"])
    assert compiled(names["doubled"])(21) == 42
