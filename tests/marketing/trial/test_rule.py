"""The frozen rule: the same fingerprint everywhere, tampering found, every deviation said."""

from dataclasses import replace

import pytest

from helpers.intake.refusal import Refusal
from helpers.marketing.trial.rule import FrozenRule, Guardrail, Rule, deviations, fingerprint, freeze, thaw

RULE = Rule("registrations per read", 0.01, 13, looks=3, guardrails=(Guardrail("reads", 0.05), Guardrail("forwards", 0.02)))


def test_the_fingerprint_is_that_of_the_canonical_text():
    assert freeze(RULE, "2026-11-22").fingerprint == "953be6f8d17e824a2fb8309fdf3d0afb44ac8b825594d81f799b77d707dca984"
    assert fingerprint(replace(RULE, horizon_weeks=13)) == fingerprint(replace(RULE, horizon_weeks=13.0))


def test_the_date_is_part_of_it_and_must_be_one():
    assert freeze(RULE, "2026-11-22").fingerprint != freeze(RULE, "2026-11-23").fingerprint
    assert freeze(replace(RULE, frozen_on="2026-11-22")) == freeze(RULE, "2026-11-22")
    for day in ("", "22.11.2026"):
        with pytest.raises(Refusal, match="is no date"):
            freeze(RULE, day)


def test_kept_as_text_and_back():
    frozen = freeze(RULE, "2026-11-22")
    assert thaw(frozen.as_json()) == frozen and frozen.intact


@pytest.mark.parametrize("before, after", [("0.01", "0.005"), ("2026-11-22", "2026-11-01"), ("0.05", "0.04"), ("registrations", "clicks")])
def test_tampering_is_found(before, after):
    text = freeze(RULE, "2026-11-22").as_json()
    assert before in text
    with pytest.raises(Refusal, match="changed after it was frozen"):
        thaw(text.replace(before, after))


def test_text_that_is_no_rule_is_refused():
    for text in ("", "{}", '{"rule": 3, "fingerprint": ""}'):
        with pytest.raises(Refusal, match="isn't a frozen rule"):
            thaw(text)


def test_nothing_deviates_where_all_went_by_the_rule():
    assert deviations(freeze(RULE, "2026-11-22"), RULE) == []


def test_every_deviation_is_said():
    run = Rule(
        "clicks", 0.02, 9, 7, "pocock", False, (("control", 0.9), ("module", 0.1)), 0.1, (Guardrail("reads", 0.1), Guardrail("replies", 0.1))
    )
    said = deviations(freeze(RULE, "2026-11-22"), run)
    assert said == [
        "Another metric was read: clicks instead of registrations per read",
        "The smallest effect worth having was moved from 0.01 to 0.02",
        "The test ran 9 weeks instead of 13 (stopped early)",
        "The test was read 7 times instead of 3",
        "The earlier period was not used, otherwise than the rule says",
        "The limits for stopping were pocock instead of obrien_fleming",
        "The arms were split control 0.9, module 0.1 instead of control 0.5, module 0.5",
        "The error allowed was 0.1 instead of 0.05",
        "Guardrails changed: forwards dropped; replies added; reads 0.05 became 0.1",
    ]


def test_a_rule_changed_after_freezing_is_the_first_thing_said():
    frozen = freeze(RULE, "2026-11-22")
    moved = FrozenRule(replace(frozen.rule, minimum_effect=0.001), frozen.fingerprint)
    assert not moved.intact
    assert deviations(moved, RULE)[0].startswith("The rule was changed after it was frozen")


@pytest.mark.parametrize("change", [{"minimum_effect": 0}, {"looks": 0}, {"alpha": 0.6}, {"split": (("a", 1.0),)}, {"guardrails": (Guardrail("reads", 0),)}])
def test_what_no_test_can_be_read_by_is_refused(change):
    with pytest.raises(Refusal, match="the rule of the test"):
        replace(RULE, **change)
