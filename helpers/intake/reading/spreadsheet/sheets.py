"""A spreadsheet's cells, read in a process of their own: a damaged file may ask its parser for more memory than there is, or for ever.

Run as a program it reads a spreadsheet from standard input and writes what it found to standard output; nothing of the project but this is loaded.
"""

import pickle
import subprocess
import sys
from io import BytesIO

PATIENCE, PER_MEGABYTE = 30, 5  # seconds: for any file, and for each megabyte of it
MEMORY = 0.7  # of the machine's, at most

Rows = list[list[object]]
Spans = list[tuple[tuple[int, int], tuple[int, int]]]


def sheets_of(content: bytes) -> dict[str, tuple[bool, Rows, Spans]] | str:
    """Each worksheet by name: whether people see it, all its cells from A1 on, and its merged cells (first and last, counted from 0).

    "password" where the file is locked, "damaged" where it can't be read.
    """
    patience = PATIENCE + PER_MEGABYTE * len(content) / 1e6
    try:
        ran = subprocess.run([sys.executable, "-P", __file__], input=content, capture_output=True, timeout=patience, check=False)
    except subprocess.TimeoutExpired:
        return "damaged"
    return pickle.loads(ran.stdout) if ran.returncode == 0 else "damaged"  # written by ourselves, just now


def main() -> None:
    """The program: standard input to standard output."""
    _bounded()
    found = _read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(pickle.dumps(found, protocol=5))


def _bounded() -> None:
    """No more memory than the machine can spare; where the system knows no such bound, what it gives."""
    try:
        import os
        import resource

        most = int(MEMORY * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, ValueError, OSError):
        pass


def _read(content: bytes) -> dict[str, tuple[bool, Rows, Spans]] | str:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        return {sheet.name: (sheet.visible == calamine.SheetVisibleEnum.Visible, *_cells(book.get_sheet_by_name(sheet.name))) for sheet in sheets}
    except calamine.PasswordError:
        return "password"
    except calamine.CalamineError:
        return "damaged"


def _cells(sheet) -> tuple[Rows, Spans]:
    return sheet.to_python(skip_empty_area=False), list(sheet.merged_cell_ranges or ())


if __name__ == "__main__":
    main()
