"""Which files a source is: one file, all of a folder, or all that a pattern names."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.intake.refusal import Refusal

SCANNED = (".parquet", ".csv", ".tsv")
LOADED_MB = 400  # of text
FILE = 2**40  # rows that a file may have, so that rows of several files are numbered in order
STRIPPED = "".join(chr(number) for number in range(0x3001) if chr(number).isspace())  # the spaces that cells may stand between
CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
OFFSET = r":\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)$"
FAST_TIME = rf"\d{{4}}-\d\d?-\d\d?([T ]{CLOCK}(Z|[+-]\d\d(:?\d\d)?)?)?|\d{{4}}/\d\d?/\d\d?( {CLOCK})?"  # what engines read as we do
NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"PAR1", b"%PDF", b"SQLite format 3")


@dataclass(frozen=True)
class Raw:
    """Rows as they were found, in their engine, under our names and with their number as `row`. kinds: column -> its type in the engine's words."""

    native: Any
    kinds: dict[str, str]


def files_of(source: str | Path) -> list[Path]:
    """The Parquet, CSV or TSV files of a source, in order of their names, all of one kind. Raises Refusal where there are none."""
    path = Path(source).expanduser()
    if any(sign in path.name for sign in "*?[") and not path.exists():
        found = sorted(path.parent.glob(path.name))
    else:
        found = sorted(file for file in path.rglob("*") if not file.name.startswith(("_", "."))) if path.is_dir() else [path]
    files = [file for file in found if file.suffix.lower() in SCANNED and file.is_file()]
    if not files:
        raise Refusal("no Parquet, CSV or TSV file is there", str(source), "name a file, a folder of such files, or a pattern such as logs/*.parquet")
    kinds = {file.suffix.lower() for file in files}
    if len(kinds) > 1:
        raise Refusal(f"files of several kinds are mixed: {', '.join(sorted(kinds))}", str(source), "name those of one kind, as in logs/*.parquet")
    return files


def is_spark(source: Any) -> bool:
    """Whether a source is a folder on Spark: "spark://host:7077#folder", or "local[2]#folder" for Spark on this machine."""
    return isinstance(source, (str, Path)) and str(source).startswith(("spark:/", "local[")) and "#" in str(source)


def on_spark(source: str | Path) -> tuple[str, str]:
    """The address of Spark and the folder there; an address that went through a path has lost one of its slashes."""
    master, _, folder = str(source).partition("#")
    return (master if "://" in master else master.replace("spark:/", "spark://", 1)), folder


def is_large(source: Any) -> bool:
    """Whether a source is to be scanned where it lies: on Spark, a folder or pattern of files, or files that would take gigabytes once loaded.

    Parquet files count eight times their size, which is about what their text would take. The environment's CASEBOOK_LOADED_MB says how much is loaded.
    """
    if not isinstance(source, (str, Path)):
        return type(source).__module__.split(".")[0] in ("duckdb", "_duckdb", "pyspark")
    try:
        path, files = Path(source).expanduser(), [] if is_spark(source) else files_of(source)
    except (ValueError, OSError):  # no such file, or no name that a file can have: the readers say so
        return False
    if not files or path.is_dir() or not path.exists():
        return True
    if not _is_what_its_name_says(path):
        return False
    weight = sum(file.stat().st_size * (8 if file.suffix.lower() == ".parquet" else 1) for file in files)
    return weight > float(os.environ.get("CASEBOOK_LOADED_MB", LOADED_MB)) * 1e6


def _is_what_its_name_says(file: Path) -> bool:
    """Whether a file called Parquet is, and one called text may be text; the readers have words for what else it is."""
    with open(file, "rb") as opened:
        head = opened.read(4096)
    if file.suffix.lower() == ".parquet":
        return head.startswith(b"PAR1")
    return not head.startswith(NO_TEXT) and head.lstrip()[:1] not in (b"{", b"[", b"<")
