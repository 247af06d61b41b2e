"""How far a batch is: a bar with rate, estimate and failures on a terminal; a line for each failure anywhere."""

import sys

from tqdm import tqdm

from helpers.batch.driver.places import Record


class Progress:
    """Counts runs. shown: whether there is a bar."""

    def __init__(self, total: int, before: int, *, shown: bool):
        tqdm.monitor_interval = 0  # no thread beside us: workers are forked
        self.count, self.failed = 0, 0
        self._bar = tqdm(total=total, initial=before, unit="run", disable=not shown, file=sys.stderr, dynamic_ncols=True, smoothing=0.1)

    def one_more(self, record: Record) -> None:
        """One run more was placed."""
        self.count += 1
        if record.failure:
            self.failed += 1
            self._bar.set_postfix(failed=self.failed, refresh=False)
            tqdm.write(f"failed: {_plain(record.name)}: {record.failure.words}", file=sys.stderr)
        self._bar.update()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()


def _plain(name: str) -> str:
    """A name from a file without letters that would move a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
