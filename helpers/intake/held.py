"""What follows from unchanging data alone is worked out once, and held by the data itself: who asks again gets the same object, and must not change it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

HELD = "_held"  # where an object holds what was worked out from it
MOST = 4  # readings of shipped logs that are held at a time
MOST_ANSWERS = 64  # of one function and one object; the oldest goes first


def held(function: Callable) -> Callable:
    """Let `function` of an object, and of arguments that can be told apart by value, answer from what was worked out before.

    Answers live and die with the object. With arguments that have no hash (a list) it is worked out each time.
    """

    @wraps(function)
    def answer(data, *arguments, **options):
        key = (arguments, tuple(sorted(options.items())))
        try:
            answers = vars(data).setdefault(HELD, {}).setdefault(function, {})
            known = key in answers
        except TypeError:
            return function(data, *arguments, **options)
        if not known:
            answers[key] = function(data, *arguments, **options)
            for oldest in list(answers)[:-MOST_ANSWERS]:
                del answers[oldest]
        return answers[key]

    return answer


def read_once(folder: Path) -> Callable[[Callable[[Mapping], Any]], Callable[[Mapping], Any]]:
    """Let a function that reads the log named by parameters (log_file; blank: the one shipped in `folder`) read the shipped one once.

    It is read again when a table in the folder has other content, or when a parameter differs that was looked at in reading.
    """

    def mark(read: Callable[[Mapping], Any]) -> Callable[[Mapping], Any]:
        readings: list[tuple[str, dict[str, object], Any]] = []

        @wraps(read)
        def reading(values: Mapping) -> Any:
            if values["log_file"]:
                return read(values)
            content, noted = _content(folder), Noted(values)
            for known, seen, log in readings:
                if known == content and all(values[name] == value for name, value in seen.items()):
                    return log
            log = read(noted)
            readings.append((content, noted.seen, log))
            del readings[:-MOST]
            return log

        return reading

    return mark


class Noted(Mapping):
    """Parameters that note which of them were looked at."""

    def __init__(self, values: Mapping[str, object]):
        self.values_there, self.seen = values, {}

    def __getitem__(self, name: str) -> object:
        self.seen[name] = self.values_there[name]
        return self.seen[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_there)

    def __len__(self) -> int:
        return len(self.values_there)


def _content(folder: Path) -> str:
    """A word for the content of all tables in the folder."""
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.glob("*.csv")):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
