"""The form that proposes a mapping: filled in from the log, kept whole beside it, and then found by the loader."""

import pytest

from helpers.intake.columns.mapping_file import read_mapping_file
from helpers.lesson.mapping_form import MappingForm, map_columns
from helpers.lesson.say import Said
from helpers.marketing.log import load_log

LOG = "wann,用户,was\n2026-03-01 08:00,a,read_feedback\n2026-03-01 09:00,b,share_request\n" + "2026-03-01 09:00,b,read_feedback\n" * 6


@pytest.fixture
def form(tmp_path):
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    return map_columns("marketing", str(tmp_path / "log.csv"))


def test_it_proposes_and_says_why(form):
    assert {ours: field.value for ours, field in form.columns.items() if field.value} == {"time": "wann", "person": "用户", "event": "was"}
    assert {word: field.value for word, field in form.words.items()} == {"read_feedback": "read", "share_request": "forward"}
    assert "it holds times: please check" in form.box.children[0].children[1].value


def test_what_is_kept_is_found_by_the_loader(form, tmp_path):
    form.button.click()
    assert "Kept in log.mapping.yaml" in form.says.value and 'role="status"' in form.says.value
    log = load_log(tmp_path / "log.csv")
    assert log.events["event"].value_counts().to_dict() == {"read": 7, "forward": 1} and "mapping file log.mapping.yaml" in log.report.notes


def test_another_column_of_events_shows_its_words(form):
    form.columns["event"].value = "用户"
    assert set(form.words) == {"a", "b"}
    form.columns["event"].value = "nowhere"
    assert form.words == {}


@pytest.mark.parametrize(("ours", "value", "words"), [("time", "", "nothing is chosen for time"), ("person", "who", "no column &#x27;who&#x27;")])
def test_what_cannot_be_kept_is_said_and_nothing_is_written(form, tmp_path, ours, value, words):
    form.columns[ours].value = value
    form.button.click()
    assert words in form.says.value and not (tmp_path / "log.mapping.yaml").exists()


def test_a_mapping_kept_before_is_taken_up_with_how_to_read(form, tmp_path):
    (tmp_path / "log.mapping.yaml").write_text("columns: {time: wann, event: was}\nevents: {read: share_request | read_feedback}\nreading: {nobody: '-'}\n", encoding="utf-8")
    again = MappingForm("marketing", form.frame, form.file)
    assert again.columns["person"].value == "" and again.words["share_request"].value == "read"
    again.button.click()
    assert read_mapping_file(form.file).reading == {"nobody": "-"} and read_mapping_file(form.file).events == {"read": "read_feedback | share_request"}


def test_every_control_has_a_name(form):
    fields = [*form.columns.values(), *form.words.values(), form.button]
    assert all(field.description and field.tooltip for field in fields)


def test_kinds_of_work(tmp_path):
    (tmp_path / "log.csv").write_text("案件编号,环节,时间\n1,审核,2026-03-01\n1,归档,2026-03-02\n", encoding="utf-8")
    form = map_columns("paperwork", str(tmp_path / "log.csv"))
    form.button.click()
    assert read_mapping_file(tmp_path / "log.mapping.yaml").kinds == {"审核": "review", "归档": "file"}


def test_without_a_file_it_says_what_to_do():
    assert isinstance(map_columns("marketing", ""), Said)
