"""The bytes of a file that is one: no folder, pipe or device, and none that memory can't bear."""

import os
import stat
from pathlib import Path

from helpers.intake.refusal import Refusal

MOST_BYTES = 1 << 30  # as text cells a file takes several times its size in memory
BEYOND = "save it as CSV or Parquet, which are read where they lie at any size, or export a shorter period"


def regular_file(path: Path) -> Path:
    """The path of a file that may be read. Raises Refusal where there is no such file, it is none, or it may not be read."""
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise Refusal("there is no such file", str(path), _neighbours(path)) from error
    if stat.S_ISDIR(kind):
        raise Refusal("this is a folder, not a file", str(path), _inside(path))
    if not stat.S_ISREG(kind):
        raise Refusal("this is a pipe or a device, not a file", str(path), "write what it gives into a file first")
    if not os.access(path, os.R_OK):
        raise Refusal("this file may not be read", path.name, "ask for the right to read it")
    return path


def read_bytes(path: Path) -> bytes:
    """A file's bytes. Raises Refusal where it is larger than MOST_BYTES or the disk fails."""
    too_large(path.stat().st_size, path.name)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f"it can't be read: {error.strerror or 'the disk failed'}", path.name, "copy it again") from error


def too_large(size: int, name: str) -> None:
    """Raises Refusal where so many bytes can't be held in memory as a table of text."""
    if size > MOST_BYTES:
        raise Refusal(f"{size / (1 << 30):.1f} GiB are more than is read into memory", name, BEYOND)


def _neighbours(path: Path) -> str:
    return _names("in that folder there are", path.parent) or "check the path"


def _inside(path: Path) -> str:
    return _names("name the file in it", path) or "it is empty; name a file"


def _names(words: str, folder: Path) -> str:
    try:
        names = sorted(file.name for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    except (OSError, ValueError):
        return ""
    return f"{words}: {', '.join(names[:8])}{', ...' if len(names) > 8 else ''}" if names else ""
