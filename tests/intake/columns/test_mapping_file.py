"""The mapping file: what is written is read; what could grow without bound or means nothing is refused."""

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.columns.log_source import LogSource, with_reading
from helpers.intake.columns.mapping_file import MappingFile, beside, read_mapping_file, write_mapping_file
from helpers.intake.refusal import Refusal

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=10).map(str.strip).filter(bool)
PAIRS = st.dictionaries(TEXT, TEXT, max_size=4)


def test_beside_the_log():
    assert beside(Path("logs/my_log.csv")) == Path("logs/my_log.mapping.yaml") and beside(Path("my_log.csv.gz")).name == "my_log.mapping.yaml"


@pytest.fixture
def read(tmp_path):
    def written(text):
        (tmp_path / "log.mapping.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_mapping_file(tmp_path / "log.mapping.yaml")

    return written


def test_sections_of_pairs_all_text(read):
    found = read("columns:\n  case: 007\n  event: no\n  time: 发生 时间\nevents:\nreading: {date_order: day first}\n")
    assert found.columns == {"case": "007", "event": "no", "time": "发生 时间"} and not found.events and found.reading == {"date_order": "day first"}
    assert read("") == MappingFile()


@pytest.mark.parametrize(("text", "words"), [
    ("time: event_time\n", "no section 'time'.*write sections"),
    ("- a\n- b\n", "isn't pairs"),
    ("columns: {time: [a, b]}\n", "nothing beside it|more than sections"),
    ("columns:\n  time: &a x\n  person: *a\n", "more than sections"),
    ("columns:\n  time:\n", "'time' in section 'columns' has nothing beside it"),
    ("columns:\n  time: a\n  time: b\n", "'time' is given twice"),
    ("columns: {time: a\n", "can't be read"),
    ("[" * 50_000, "more than sections"),
    (b"\xff\xfe\x00", "can't be read"),
    ("columns:\n  time: " + "x" * 300_000, "too large"),
    ("columns:\n  time: !!python/object/apply:os.system [ls]\n", "more than sections|nothing beside it"),
])  # fmt: skip
def test_anything_else_is_refused(read, text, words):
    with pytest.raises(Refusal, match=words):
        read(text)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refusal, match="can't be read"):
        read_mapping_file(tmp_path / "none.yaml")
    with pytest.raises(Refusal, match="can't be written"):
        write_mapping_file(tmp_path / "no" / "folder.yaml", MappingFile({"time": "t"}))


def test_the_example_that_people_read_is_one(read, root):
    block = re.search(r"```yaml\n(.*?)```", (root / "data" / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    found = read(textwrap.dedent(block))
    assert found.columns["time"] == "发生时间" and found.events == {"read": "阅读 | 打开"}
    assert with_reading(LogSource(), found.reading).date_order == "day first"


@given(PAIRS, PAIRS)
def test_what_is_written_is_read(tmp_path_factory, columns, events):
    path = tmp_path_factory.mktemp("kept") / "log.mapping.yaml"
    mapping = MappingFile(columns, events)
    assert read_mapping_file(write_mapping_file(path, mapping)) == mapping
    assert [each.name for each in path.parent.iterdir()] == [path.name]
