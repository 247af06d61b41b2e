"""The claims ledger: a status follows from the rule and the intervals, and from nothing else."""

from math import nan
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.decision.ledger import Claim, judge, ledger, read_claims
from helpers.decision.memo import read_brief
from helpers.evidence.estimate import Estimate
from helpers.evidence.findings import read_entries
from helpers.intake.refusal import Refusal

FINDINGS = {
    "share": Estimate(0.27, 0.24, 0.30, "share"),
    "wait": Estimate(10, 8, 12, "h"),
    "touch": Estimate(2, 1.8, 2.2, "h"),
    "believed": Estimate(5, 1, 9, "CNY", "assumed"),
    "played": Estimate(5, 4, 6, "clients", "simulated"),
    "blank": Estimate(nan, nan, nan, "share"),
    "words": "some text",
}


def status(rule, findings=FINDINGS):
    return judge(Claim("c", "", (), "m", rule), findings).status


@pytest.mark.parametrize("rule, expected", [
    ("share >= 0.2", "measured"),
    ("share >= 0.5", "contradicted"),
    ("share >= 0.25", "nobody knows"),  # the interval lies on both sides
    ("share <= 0.3", "measured"),
    ("share < 0.3", "nobody knows"),
    ("share > 0.3", "contradicted"),
    ("wait > 3 * touch", "measured"),
    ("wait > 8 * touch", "contradicted"),
    ("wait > 5 * touch", "nobody knows"),
    ("0.5 <= share", "contradicted"),
    ("0.1 * wait <= touch", "measured"),
    ("share >= 0.2 and wait > 20", "contradicted"),
    ("share >= 0.2 and share >= 0.25", "nobody knows"),
    ("believed > 0", "assumed"),
    ("believed > 100", "assumed"),  # no range that is merely believed contradicts anybody
    ("played > 3", "assumed"),  # borne out in a simulation only
    ("played > 9", "contradicted"),
    ("unheard_of > 1", "nobody knows"),
    ("blank > 0", "nobody knows"),
    ("words > 0", "nobody knows"),
    ("", "nobody knows"),
])
def test_status_is_computed(rule, expected):
    assert status(rule) == expected


@given(st.floats(-100, 100), st.floats(0, 50), st.floats(0, 50), st.integers(-100, 100))
def test_status_changes_with_the_finding_and_only_when_the_interval_clears_the_threshold(value, below, above, threshold):
    found = {"x": Estimate(value, value - below, value + above)}
    got = status(f"x >= {threshold}", found)
    expected = "measured" if value - below >= threshold else "contradicted" if value + above < threshold else "nobody knows"
    assert got == expected
    opposite = {"measured": "contradicted", "contradicted": "measured", "nobody knows": "nobody knows"}[got]
    assert status(f"x < {threshold}", found) == opposite


def test_reason_names_finding_number_and_need():
    judged = judge(Claim("Forwards reach new people", "operations", (), "new share", "share >= 0.5"), FINDINGS)
    assert judged.reason == "share 27.0 % (24.0 to 30.0); it takes at least 50.0 %"
    assert judge(Claim("c", "", (), "m", "0.5 <= share"), FINDINGS).reason == judged.reason
    assert judged.evidence == ("share",)
    assert judge(Claim("c", "", (), "m", "unheard_of > 1"), FINDINGS).reason == "not measured: unheard of"
    assert "no metric" in judge(Claim("c", "", (), "m"), FINDINGS).reason
    two = judge(Claim("c", "", (), "m", "wait > 8 * touch"), FINDINGS)
    assert two.reason == "wait 10.0 h (8.00 to 12.0) against touch 2.00 h (1.80 to 2.20); it takes more than 8 times"


@pytest.mark.parametrize("rule", ["share", "share >> 2", "share >= fifty percent", "__import__('os')", "share == 1", "share >= 0.5 or share < 2"])
def test_rules_that_cannot_be_read_are_refused(rule):
    with pytest.raises(Refusal, match="can't be read"):
        status(rule)


def test_claims_are_read_and_refused_in_words(tmp_path):
    path = tmp_path / "claims.yaml"
    path.write_text("- claim: a\n  metric: b\n  whys: [c, d]\n  rule: share > 0.2\n", encoding="utf-8")
    claim, = read_claims(path)
    assert (claim.whys, claim.findings) == (("c", "d"), ("share",))
    for text, words in [("a: 1", "not a list"), ("- claim: a", "needs 'claim' and 'metric'"), ("- {claim: a, metric: b, status: measured}", "needs"),
                        ("- {claim: a, metric: b, rule: 'x ~ 2'}", "can't be read")]:
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Refusal, match=words):
            read_claims(path)


@pytest.mark.parametrize("case", ["marketing", "paperwork"])
def test_shipped_claims_are_read_with_whys_and_metrics(root, case):
    claims = read_claims(root / "data" / "requests" / f"{case}_claims.yaml")
    assert len(claims) >= 6 and all(claim.whys and claim.metric and claim.said_by for claim in claims)
    assert {judged.status for judged in ledger(claims, {})} == {"nobody knows"}  # nothing measured, nothing known


@pytest.mark.parametrize("case", ["marketing", "paperwork"])
def test_claims_and_memo_name_only_documented_findings(root, case):
    documented = set(read_entries(root / "data" / case / "findings.csv"))
    claims = read_claims(root / "data" / "requests" / f"{case}_claims.yaml")
    brief = read_brief(root / "data" / "requests" / f"{case}_memo.yaml")
    in_memo = {name for sentence in brief.status_quo for _, name, _, _ in Formatter().parse(sentence) if name}
    assert {name for claim in claims for name in claim.findings} | in_memo <= documented
