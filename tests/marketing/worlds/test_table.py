"""The table of all readings kept beside the data: written by this code, with these settings, and telling the story that the case tells."""

import csv

import pytest

from helpers.intake.refusal import Refusal
from helpers.marketing.worlds import table
from helpers.marketing.worlds.readings import RECOMMENDED, WAYS
from helpers.marketing.worlds.tool import Tool


@pytest.fixture(scope="module")
def folder(root):
    return root / "data" / "marketing"


@pytest.fixture(scope="module")
def kept(folder):
    return table.read(folder)


def test_one_setting_computed_again_is_the_same_to_the_last_digit(folder):
    tool = Tool(confounding=1.0, two_way=0.8, module_effect=0.6)
    with open(folder / table.TABLE, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(float(row[name]) == getattr(tool, name) for name in table.GRID)]
    assert rows == table.rows([tool], seed=int(rows[0]["seed"]))


def test_the_whole_grid_is_there_and_the_default_tool_within(kept):
    assert len(kept) == len(table.settings()) * len(WAYS) == 132
    assert kept["worlds"].min() >= 200
    default = Tool()
    assert list(table.at(kept, default.confounding, default.two_way, default.module_effect)["reading"]) == list(WAYS)


def test_every_column_is_in_the_dictionary(folder):
    with open(folder / "columns.csv", encoding="utf-8", newline="") as file:
        meant = [(row["table"], row["column"]) for row in csv.DictReader(file)]
    for name in ("worlds", "worlds_settings"):
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [column for place, column in meant if place == name]


def test_the_recommended_reading_covers_in_every_setting(kept):
    ours = kept[kept["reading"] == RECOMMENDED]
    assert ours["coverage_high"].between(0.93, 0.99).all() and ours["coverage_low"].between(0.88, 0.97).all()
    others = kept[kept["reading"].isin(["viewers", "before_after"])]
    assert others["coverage"].max() < 0.75


def test_writing_is_the_same_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "WORLDS", 3)
    monkeypatch.setattr(table, "GRID", {"confounding": (0.0,), "two_way": (0.8,), "module_effect": (0.6,)})
    texts = []
    for _ in range(2):
        table.write(tmp_path, seed=9)
        texts.append((tmp_path / table.TABLE).read_bytes())
    assert texts[0] == texts[1] and texts[0].count(b"\n") == len(WAYS) + 1 and b"\r" not in texts[0]


def test_a_table_of_another_simulator_is_refused(folder, tmp_path):
    (tmp_path / table.TABLE).write_bytes((folder / table.TABLE).read_bytes())
    (tmp_path / table.SETTINGS).write_text((folder / table.SETTINGS).read_text(encoding="utf-8").replace("icc,0.01", "icc,0.02"), encoding="utf-8")
    with pytest.raises(Refusal, match="another value of icc"):
        table.read(tmp_path)


def test_what_is_not_there_is_refused(kept, tmp_path):
    with pytest.raises(Refusal, match="is missing"):
        table.read(tmp_path)
    with pytest.raises(Refusal, match="wasn't computed beforehand"):
        table.at(kept, 0.5, 0.8, 0.6)
