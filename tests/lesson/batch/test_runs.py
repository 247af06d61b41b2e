"""Runs side by side: what drives a finding is found again where it was planted, and a table that isn't one is refused."""

import numpy as np
import pandas as pd
import pytest

from helpers.batch.results import Result, write
from helpers.intake.parameters import Parameter
from helpers.intake.refusal import Refusal
from helpers.lesson.batch import compare
from helpers.lesson.batch.runs import open_runs, runs_of

DECLARED = [Parameter("strong", 0.0, "share of 1", ""), Parameter("curved", 0.0, "CNY", ""), Parameter("idle", 0.0, "months", ""), Parameter("kind", "a", "name", ""), Parameter("still", 3, "x", "")]
NOTHING = {"decision": "", "finding": ""}


def _planted(folder, count=240, seed=3):
    """A table of runs whose number rests on `strong` and on the square of `curved`, and whose decision on `strong` alone."""
    rng = np.random.default_rng(seed)
    results = []
    for number in range(count):
        strong, curved, idle = (float(value) for value in rng.uniform(-1, 1, 3))
        value = 3 * strong + 2 * curved**2 + rng.normal(0, 0.1)
        findings = [{"name": "value_build", "value": value, "unit": "CNY"}, {"name": "same", "value": "x", "unit": "text"}, {"name": "choice", "value": "build" if strong > 0.2 else "<wait>", "unit": "text"}]
        results.append(Result(f"r{number}", f"run {number}", {"strong": strong, "curved": curved, "idle": idle, "kind": "ab"[number % 2]}, findings))
    write(iter(results), DECLARED, folder)
    return folder / "results.parquet"


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    return runs_of(pd.read_parquet(_planted(tmp_path_factory.mktemp("planted"))), NOTHING)


def test_what_varies_and_what_differs_is_told_apart(planted):
    assert list(planted.parameters) == ["strong", "curved", "idle", "kind"] and planted.decisions == ["choice"]
    assert planted.decision == "choice" and planted.finding == "value_build" and len(planted.numbers) == 240


def test_drivers_are_found_where_they_were_planted_curved_ones_too(planted):
    shares = planted.accounts_for(planted.numbers["value_build"])
    assert list(shares.index[:2]) == ["strong", "curved"] and shares["strong"] > 0.75 and 0.05 < shares["curved"] < 0.2
    assert shares[["idle", "kind"]].max() < 0.03
    decides = planted.accounts_for(planted.texts["choice"])
    assert decides.index[0] == "strong" and decides["strong"] > 0.8 and decides.drop("strong").max() < 0.05


def test_the_share_of_a_grouped_number_is_that_of_analysis_of_variance(planted):
    """Against epsilon squared from scipy's F: 1 - within mean square over total mean square."""
    from scipy.stats import f_oneway

    values, kind = planted.numbers["value_build"].to_numpy(), planted.parameters["kind"].to_numpy()
    statistic = f_oneway(values[kind == "a"], values[kind == "b"]).statistic
    n, k = len(values), 2
    epsilon = max(0.0, (statistic - 1) * (k - 1) / (statistic * (k - 1) + n - k))
    assert planted.accounts_for(planted.numbers["value_build"])["kind"] == pytest.approx(epsilon)


def test_pictures_say_in_numbers_what_they_show(planted):
    assert compare.decisions(planted).numbers.keys() == {"build", "<wait>"}
    assert "strong" in compare.drivers_of_decision(planted).title and compare.drivers(planted).numbers["idle"] in ("0%", "1%", "2%")
    assert compare.decision_map(planted).title == "Choice over strong and curved" or "strong" in compare.decision_map(planted).title
    assert "&lt;wait&gt;" in compare.decisions(planted).html() and "<wait>" not in compare.decisions(planted).html()
    assert compare.spread(planted).numbers["middle"].startswith(("CNY", "minus CNY")) and len(compare.extremes(planted).frame) == 6
    assert len(compare.contents(planted).frame) == 4


def test_runs_that_differ_in_nothing_are_told_as_such(tmp_path):
    write(iter([Result("r", "only", {}, [{"name": "choice", "value": "build", "unit": "text"}])]), DECLARED, tmp_path)
    one = runs_of(pd.read_parquet(tmp_path / "results.parquet"), NOTHING)
    for show in (compare.decisions, compare.drivers_of_decision, compare.decision_map, compare.drivers, compare.spread, compare.extremes):
        assert repr(show(one)).startswith(("All runs", "No ", "A map needs"))


@pytest.mark.parametrize(("change", "said"), [({"decision": "chioce"}, "no finding of that kind is called 'chioce'"), ({"finding": "x"}, "called 'x'")])
def test_a_finding_that_is_not_there_is_refused(change, said, planted):
    runs = runs_of(pd.DataFrame({"run": ["r"], "scenario": ["s"], "kind": ["finding"], "name": ["choice"], "value": [None], "text": ["a"], "unit": ["text"]}), NOTHING | change)
    with pytest.raises(Refusal, match=said):
        getattr(runs, next(iter(change)))


def test_another_file_is_refused(tmp_path):
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "x.parquet")
    (tmp_path / "y.parquet").write_text("no")
    for name in ("x", "y", "z"):
        with pytest.raises(Refusal, match="table of results"):
            open_runs({"results": str(tmp_path / f"{name}.parquet"), "In": ["results = 'x'"]})


def test_the_shipped_table_is_that_of_the_shipped_scenarios(root):
    from helpers.batch.scenarios.expand import scenarios

    there = scenarios(root / "data" / "batch" / "marketing_sample.yaml")
    runs = open_runs({"results": "", "decision": "", "finding": ""})
    assert {one.name for one in there.scenarios} == set(runs.parameters.index) and set(there.varied) == set(runs.parameters)
