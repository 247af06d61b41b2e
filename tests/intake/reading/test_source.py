"""Sources told by content, their limits, and what they don't cost."""

import subprocess
import sys
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake.reading.files import regular
from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options
from helpers.intake.refusal import Refusal

UNNEEDED = {"openpyxl", "python_calamine", "sqlalchemy", "duckdb", "sqlite3", "pyarrow.parquet", "pg8000"}


def test_a_csv_costs_no_other_reader(root):
    code = "import sys; from helpers.intake.reading.source import read_table; read_table(sys.argv[1]); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code, str(root / "data" / "marketing" / "customers.csv")], capture_output=True, text=True, check=True)
    assert UNNEEDED & set(ran.stdout.split()) == set()


def test_large_sources_go_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(regular, "MOST_BYTES", 10_000)
    (tmp_path / "log.csv").write_text("a,b\n" + "1,2\n" * 5_000, encoding="utf-8")
    with zipfile.ZipFile(file := BytesIO(), "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", bytes(20_000))
    (tmp_path / "log.xlsx").write_bytes(file.getvalue())
    assert len(file.getvalue()) < 1_000
    for name in ("log.csv", "log.xlsx"):
        with pytest.raises(Refusal, match=f"{name}.*more than is read into memory.*where they lie"):
            read_table(tmp_path / name)


def test_a_packed_file_that_grows_is_refused(tmp_path, monkeypatch):
    import gzip

    monkeypatch.setattr(regular, "MOST_BYTES", 10_000)
    (tmp_path / "log.csv.gz").write_bytes(gzip.compress(b"1,2\n" * 5_000))
    with pytest.raises(Refusal, match="more than is read into memory"):
        read_table(tmp_path / "log.csv.gz")


PIECES = st.sampled_from([b"a,b\n", b"1,2\n", b'"', b"\n", b"\r", b";", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", "王".encode(), "王".encode("gbk"), b'{"a": 1}\n', b"[", b"\x1f\x8b", b"PK\x03\x04"])


@settings(max_examples=150)
@given(st.lists(PIECES | st.binary(max_size=6), max_size=12).map(b"".join))
def test_no_bytes_end_in_anything_but_a_table_or_a_refusal(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        assert len(read_table(path).frame)
    except Refusal as refused:
        assert refused.remedy


def test_the_home_folder_is_known(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "log.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert len(read_table("~/log.csv").frame) == 1


@pytest.mark.parametrize(
    "name, mapping, options, rows, says",
    [
        ("primer_eventlog20_headerless.csv", {"case": "1", "activity": "2", "resource": "3", "time": "4"}, Options(), 120, "no header"),
        ("cofacts_handling_log_derived_20190414.csv", {"case": "case_id", "time": "timestamp"}, Options(), 67_669, "encoding utf-8-sig"),
        ("cofacts_share_log_derived_20190414.csv", {"person": "user_id"}, Options(), 140_938, "delimiter: comma"),
        ("patients_bupar.csv", {"case": "patient"}, Options(), 5_442, "first row names"),
    ],
)
def test_real_logs_are_read_as_they_are(real_log, name, mapping, options, rows, says):
    table = read_table(real_log(name), mapping, options)
    assert len(table.frame) == rows and set(mapping) <= set(table.frame.columns) and says in "; ".join(table.notes)
    assert table.frame.index.is_monotonic_increasing and table.frame.index[0] == (1 if says == "no header" else 2)
