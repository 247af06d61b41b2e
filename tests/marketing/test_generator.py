"""The shipped log: the same bytes from the same seed, realistic, and truly what truth.json says."""

import json

import numpy as np
import pandas as pd
import pytest

from helpers.evidence.clustering import clustered_difference
from helpers.evidence.proportion import newcombe_difference
from helpers.intake.dictionary import read_dictionary
from helpers.marketing import generator
from helpers.marketing.planted import chance

FILES = ("events.csv", "customers.csv", "trial.csv", "truth.json")


@pytest.fixture(scope="module")
def tables(root):
    folder = root / "data" / "marketing"
    return {name: pd.read_csv(folder / f"{name}.csv", dtype="str", keep_default_na=False) for name in ("events", "customers", "trial")}


def test_the_same_seed_writes_the_same_bytes(root, tmp_path):
    generator.write(tmp_path)
    assert {name: (tmp_path / name).read_bytes() == (root / "data" / "marketing" / name).read_bytes() for name in FILES} == dict.fromkeys(FILES, True)


def test_another_seed_writes_another_log():
    assert not generator.plant(1).events.equals(generator.plant(2).events)


def test_only_uniform_numbers_are_drawn():
    class Uniform:
        """NumPy promises that no other method's numbers stay the same from version to version."""

        def __init__(self):
            self.random = np.random.default_rng(7).random

    rng = Uniform()
    for draw in (chance.normal(rng, 9), chance.geometric(rng, 2.0, 9), chance.beta(rng, 0.2, 0.05, 9), chance.choice(rng, [1, 2], 9)):
        assert len(draw) == 9


def test_draws_have_the_moments_that_they_claim():
    rng, size = np.random.default_rng(3), 200_000
    assert chance.normal(rng, size).std() == pytest.approx(1, abs=0.01)
    assert chance.geometric(rng, 1.4, size).mean() == pytest.approx(1.4, abs=0.02)
    share = chance.beta(rng, 0.3, 0.05, size)
    assert share.mean() == pytest.approx(0.3, abs=0.003)
    assert share.var() / (0.3 * 0.7) == pytest.approx(0.05, abs=0.002)
    assert np.bincount(chance.choice(rng, [1, 3], size))[1] / size == pytest.approx(0.75, abs=0.005)


def test_every_column_is_in_the_dictionary(tables):
    dictionary = read_dictionary("marketing")
    assert {name: list(table.columns) for name, table in tables.items()} == {name: [column for column in dictionary.table(name) if column != "id"] for name in tables}


def test_the_log_is_realistic(tables):
    events = tables["events"]
    local = pd.to_datetime(events["time"].replace("", pd.NA), utc=True).dt.tz_convert("Asia/Shanghai")
    publishes = events["event"] == "publish"
    per_salesperson = events.loc[publishes, "salesperson"].value_counts()
    assert len(events) >= 50_000 and len(per_salesperson) >= 200
    assert per_salesperson.head(24).sum() / per_salesperson.sum() > 0.3  # a tenth of them do a third of the publishing
    assert local[publishes].dt.day_of_week.value_counts(normalize=True)[[5, 6]].sum() < 0.2
    assert local[publishes].dt.hour.between(1, 5).mean() < 0.02
    assert (events["person"] == "").sum() > 100 and events.duplicated().sum() > 50 and (events["time"] == "").sum() > 10
    assert (events["person"] == events["salesperson"])[events["event"] == "read"].sum() > 100


def test_a_read_comes_after_its_link_was_sent(tables):
    events = tables["events"][tables["events"]["time"] != ""]
    sent = events[events["event"].isin(["publish", "forward"])].drop_duplicates("share").set_index("share")["time"]
    reads = events[(events["event"] == "read") & events["share"].isin(sent.index)]
    assert (reads["time"].to_numpy() >= sent[reads["share"]].to_numpy()).all()


def test_second_devices_belong_to_people_of_the_log(root, tables):
    second = json.loads((root / "data" / "marketing" / "truth.json").read_text(encoding="utf-8"))["second_devices"]
    assert len(second) > 500 and not set(second) & set(second.values())
    assert len(set(second) & set(tables["events"]["person"])) / len(second) > 0.95


def test_the_pilot_holds_its_planted_effect(tables, truth):
    trial = tables["trial"].astype({"outcome": int, "exposed": int})
    arms = {arm: part.groupby("cluster")["outcome"].agg(["sum", "size"]) for arm, part in trial.groupby("arm")}
    control, module = arms["control"], arms["module"]
    clustered = clustered_difference(control["sum"], control["size"], module["sum"], module["size"])
    naive = newcombe_difference(module["sum"].sum(), module["size"].sum(), control["sum"].sum(), control["size"].sum())
    assert clustered.low < truth("module_effect") < clustered.high
    assert naive[0] > 0 > clustered.low  # what the readme says of the pilot
    assert trial[trial["arm"] == "control"]["exposed"].mean() == pytest.approx(truth("trial_exposed_controls"), abs=0.015)
