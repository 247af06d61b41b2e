"""The work that clients bring, in the mean: by hand, against the planted truth, and against the simulation."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.office.change import DO_NOTHING, Change, Option, effects
from helpers.paperwork.office.engine.warm import tiny_office
from helpers.paperwork.office.load import load, refuse_overload
from helpers.paperwork.office.outcome import simulate


def test_by_hand():
    """Half an hour per step: open, explain, send, manage, other, review, exception, file, close; half fail once, a fifth of those again."""
    office = replace(tiny_office(), failure=np.array([[0, 0], [0.5, 0.2]]))
    loops = 0.5 / 0.8
    work = load(office)
    assert work.handlings_per_client == pytest.approx(9 + 4 * loops), "a loop is feedback, manage, other and review"
    assert work.hours_per_client == pytest.approx((9 + 4 * loops) / 2)
    assert work.cv2 == pytest.approx(0)


def test_who_gives_up_costs_less():
    """A fifth give up, and half of their documents come back: those stop before closing, the others before being registered."""
    office = replace(tiny_office(), abandoned=0.2, returned=0.5)
    assert load(office).handlings_per_client == pytest.approx(3 + 5 * 0.9 + 0.8)


def test_the_shipped_work_per_client(shipped_office, truth):
    work = load(shipped_office)
    assert work.hours_per_client == pytest.approx(truth["realised"]["clerk_hours_per_client"], rel=0.03)
    assert work.hours_per_client * 60 == pytest.approx(truth["expected"]["clerk_minutes_per_client"], rel=0.05)


def test_simulated_utilisation_is_the_load(shipped_office):
    options = [DO_NOTHING, Option("half", changes=(Change("quick", time=(("explain", 0.5),), adoption=0.5, first_failure=0.6),))]
    for option, outcome in zip(options, simulate(shipped_office, options, seed=3, replications=10)):
        seen, right = outcome.estimate("utilisation", 0.99), outcome.estimate("first_time_right", 0.99)
        better = sum(each.adoption * (1 - each.first_failure) for each in option.changes)
        share = 1 - shipped_office.failure[1:, 0] * (1 - better)
        documents = shipped_office.needs.per_client[1:]
        assert seen.low <= load(shipped_office, option).utilisation <= seen.high
        assert right.low <= (share * documents).sum() / documents.sum() <= right.high


def test_changes_multiply_and_adoption_nests(shipped_office):
    """Whoever adopts the less popular change has adopted the more popular one: 50 % both, 30 % one, 20 % none."""
    popular = Change("popular", time=(("explain", 0.5),), adoption=0.8)
    rare = Change("rare", time=(("explain", 0.5),), adoption=0.5)
    both = Option("both", changes=(popular, rare))
    explain = shipped_office.place("explain")
    assert effects(shipped_office, both).factor[:, 1, explain].tolist() == [1, 0.5, 0.5, 0.25]
    saved = load(shipped_office).hours_per_client - load(shipped_office, both).hours_per_client
    full = load(shipped_office).hours_per_client - load(shipped_office, Option("all", changes=(replace(popular, adoption=1.0),))).hours_per_client
    assert saved == pytest.approx(full * (0.5 * 1.5 + 0.3))


def test_overload_names_the_clerks_that_would_do(shipped_office):
    with pytest.raises(Refusal) as refusal:
        refuse_overload(shipped_office, Option("let three go", hires=-3))
    needed = int(load(shipped_office).erlangs) + 1
    assert f"At least {needed} clerks" in str(refusal.value) and "let three go" in str(refusal.value)
    refuse_overload(shipped_office, Option("just enough", hires=needed - shipped_office.clerks))


@pytest.mark.parametrize("option, words", [
    (Option("x", changes=(Change("y", ("passport",)),)), "no document 'passport'"),
    (Option("x", changes=(Change("y", time=(("dream", 0.5),)),)), "no step 'dream'"),
    (Option("x", hires=-99), "leaves nobody"),
])  # fmt: skip
def test_what_the_office_does_not_have_is_refused(shipped_office, option, words):
    with pytest.raises(Refusal, match=words):
        effects(shipped_office, option)


def test_impossible_effects_are_refused():
    for fault in ({"first_failure": -0.1}, {"adoption": 1.2}, {"time": (("explain", -1),)}):
        with pytest.raises(Refusal, match="change 'x'"):
            Change("x", **fault)
