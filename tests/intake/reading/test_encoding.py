"""Encodings told by content."""

import pytest

from helpers.intake.reading.encoding import read_content, to_utf8
from helpers.intake.refusal import Refusal

TEXT = "客户,次数\n王,3\n"


@pytest.mark.parametrize("codec, found", [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")])
def test_the_same_text_in_any_encoding(codec, found):
    assert to_utf8(TEXT.encode(codec), "a.csv") == (TEXT.encode(), found)


@pytest.mark.parametrize(
    "content, words",
    [(b"", "empty"), (b" \n\n", "empty"), (b"PK\x03\x04rest", "spreadsheet"), (b"a,b\n1,\x002\n", "NUL"), (b"caf\xe9,\xff\xff\n", "neither UTF-8 nor GB18030")],
)
def test_no_text_is_refused(content, words):
    with pytest.raises(Refusal, match=f"a.csv.*{words}"):
        to_utf8(content, "a.csv")


def test_no_file_names_its_neighbours(tmp_path):
    (tmp_path / "events.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Refusal, match="no such file.*events.csv"):
        read_content(tmp_path / "event.csv")
    with pytest.raises(Refusal, match="a folder"):
        read_content(tmp_path)
