"""What a sweep has worked out so far: a line a scenario, added as it comes, so that an interrupted sweep goes on where it was."""

import json
import os
from collections.abc import Iterator
from pathlib import Path


class Ledger:
    """A file of lines, each the identity of a scenario with its findings or with why it has none. Only places of lines are kept in memory."""

    def __init__(self, path: Path):
        self._path, self._places = path, dict(self._read(path))
        self._file = path.open("ab")
        self._mend()

    @staticmethod
    def _read(path: Path) -> Iterator[tuple[str, int]]:
        """Where each scenario's line begins; a line that was cut off counts for nothing."""
        place = 0
        for line in path.open("rb") if path.exists() else ():
            if line.endswith(b"\n"):
                yield line[:64].decode("ascii", "replace"), place
            place += len(line)

    def _mend(self) -> None:
        """After a line that was cut off the next one begins anew."""
        size = self._path.stat().st_size
        if size:
            with self._path.open("rb") as file:
                file.seek(size - 1)
                if file.read(1) != b"\n":
                    self._file.write(b"\n")
                    self._file.flush()

    def __contains__(self, identity: str) -> bool:
        return identity in self._places

    def add(self, identity: str, content: dict) -> None:
        """Keep what came of a scenario; it is on its way to the disk when this returns."""
        self._places[identity] = os.fstat(self._file.fileno()).st_size
        self._file.write(f"{identity} {json.dumps(content, ensure_ascii=False)}\n".encode())
        self._file.flush()

    def read(self, identity: str) -> dict:
        """What came of a scenario."""
        with self._path.open("rb") as file:
            file.seek(self._places[identity])
            return json.loads(file.readline()[65:])

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
