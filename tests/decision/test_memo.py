"""The memo: sentences follow from the winner, one page holds it, and nothing that was typed gets through unescaped."""

import re
from dataclasses import replace

import numpy as np
import pytest

from helpers.decision import memo as m
from helpers.decision.ledger import Claim, judge
from helpers.decision.memo_text import markdown, page
from helpers.decision.sensitivity import Flip
from helpers.decision.uncertainty import Assumption
from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal

LONG = "of the many things that might be said about it in a hurry, hardly any would be missed by a reader who is short of time; " * 4
BRIEF = m.Brief("A module?", "Operations asks for a module.", "build", ("New readers are {new}.", "Nobody measured {nothing}."),
                {"wait": (m.Step("Product", "keeps watching", "in May"),), "*": (m.Step("Product", "does it", "now"),)})
FINDINGS = {"new": Estimate(0.27, 0.24, 0.3, "share")}
DRAWS = np.random.default_rng(1).normal(0, 1, 4000)
DRAWS -= DRAWS.mean()
WAITING = {"wait": 20_000 + 1000 * DRAWS, "build": -90_000 + 5000 * DRAWS, "pilot": 0 * DRAWS}
FLIP = Flip("traffic", 1000.0, "above", "wait", "build", 270.0, "people", "new readers a month", False)


def composed(values=WAITING, **more):
    return m.compose(BRIEF, FINDINGS, (judge(Claim("Everybody reads", "boss", (), "share", "new > 0.5"), FINDINGS),), values, "24 months", **more)


def test_sentences_follow_the_winner():
    waits = composed()
    assert waits.recommendation == ("Wait. Over 24 months it is expected to bring CNY 20,000 (80 % range 18,700 to 21,300) against doing nothing, and CNY 20,000 "
                                    "more than the next best, pilot. The request as it was made (build) is expected to lose CNY 90,000.")
    assert waits.next_steps[0].what == "keeps watching"
    builds = composed({"wait": 0 * DRAWS, "build": 30_000 + 1e5 * DRAWS})
    assert builds.recommendation.startswith("Build.") and "as it was made" not in builds.recommendation
    assert builds.next_steps[0].what == "does it"
    assert waits.confidence[0].startswith("Confidence is high") and builds.confidence[0].startswith("Confidence is low")


def test_doing_nothing_is_told_as_such():
    text = composed({"do nothing": 0 * DRAWS, "build": -1000 + DRAWS}).recommendation
    assert text.startswith("Do nothing. No option is expected to pay within 24 months, and CNY 1,000 more")


def test_status_quo_quotes_findings_and_leaves_out_what_is_missing():
    assert composed().status_quo == ("New readers are 27.0 % (24.0 to 30.0).",)


def test_measure_next_names_the_most_valuable_unknown_or_none():
    assumptions = (Assumption("lift", 0.1, 0.2, "share", "the module's lift"),)
    assert "Measure next: the module's lift" in composed(worth_knowing={"x": 1.0, "lift": 5.0}, assumptions=assumptions).confidence[2]
    assert "No single unknown" in composed(worth_knowing={"lift": 0.0}).confidence[2]


def test_an_option_that_wins_by_losing_less_is_told_as_such():
    seldom = {"bold": np.where(np.arange(4000) < 2400, 1000.0, -5000.0), "careful": np.where(np.arange(4000) < 2400, 500.0, -100.0)}
    told = composed(seldom).confidence
    assert "in 40 % of the futures drawn it does better than its closest rival, bold" in told[0]
    assert told[1] == "It wins less often but loses less: in its worst tenth it is below minus CNY 100, bold below minus CNY 5,000."


def test_flips_of_the_winner_only_and_one_that_leads_to_the_request():
    others = [replace(FLIP, name=f"u{i}", meaning=f"unknown {i}", after="pilot") for i in range(6)]
    told = composed(flips=[*others, FLIP, replace(FLIP, before="build")]).flips
    assert len(told) == m.MOST["flips"]
    assert told[-1] == "New readers a month above 1,000 people (taken as 270 people): build."
    assert composed(flips=[replace(FLIP, before="build")]).flips[0].startswith("No single unknown")
    assert "within the range believed" in composed(flips=[replace(FLIP, within_range=True)]).flips[0]


def test_assumptions_are_told_and_measured_ones_are_not():
    told = composed(assumptions=[Assumption("a", 800, 2600, "CNY", "upkeep"), Assumption("b", 1, 2, basis="measured")]).assumptions
    assert told == ("Upkeep: CNY 800 to 2,600.",)


def crowded(**more):
    many = [f"{i} {LONG}" for i in range(20)]
    claims = tuple(judge(Claim(f"{i} {LONG}", "boss", (), "m", "new > 0.5"), FINDINGS) for i in range(12))
    brief = replace(BRIEF, question=LONG[:180], status_quo=tuple(many), next_steps={"*": tuple(m.Step("Product and operations", LONG[:80], "monthly") for _ in range(9))})
    values = {f"option number {i}, a mix of several": 1000 * i + DRAWS for i in range(9)}
    flips = [replace(FLIP, before="option number 8, a mix of several", after="option number 3, a mix of several", meaning=LONG[:90]) for _ in range(9)]
    assumptions = [Assumption(f"a{i}", 100, 200, "CNY", LONG[:100]) for i in range(20)]
    return m.compose(brief, FINDINGS, claims, values, "24 months", flips=flips, assumptions=assumptions, cannot_answer=many, notes=many, **more)


def test_a_crowded_memo_is_cut_to_one_page_and_says_so():
    full = crowded(picture=m.Picture(b"png", "what it shows"))
    assert m.lines(full) <= m.LINES
    assert full.left_out["claims"] >= 5 and "more in the notebook" in markdown(full) and "more in the notebook" in page(full)
    assert all(len(line) <= m.LONGEST + 2 for part in (full.flips, full.status_quo, full.notes) for line in part)
    assert full.flips and full.claims and full.next_steps and full.cannot_answer


def test_a_short_memo_keeps_everything():
    assert not composed(flips=[FLIP], cannot_answer=["x"]).left_out


NASTY = "<script>alert('1')</script> | **bold** `code` & \"quote\" [link](http://x)"


def test_whatever_people_typed_is_escaped():
    values = {NASTY: 1 + DRAWS, "b": DRAWS}
    brief = replace(BRIEF, title=NASTY, question=NASTY, next_steps={"*": (m.Step(NASTY, NASTY, NASTY),)})
    nasty = m.compose(brief, {}, (judge(Claim(NASTY, "", (), NASTY), {}),), values, NASTY, notes=[NASTY], cannot_answer=[NASTY],
                      assumptions=[Assumption(NASTY, 1, 2, NASTY, NASTY)], picture=m.Picture(b"x", NASTY))
    html, text = page(nasty), markdown(nasty)
    assert "<script" not in html and 'alt="&lt;script&gt;' in html
    assert "<script" not in text and "**bold**" not in text and " | **" not in text
    assert all(line.count(" | ") <= 4 for line in text.splitlines() if line.startswith("| "))


def test_page_needs_nothing_from_outside_and_tells_by_words():
    html = page(composed(picture=m.Picture(b"\x89PNG", "content first is worth most")))
    assert not re.search(r"(?:src|href)=\"(?!data:)|url\(|@import|https?://", html)
    assert 'alt="content first is worth most"' in html and "@page { size: A4" in html
    assert "✗ contradicted" in html and '<th scope="col">Status</th>' in html and '<html lang="en">' in html


def test_briefs_are_read_and_refused_in_words(tmp_path, root):
    for case in ("marketing", "paperwork"):
        brief = m.read_brief(root / "data" / "requests" / f"{case}_memo.yaml")
        assert "*" in brief.next_steps and all(2 < len(steps) <= m.MOST["next_steps"] for steps in brief.next_steps.values())
    path = tmp_path / "memo.yaml"
    path.write_text("title: a\n", encoding="utf-8")
    with pytest.raises(Refusal, match="it lacks asked, next_steps"):
        m.read_brief(path)
    path.write_text("{title: a, question: b, asked: c, status_quo: [], next_steps: {x: [[who, what]]}}", encoding="utf-8")
    with pytest.raises(Refusal, match="three parts"):
        m.read_brief(path)
