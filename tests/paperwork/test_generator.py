"""The shipped log is what the generator writes, byte for byte; it is as large and as flawed as it should be; the dictionary knows its columns."""

import pandas as pd
import pytest

from helpers.intake.dictionary import read_dictionary
from helpers.paperwork.generator import FOLDER, SEED, generate, write
from helpers.paperwork.hours import office_calendar
from helpers.paperwork.planted.office import Office


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "events.csv", dtype=str, keep_default_na=False)


def test_byte_for_byte(tmp_path):
    for path in write(tmp_path):
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


def test_another_seed_is_another_year(tmp_path):
    events, _ = write(tmp_path, seed=SEED + 1)
    assert events.read_bytes() != (FOLDER / "events.csv").read_bytes()


def test_size_and_flaws(events):
    assert events["case"].nunique() >= 1500
    assert events.loc[events["document"] != "", "document"].nunique() >= 8
    assert events.loc[events["resource"].str.startswith("clerk"), "resource"].nunique() == 8
    assert (FOLDER / "events.csv").stat().st_size < 9_000_000
    clerks = events[events["party"] == "clerk"]
    assert 0 < (clerks["resource"] == "").mean() < 0.01 and 0 < (events["end"] == "").mean() < 0.01
    last = events.groupby("case")["activity"].agg(set)
    assert (last.map(lambda seen: "close case" not in seen)).sum() > 30
    assert (events["activity"] == "withdraw").any()


def test_the_dictionary_knows_every_column(events):
    known = read_dictionary("paperwork")
    assert set(events.columns) <= set(known.table("events"))
    for name in ("holidays", "prerequisites"):
        assert set(pd.read_csv(FOLDER / f"{name}.csv").columns) == set(known.table(name))


def test_utilisation_and_communication_are_as_asked_for(truth):
    assert 0.8 <= truth["realised"]["utilisation"] <= 0.88
    assert truth["expected"]["communication_share"] >= 2 / 3
    assert truth["realised"]["communication_share_mean_of_ratios"] >= 2 / 3


def test_clerks_do_one_thing_at_a_time(shipped):
    work = shipped.handlings.dropna(subset=["resource", "end"])
    work = work[work["party"] == "clerk"].sort_values(["resource", "start"], kind="stable")
    before = work.groupby("resource")["end"].shift()
    assert not (work["start"] < before).any()


def test_a_larger_office_serves_sooner():
    """The queue is real: with clerks added, the same clients are served sooner."""
    calendar = office_calendar()
    leads = [generate(SEED, Office(clerks=clerks, clerk_speeds=(1.0,) * clerks), calendar)[1]["realised"]["lead_time"]["office_hours"]["median"] for clerks in (7, 12)]
    assert leads[1] < leads[0]
