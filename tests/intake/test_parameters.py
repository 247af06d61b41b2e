"""Parameters: unknown names, wrong types and values out of range are refused by name; the cell is one literal a line."""

import ast

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from helpers.intake.parameters import Parameter, cell, check, given_in
from helpers.intake.refusal import Refusal

DECLARED = [
    Parameter("horizon_months", 24, "months", "over which money is counted", 6, 60),
    Parameter("module_lift", 0.004, "share", "registrations that the module adds", 0, 0.1),
    Parameter("time_zone", "Asia/Shanghai", "zone", "where the readers live"),
    Parameter("cluster", "salesperson", "column", "what shares its luck", choices=("salesperson", "article")),
    Parameter("strict", True, "yes or no", "refuse rather than set aside"),
]


def test_what_is_not_given_is_the_default():
    assert check({}, DECLARED) == {"horizon_months": 24, "module_lift": 0.004, "time_zone": "Asia/Shanghai", "cluster": "salesperson", "strict": True}


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [("horizon_months", "36", 36), ("horizon_months", 36.0, 36), ("module_lift", "1e-2", 0.01), ("module_lift", 0, 0.0), ("strict", "false", False), ("time_zone", "001", "001")],
)
def test_text_is_converted_by_the_declared_type(name, value, wanted):
    found = check({name: value}, DECLARED)[name]
    assert found == wanted and type(found) is type(wanted)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("horizon_months", 5, "from 6 to 60"),
        ("horizon_months", 6.5, "a whole number"),
        ("horizon_months", "six", "'six'"),
        ("horizon_months", True, "True"),
        ("module_lift", float("nan"), "nan"),
        ("module_lift", None, "None"),
        ("cluster", "region", "one of salesperson, article"),
        ("strict", "maybe", "True or False"),
        ("time_zone", 8, "text"),
        ("horizn_months", 12, "did you mean 'horizon_months'?"),
        ("zzz", 12, "there is no parameter 'zzz'"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(name, value, said):
    with pytest.raises(Refusal) as refused:
        check({name: value}, DECLARED)
    assert name in str(refused.value) and said in str(refused.value)


def test_all_faults_are_named_at_once():
    with pytest.raises(Refusal, match="(?s)cluster.*horizon_months"):
        check({"cluster": "x", "horizon_months": 0}, DECLARED)


def test_the_cell_is_literals_one_per_line_with_type_unit_and_range():
    lines = cell(DECLARED).splitlines()
    assert lines[0] == "horizon_months: int = 24  # months, 6 to 60: over which money is counted"
    assert [ast.literal_eval(ast.parse(line).body[0].value) for line in lines] == [p.default for p in DECLARED]


def test_a_misspelt_injected_name_is_found_whoever_ran_the_notebook():
    names = {"In": ["", cell(DECLARED), "# Parameters\nhorizn_months = 12\n"], "horizn_months": 12, **{p.name: p.default for p in DECLARED}}
    assert given_in(names, DECLARED)["horizn_months"] == 12


def test_a_mended_cell_is_not_held_against_its_user():
    names = {"In": ["", cell(DECLARED) + "\ntypo = 1", cell(DECLARED), "mine = 3"], "typo": 1, "mine": 3, **{p.name: p.default for p in DECLARED}}
    assert set(given_in(names, DECLARED)) == {p.name for p in DECLARED}


@for_all(st.one_of(st.integers(), st.floats(), st.text(), st.none(), st.booleans(), st.lists(st.integers())))
def test_any_value_is_used_in_range_or_refused(value):
    try:
        used = check({"horizon_months": value}, DECLARED)["horizon_months"]
    except Refusal:
        return
    assert type(used) is int and 6 <= used <= 60


def test_a_password_never_gets_into_a_notebook():
    declared = [Parameter("log_file", "", "a file or an address", "the log")]
    with pytest.raises(Refusal, match="'log_file' holds a password.*give env:SHOP_LOG") as refused:
        check({"log_file": "postgresql://casebook:s3cr3t@host/shop"}, declared)
    assert "s3cr3t" not in refused.value.words()
    assert check({"log_file": "postgresql://casebook@host/shop"}, declared)["log_file"].endswith("shop")
