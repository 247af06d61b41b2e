"""Text read a piece at a time: what is read whole, however it is cut."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake.reading.table import Options
from helpers.intake.reading.text import large
from helpers.intake.reading.text.encoding import decoded, encoding_of
from helpers.intake.reading.text.large import LargeText
from helpers.intake.reading.text.read import read_text
from helpers.intake.refusal import Refusal

CELLS = ["1", "", "x", "王", "a b", '"a\nb"', '"say ""no"""', '"c,d"']
ROWS = st.lists(st.tuples(*[st.sampled_from(CELLS)] * 3).map(",".join) | st.sampled_from(["", "short", "1,2,3,,"]), min_size=1, max_size=30)


def outcome(read):
    """A table and what was said of it, or words of refusal."""
    try:
        return read()
    except Refusal as refusal:
        return refusal.words()


def in_pieces(file: Path, size: int):
    text = LargeText(file, piece=size)
    return pd.concat(list(text)), text.notes


def whole(file: Path):
    table = read_text(file.read_bytes(), file, {}, Options())
    return table.frame, table.notes


@settings(max_examples=60)
@given(ROWS, st.integers(40, 400), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_pieces_make_up_the_table(tmp_path_factory, rows, size, encoding, end, closed):
    file = tmp_path_factory.mktemp("pieces") / "log.csv"
    head = ["time,person,event", "2026-03-01,王小明的客户,阅读了文章", "2026-03-02,李,转发给了朋友"]
    file.write_bytes((end.join([*head, *rows]) + end * closed).encode(encoding))
    cut, together = outcome(lambda: in_pieces(file, size)), outcome(lambda: whole(file))
    if isinstance(together, str) or isinstance(cut, str):
        assert cut == together
    else:
        pd.testing.assert_frame_equal(cut[0].set_axis(cut[0].index.astype("int64")), together[0].set_axis(together[0].index.astype("int64")), check_names=False)
        assert cut[1] == together[1]


def test_a_short_last_piece_is_cut_as_the_others_are(tmp_path):
    file = tmp_path / "log.csv"
    file.write_text("time,person,event\n" + '1,u1,"a\nb"\n' * 9 + '1,u1,"a\nb"')
    for size in range(20, 60):
        table, _ = in_pieces(file, size)
        assert table["event"].tolist() == ["a\nb"] * 10


@pytest.mark.parametrize("content", [b"", b"\n\n", "a,b\n王,".encode() + b"\xe7\x8e", "ä,ö\nÜber,schön\n".encode("cp1252"), "時間,讀者\n今天,我們\n".encode("big5"), b"a,b\n" * 50_000 + "时间,读者\n今天,我们\n".encode("gb18030")])
def test_an_encoding_is_told_alike(tmp_path, content):
    file = tmp_path / "log.csv"
    file.write_bytes(content)
    found = outcome(lambda: decoded(content, "log.csv"))
    told = outcome(lambda: encoding_of(file))
    if isinstance(found, str):
        assert outcome(lambda: in_pieces(file, 64)) == found
    else:
        assert told == (found.encoding, found.notes)


def test_a_quotation_mark_that_is_never_closed_does_not_hold_the_file(tmp_path, monkeypatch):
    file = tmp_path / "log.csv"
    file.write_text("time,event\n1,\"read\n" + "1,read\n" * 5000)
    longest = []
    monkeypatch.setattr(large, "cells_of", lambda text, *rest: longest.append(len(text)) or pytest.fail("cut") if len(text) > 20_000 else cells(text, *rest))
    with pytest.raises(Refusal, match="a quotation mark"):
        list(LargeText(file, piece=1000))
    assert max(longest, default=0) < 20_000


cells = large.cells_of
