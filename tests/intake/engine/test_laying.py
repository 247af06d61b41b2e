"""Text files laid down as Parquet: the same cells under the same row numbers, whoever cuts them, and small row groups."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake.engine import connection, laying
from helpers.intake.reading.table import Options
from helpers.intake.reading.text.large import LargeText
from helpers.intake.refusal import Refusal

WITHIN = connection.connection("100MB")
CELLS = st.sampled_from(["1", "", "x", " x ", "王", "NULL", "#x", "a\\", "it's", "c;d", '"q"', '""', '" q "', '"c,d"', '"say ""no"""', '"a\nb"', '" \\"', '5"', ' "q"', "\ufeffx"])
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3) | st.sampled_from([[], [""], ["short"], ["", "", ""], ["1", "2", "3", ""], ["1", "2", "3", "4"]]), min_size=1, max_size=12)
HEADS = st.sampled_from([["time", "who's", "event"], ['"time"', '"a,b"', '"event"'], ["1", "2", "3"]])


def read(file: Path) -> pd.DataFrame:
    return pq.read_table(file).to_pandas().sort_values("row_number_", ignore_index=True)


@settings(max_examples=200)
@given(HEADS, ROWS, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["auto", "utf-8", "none"]))
def test_duckdb_cuts_as_our_own_reader_or_leaves_it_to_it(tmp_path_factory, head, rows, end, closed, encoding, said):
    file = tmp_path_factory.mktemp("laid") / "it's a log.csv"
    file.write_bytes((end.join(",".join(row) for row in [head, *rows]) + end * closed).encode(encoding))
    text = LargeText(file, (), Options(encoding=said) if said != "none" else Options(header="none"))
    notes = laying._by_duckdb(text, file.with_name("quick"), WITHIN)
    if notes is not None:
        assert laying._by_ourselves(text, file.with_name("own")) == notes
        pd.testing.assert_frame_equal(read(file.with_name("quick")), read(file.with_name("own")), check_column_type=False)


@pytest.mark.parametrize(
    "content",
    [
        b"time,who\n1,a\n2,\n",
        b"time,who\n1,a\n2,b",
        b"\xef\xbb\xbftime,who\r\n1,a\r\n,b\r\n",
        b'"time";"who"\n"1";"a;b"\n"2";""\n',
        "time\twho\n1\t王\n".encode(),
    ],
)
def test_a_plain_file_is_cut_by_duckdb(tmp_path, monkeypatch, content):
    monkeypatch.setattr(laying, "_by_ourselves", lambda *_: pytest.fail("our own reader was asked"))
    (tmp_path / "log.csv").write_bytes(content)
    notes = laying.laid_down(LargeText(tmp_path / "log.csv"), tmp_path / "laid", WITHIN)
    assert list(read(tmp_path / "laid")) == ["time", "who", "row_number_"] and notes[-1] == "the first row names the columns"


@pytest.mark.parametrize("row", ["short", "1,2,3", '"1,2', "1,\xff", ",", "1,2\n\n3,4"])
def test_what_is_odd_is_left_to_our_own_reader(tmp_path, row):
    file = tmp_path / "log.csv"
    file.write_bytes("\n".join(["time,who", *["1,a"] * 90_000, row, *["2,b"] * 90_000, ""]).encode("latin-1"))
    assert laying._by_duckdb(LargeText(file), tmp_path / "laid", WITHIN) is None


def test_rows_far_down_keep_their_numbers_and_lie_in_small_groups(tmp_path):
    file = tmp_path / "log.csv"
    file.write_text("number,word\n" + "".join(f"{row},word {row}\n" for row in range(2, 300_002)))
    laying.laid_down(LargeText(file), tmp_path / "laid", WITHIN)
    assert (read(tmp_path / "laid")["number"].astype(int) == read(tmp_path / "laid")["row_number_"]).all()
    kept = pq.ParquetFile(tmp_path / "laid").metadata
    assert max(kept.row_group(number).num_rows for number in range(kept.num_row_groups)) <= 2 * laying.ROWS


def test_a_letter_that_is_not_in_the_encoding_is_refused_with_its_line(tmp_path):
    (tmp_path / "log.csv").write_bytes(b"time,who\n" + b"1,a\n" * 5 + "2,王\n".encode() * 9 + b"3,\xff\n")
    with pytest.raises(Refusal, match="line 16"):
        laying.laid_down(LargeText(tmp_path / "log.csv"), tmp_path / "laid", WITHIN)
