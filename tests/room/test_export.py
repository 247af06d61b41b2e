"""The tables that are taken away hold everything, and no formula."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from helpers.room.export import COLUMNS, as_csv, as_xlsx

EVIL = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "=cmd|' /C calc'!A0", "＝1+1", "|x", "%x", '=HYPERLINK("http://x")']


@pytest.fixture
def filled(roster, votes):
    store, team = roster.store, roster.teams()[0].key
    store.commit(team, "share", {"low": 10, "high": 30.5, "why": "新 <b>", "seen": [1, 2]})
    store.reveal(team, "share", {"value": 20})
    votes.open("build")
    votes.cast(roster.teams()[1].key, "build", 1, "Yes")
    return roster


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_everything_is_there_in_both_kinds(filled):
    first, second = read_csv(as_csv(filled))
    assert (first["team"], first["low"], first["high"], first["why"], first["other"], first["outcome"]) == ("1", "10", "30.5", "新 <b>", '{"seen": [1, 2]}', '{"value": 20}')
    assert (second["name"], second["question"], second["round"], second["choice"]) == ("Team 2", "vote: build", "1", "Yes")
    sheet = list(load_workbook(BytesIO(as_xlsx(filled))).active.values)
    assert sheet[0] == tuple(COLUMNS) and sheet[1][5:7] == (10, 30.5) and len(sheet) == 3


@pytest.mark.parametrize("words", EVIL)
def test_what_looks_like_a_formula_stays_text(roster, words):
    team = roster.teams()[0].key
    roster.store.commit(team, "q", {"why": words, "low": words, "choice": words})
    row = read_csv(as_csv(roster))[0]
    assert all(row[name].startswith("'") for name in ("why", "low", "choice"))
    for cell in next(load_workbook(BytesIO(as_xlsx(roster))).active.iter_rows(min_row=2)):
        assert cell.data_type != "f"


def test_a_teams_name_or_a_question_is_no_formula_either(roster):
    team = roster.teams()[0].key
    roster.rename(team, "=1+1")
    roster.store.commit(team, "=2+2", {})
    row = read_csv(as_csv(roster))[0]
    assert (row["name"], row["question"]) == ("'=1+1", "'=2+2")


def test_letters_that_excel_cannot_hold_are_left_out(roster):
    roster.store.commit(roster.teams()[0].key, "q", {"why": "a\0b\x0bc"})
    assert "abc" in next(load_workbook(BytesIO(as_xlsx(roster))).active.iter_rows(min_row=2, values_only=True))
