"""Where each reader is, kept in the store so that a reload or a restart goes on from there."""

from concurrent.futures import ThreadPoolExecutor

from helpers.room.mine import STORE, TEAM
from helpers.room.store import Store


class Progress:
    """Which screen of which case each reader saw last."""

    def __init__(self, url: str):
        self.url, self.store = url, Store.open(url)
        self._known: dict[str, dict[str, int]] = {}
        self._writer = ThreadPoolExecutor(1)  # in order, and never in the way of a page

    def at(self, reader: str) -> dict[str, int]:
        """The screen that the reader saw last, by case."""
        if reader not in self._known:
            self._known[reader] = self.store.progress(reader).get("screens", {})
        return self._known[reader]

    def save(self, reader: str, stem: str, screen: int) -> None:
        """Keep it, soon."""
        self.at(reader)[stem] = screen
        state = {"screens": dict(self.at(reader))}
        self._writer.submit(self.store.save_progress, reader, state)

    def environment(self, reader: str) -> dict[str, str]:
        """What a kernel must know to keep what this reader commits."""
        return {STORE: self.url, TEAM: reader}
