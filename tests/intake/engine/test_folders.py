"""Private folders: gone with their owner, and where that was killed when the next one comes; others' folders stay."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from helpers.intake.engine import folders

OWNER = "from helpers.intake.engine.folders import new_folder; print(new_folder(), flush=True); input()"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A folder of this test's own for what is temporary."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def owner(temporary):
    """A function to a process that owns a private folder, and that folder, which seems to have been made long ago."""
    running = []

    def start():
        process = subprocess.Popen([sys.executable, "-c", OWNER], env=os.environ | {"TMPDIR": str(temporary)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append(process)
        folder = Path(process.stdout.readline().strip())
        (folder / "rows-1.parquet").write_bytes(b"rows")
        os.utime(folder, (0, 0))
        return process, folder

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_what_a_killed_process_left_goes_when_another_makes_a_folder(owner):
    (killed, left), (_, in_use) = owner(), owner()
    killed.kill()
    killed.wait()
    mine = folders.new_folder()
    assert not left.exists() and (in_use / "rows-1.parquet").exists()
    folders.removed(mine)
    assert not Path(mine).exists() and not folders.is_ours(mine)


def test_folders_that_were_just_made_or_are_no_folders_of_ours_stay(temporary):
    just_made, other, link = temporary / f"{folders.PREFIX}new", temporary / "casebook", temporary / f"{folders.PREFIX}link"
    for folder in (just_made, other):
        folder.mkdir()
    link.symlink_to(other)
    os.utime(link, (0, 0), follow_symlinks=False)
    os.utime(other, (0, 0))
    folders.removed(folders.new_folder())
    assert just_made.exists() and link.is_symlink() and not [*other.iterdir()]
