"""A log opened: by the mapping given, by the one beside it, by known names; nothing guessed in silence."""

import pytest

from helpers.intake.columns.log_source import LogSource, open_log
from helpers.intake.reading.table import Options
from helpers.intake.refusal import Refusal

CHINESE = "时间,用户,行为\n2026-03-01 08:00,u1,read\n2026-03-01 09:00,u2,read\n"


@pytest.fixture
def written(tmp_path):
    def write(text, name="log.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def _open(path, **source):
    return open_log(path, LogSource(**source), "marketing")


def test_certain_names_are_used_and_said(written):
    table = _open(written(CHINESE)).table
    assert list(table.frame.columns) == ["time", "person", "event"] and table.place(2, "time") == "log.csv, row 2, column '时间'"
    assert "column '时间' taken for time: its name is known" in table.notes


def test_what_is_not_certain_is_refused_with_a_mapping_to_paste(written):
    path = written("wann,wer,was\n2026-03-01 08:00,u1,open\n" + "2026-03-01 09:00,u2,open\n2026-03-01 09:00,u2,share\n" * 9)
    with pytest.raises(Refusal) as refusal:
        _open(path)
    text = refusal.value.words()
    assert "'time' and 'event'" in text and "log.mapping.yaml: time: wann, event: was" in text and "the columns are: wann, wer, was" in text
    table = _open(path, column_map="time: wann, event: was").table
    assert {"time", "event"} <= set(table.frame.columns)


def test_a_given_mapping_is_taken_whole(written):
    table = _open(written(CHINESE), column_map="time: 时间, event: 行为").table
    assert list(table.frame.columns) == ["time", "event", "用户"] and not any("known" in note for note in table.notes)


def test_a_mapping_file_beside_the_log_is_found_and_said(written):
    path = written("a;b;c\n04/05/2026;u1;read\n")
    written("columns: {time: a, person: b, event: c}\nevents: {read: open}\nreading: {date_order: day first, header: '1'}\n", "log.mapping.yaml")
    opened = _open(path)
    assert list(opened.table.frame.columns) == ["time", "person", "event"] and "mapping file log.mapping.yaml" in opened.table.notes
    assert opened.file.events == {"read": "open"} and opened.source.date_order == "day first" and opened.source.options.header == "1"


def test_parameters_go_before_the_mapping_file(written):
    path = written("a,b,c\n04/05/2026,u1,read\n")
    written("columns: {time: b}\nreading: {date_order: day first, delimiter: ';'}\n", "kept.yaml")
    opened = _open(path, column_map="time: a, event: c", mapping_file=str(path.with_name("kept.yaml")), date_order="month first", options=Options(delimiter=","))
    assert opened.table.mapping == {"time": "a", "event": "c"} and opened.source.date_order == "month first"


def test_a_mapping_file_that_says_what_nobody_knows_is_refused(written):
    path = written(CHINESE)
    written("reading: {colour: blue}\n", "log.mapping.yaml")
    with pytest.raises(Refusal, match="'colour' says nothing about reading"):
        _open(path)


def test_a_name_that_is_none_of_ours_is_refused(written):
    with pytest.raises(Refusal, match="'reader' is no column of this case"):
        _open(written(CHINESE), column_map="reader: 用户")
