"""The example's log is what its generator writes, and holds what was planted."""

import numpy as np
import pandas as pd

from helpers.decision.own.generator import FOLDER, SEED, Planted, plant, write
from helpers.intake.dictionary import read_dictionary


def test_byte_for_byte(tmp_path):
    write(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


def test_another_seed_is_another_year():
    assert not plant(SEED + 1).equals(plant(SEED))


def test_what_was_planted_is_there():
    log, planted = plant(), Planted()
    days = (pd.to_datetime(log["returned"]) - pd.to_datetime(log["accepted"])).dt.total_seconds() / 86400
    assert len(log) == planted.repairs and 0 < (log["workshop"] == "").mean() < 0.02 and 50 < (log["returned"] == "").sum() < 400
    assert abs(np.log(days.median() / planted.median_days)) < 0.1
    late = log[days > 20]["calls"].astype(int).mean()
    soon = log[days < planted.patience]["calls"].astype(int).mean()
    assert soon == 0 and late > 2 and ((log["calls"] == "0") == (log["rang"] == "no")).all()


def test_the_dictionary_knows_every_role():
    assert set(read_dictionary("own").table("events")) == {"start", "end", "case", "cluster", "amount"}
