"""Findings worked out chapter by chapter, when first asked for: who reads the map doesn't wait for the plan."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from helpers.evidence.findings import Entry, Findings, Value

Chapter = Callable[[], Mapping[str, Value]]


class ChapterFindings(Findings):
    """Findings of a case whose `chapters` are worked out one after the other, each once, until the one asked for is there.

    A chapter may give a finding whose needs the log doesn't meet: it is left out, so that no number stands for what wasn't measured.
    """

    def __init__(self, entries: Mapping[str, Entry], capabilities: frozenset[str], chapters: Sequence[Chapter]):
        super().__init__(entries, capabilities)
        self._ahead = list(chapters)

    def __getitem__(self, name: str) -> Value:
        if name not in self.entries or self.lacks(name):
            raise KeyError(name)
        while name not in self._values and self._ahead:
            self._next()
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        self._all()
        return super().__iter__()

    def __len__(self) -> int:
        self._all()
        return super().__len__()

    def records(self) -> list[dict]:
        """All findings as plain dictionaries for JSON."""
        self._all()
        return super().records()

    def _all(self) -> None:
        while self._ahead:
            self._next()

    def _next(self) -> None:
        """The next chapter's findings; it stays ahead if it is refused, so that asking again is refused again."""
        for name, value in self._ahead[0]().items():
            if not self.lacks(name):
                self.record(name, value)
        self._ahead.pop(0)
