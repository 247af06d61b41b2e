"""Private folders for what memory doesn't hold: they go with their owner, and those of processes that were killed go when another process makes one."""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX, LOCK = "casebook-rows-", "in-use"
JUST_MADE = 60  # seconds for which a folder may not be locked yet
_locks: dict[str, FileLock] = {}  # of the folders that are ours


def new_folder() -> str:
    """A folder that nobody else may look into, ours until it is removed or this process ends."""
    _tidied(tempfile.gettempdir())
    folder = tempfile.mkdtemp(prefix=PREFIX)
    _locks[folder] = _lock(folder)
    _locks[folder].acquire()
    return folder


def is_ours(folder: str) -> bool:
    """Whether a folder was made here, and is still there."""
    return folder in _locks


def removed(folder: str) -> None:
    """Remove a folder of ours with all that is in it."""
    if lock := _locks.pop(folder, None):
        lock.release()
    shutil.rmtree(folder, ignore_errors=True)


@cache
def _tidied(within: str) -> None:
    """Remove our user's folders whose owner has gone without removing them, which only a lock tells for certain."""
    for found in Path(within).glob(f"{PREFIX}*"):
        with suppress(Timeout, OSError):
            kept = found.lstat()
            if kept.st_uid == os.geteuid() and time.time() - kept.st_mtime > JUST_MADE and not found.is_symlink():
                with _lock(str(found)).acquire(blocking=False):
                    shutil.rmtree(found, ignore_errors=True)


def _lock(folder: str) -> FileLock:
    return FileLock(Path(folder, LOCK), thread_local=False)  # what is collected may be removed by any thread
