"""The table of a batch: every parameter and finding of every run, exact in Parquet, harmless in CSV; and the page over all runs."""

import csv
import io

import pandas as pd
import pytest

from helpers.batch.index import Line, index, telling
from helpers.batch.results import COLUMNS, Result, write
from helpers.intake.parameters import Parameter

DECLARED = [Parameter("seed", 1, "whole number", "", 0, 9), Parameter("works", True, "yes or no", ""), Parameter("label", "", "text", "")]
FINDINGS = [{"name": "value", "value": 0.1 + 0.2, "low": -1.5, "high": None, "unit": "CNY", "basis": "simulated"}, {"name": "choice", "value": "=cmd|' /C calc'!A0", "unit": "text"}]


@pytest.fixture
def folder(tmp_path):
    results = (Result(f"run-{n}", f"=name {n}", {"seed": n, "label": "+1"}, FINDINGS) for n in range(3))
    assert write(results, DECLARED, tmp_path) == 15
    return tmp_path


def test_parquet_holds_every_value_as_it_is(folder):
    table = pd.read_parquet(folder / "results.parquet")
    assert list(table.columns) == COLUMNS and len(table) == 15
    first = table[table["run"] == "run-2"].set_index("name")
    assert first.loc["value", "value"] == 0.1 + 0.2 and first.loc["value", "low"] == -1.5 and pd.isna(first.loc["value", "high"])
    assert first.loc["choice", "text"] == FINDINGS[1]["value"] and first.loc["seed", "value"] == 2
    assert first.loc["works", "text"] == "True" and first.loc["works", "value"] == 1 and first.loc["label", "text"] == "+1"
    assert list(first["kind"].astype(str)) == ["parameter"] * 3 + ["finding"] * 2 and first.loc["value", "basis"] == "simulated"


def test_in_the_csv_file_no_text_is_a_formula_and_no_digit_is_lost(folder):
    rows = list(csv.DictReader(io.StringIO((folder / "results.csv").read_text(encoding="utf-8"), newline="")))
    assert {row["text"] for row in rows if row["name"] == "choice"} == {"'" + FINDINGS[1]["value"]}
    assert all(not row[column].startswith(("=", "+", "@")) for row in rows for column in ("run", "scenario", "text"))
    assert {float(row["value"]) for row in rows if row["name"] == "value"} == {0.1 + 0.2} and {float(row["low"]) for row in rows if row["name"] == "value"} == {-1.5}


def test_a_table_of_no_runs_has_its_columns(tmp_path):
    assert write(iter(()), DECLARED, tmp_path) == 0
    assert list(pd.read_parquet(tmp_path / "results.parquet").columns) == COLUMNS


def test_the_page_escapes_names_and_links_and_loads_nothing():
    evil = "<script>alert(1)</script>\"'"
    page = index(evil, [Line(evil, "failed", 1.0, evil, {"page": "runs/a b#?/x.html"}, {"seed": evil})], ["seed"], {"table": "results.csv"})
    assert "<script>alert" not in page and page.count("<script>") == 1 and "runs/a%20b%23%3F/x.html" in page
    assert "http" not in page.replace('lang="en"', "") and "src=" not in page and "url(" not in page


def test_what_differs_is_shown_decisions_first():
    runs = [{"same": 1, "number": 1.0, "choice": "build"}, {"same": 1, "number": 2.0, "choice": "wait"}]
    assert telling(runs) == ["choice", "number"]
