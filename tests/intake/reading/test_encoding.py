"""Encodings told by content."""

import pytest

from helpers.intake.reading.encoding import decoded
from helpers.intake.refusal import Refusal

TEXT = "客户,次数\n王,3\n"


@pytest.mark.parametrize("codec, found", [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")])
def test_the_same_text_in_any_encoding(codec, found):
    assert decoded(TEXT.encode(codec), "a.csv").text == TEXT.encode() and decoded(TEXT.encode(codec), "a.csv").encoding == found
