"""Which files a source is: one file, all of a folder, or all that a pattern names."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.intake.refusal import Refusal

SCANNED = (".parquet", ".csv", ".tsv")


@dataclass(frozen=True)
class Raw:
    """Rows as they were found, in their engine, under our names and with their number as `row`. kinds: column -> its type in the engine's words."""

    native: Any
    kinds: dict[str, str]


def files_of(source: str | Path) -> list[Path]:
    """The Parquet, CSV or TSV files of a source, in order of their names, all of one kind. Raises Refusal where there are none."""
    path = Path(source).expanduser()
    if any(sign in path.name for sign in "*?["):
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


def size_of(source: str | Path) -> int:
    """Bytes of all its files; 0 where it isn't one that is scanned."""
    try:
        return sum(file.stat().st_size for file in files_of(source))
    except (Refusal, OSError):
        return 0
