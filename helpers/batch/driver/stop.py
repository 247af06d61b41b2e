"""Ctrl-C: once, what is under way is finished; twice, all ends at once. Either way the same command goes on later."""

import signal
import sys
from types import FrameType


class Stop:
    """How often the user asked to stop. A request to terminate counts as asking twice."""

    def __init__(self, note: str = "Finishing what is under way. Ctrl-C again ends it at once."):
        self.asked, self._note, self._before = 0, note, {}

    @property
    def soon(self) -> bool:
        """Whether no new run is to begin."""
        return self.asked > 0

    @property
    def now(self) -> bool:
        """Whether runs under way are to be given up."""
        return self.asked > 1

    def __enter__(self) -> "Stop":
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self._before[number] = signal.signal(number, self._ask)
            except ValueError:  # not in the main thread: whoever has that hears the signals
                break
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, _: FrameType | None) -> None:
        self.asked += 2 if number == signal.SIGTERM else 1
        if self.asked == 1:
            print(f"\n{self._note}", file=sys.stderr, flush=True)
