"""The record of a run inside its notebook: papermill's own form, kept true, and written seldom."""

from datetime import datetime
from time import monotonic

from papermill.engines import NotebookExecutionManager

SAVE_EVERY = 5.0  # seconds; papermill writes the whole notebook twice a cell


class Record(NotebookExecutionManager):
    """What papermill calls an execution manager, with three differences.

    Cells that never ran stay pending. A run that failed says so, wherever it failed. The file is written at the start, at most every
    few seconds while cells run, and where the run is broken off; the end is written by papermill, who called.
    """

    def __init__(self, nb, **options):
        super().__init__(nb, **options)
        self._saved_at = -SAVE_EVERY

    def save(self, **kwargs) -> None:
        """Write the notebook, if it wasn't just written."""
        if monotonic() - self._saved_at >= SAVE_EVERY:
            super().save(**kwargs)
            self._saved_at = monotonic()

    def broken_off(self) -> None:
        """Say that the run failed, and write at once: papermill won't."""
        self.nb.metadata.papermill["exception"] = True
        self._saved_at = -SAVE_EVERY
        self.save()

    def notebook_complete(self, **kwargs) -> None:
        """Close the record; each cell keeps the state it is in."""
        self.end_time: datetime = self.now()
        about = self.nb.metadata.papermill
        about["end_time"] = self.end_time.isoformat()
        about["duration"] = (self.end_time - self.start_time).total_seconds()
        if not about["exception"]:
            self.complete_pbar()
        self.cleanup_pbar()
