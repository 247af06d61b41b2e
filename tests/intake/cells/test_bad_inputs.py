"""Whatever cells hold ends in the right facts or in a refusal in words, with row, column and remedy: never in a traceback, never in a wrong number.

The inputs stand in tests/intake/bad_inputs/cells, a module a kind: name; content, of a share log; beside, its mapping file; how, column_map,
event_map: what is said of reading it; and what must come: times (UTC), people (None: nobody), aside (reason -> rows), says (in the notes), veiled
(values that may show nowhere) or, in refused, words of the refusal.
"""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pandas as pd
import pytest

from helpers.intake.columns.log_source import LogSource
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.refusal import Refusal
from helpers.marketing.log import load_log


def _inputs(file: Path) -> list[dict]:
    spec = spec_from_file_location(file.stem, file)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.INPUTS


INPUTS = [given for file in sorted((Path(__file__).parents[1] / "bad_inputs" / "cells").glob("*.py")) for given in _inputs(file)]


def _load(given: dict, folder: Path):
    (folder / "log.csv").write_text(given["content"], encoding="utf-8")
    if "beside" in given:
        (folder / "log.mapping.yaml").write_text(given["beside"], encoding="utf-8")
    veil = Pseudonyms(b"k" * 32) if "veiled" in given else None
    return load_log(folder / "log.csv", given.get("column_map", ""), given.get("event_map", ""), how=LogSource(**given.get("how", {})), pseudonyms=veil)


def test_there_are_enough_of_them():
    assert len(INPUTS) >= 50 and len({given["name"] for given in INPUTS}) == len(INPUTS)


@pytest.mark.parametrize("given", INPUTS, ids=lambda given: given["name"].replace(" ", "_"))
def test_the_right_facts_or_a_refusal(tmp_path, given):
    if "refused" in given:
        with pytest.raises(Refusal) as refusal:
            _load(given, tmp_path)
        assert [words for words in given["refused"] if words not in refusal.value.words()] == [], refusal.value.words()
        assert refusal.value.remedy and len(refusal.value.words()) < 900
        return
    log = _load(given, tmp_path)
    if "times" in given:
        assert [time.isoformat() for time in log.events["time"]] == given["times"]
    if "people" in given:
        assert [None if pd.isna(who) else who for who in log.events["person"]] == given["people"]
    assert given.get("says", "") in "; ".join(log.report.notes)
    assert {aside.reason: aside.rows for aside in log.report.set_aside if "another event" not in aside.reason} == given.get("aside", {})
    shown = log.events.to_csv() + repr(log.report) + repr(log.report.oddities)
    assert [value for value in given.get("veiled", []) if value in shown] == []
