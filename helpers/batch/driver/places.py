"""A batch's folder: one driver at a time in it, every run placed whole or not at all, and a record that says what is done."""

import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from helpers.batch.driver.task import FINDINGS, NOTEBOOK, PROVENANCE, Failure, Made, as_json
from helpers.intake.refusal import Refusal

RECORD, PARTIAL = "record.json", ".partial-"
GRACE = 5.0  # seconds in which workers of a killed driver notice that they are alone
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class Record:
    """What is known of a run that was placed. sizes: of its files, in bytes; failure: None where it went well."""

    identity: str
    name: str
    seconds: float
    how: str
    attempts: int
    sizes: Mapping[str, int] = field(default_factory=dict)
    failure: Failure | None = None

    @property
    def state(self) -> str:
        """'done' or 'failed'."""
        return "failed" if self.failure else "done"


@dataclass(frozen=True)
class Places:
    """Where the runs of a batch are. folder: the batch's; a run has a notebook in `runs`, and beside it a folder with the rest."""

    folder: Path

    @property
    def runs(self) -> Path:
        """The folder of all runs; scrapbook reads the notebooks in it."""
        return self.folder / "runs"

    def notebook(self, run: str) -> Path:
        """The run's executed notebook."""
        return self.runs / f"{run}.ipynb"

    def file(self, run: str, name: str) -> Path:
        """A file that goes with the run."""
        return self.runs / run / name

    @contextmanager
    def held(self, wait: bool = False) -> Iterator[None]:
        """The folder, for this driver alone. Raises Refusal where another one works in it, or it can't be written."""
        with told_in_words(self.folder):
            self.runs.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / ".lock")
            try:
                lock.acquire(timeout=-1 if wait else GRACE)
            except Timeout:
                raise Refusal("another batch is working in this folder", self.folder.name, "wait until it is done (--wait does), or choose another folder with --to") from None
            try:
                self._tidy()
                yield
            finally:
                lock.release()

    def _tidy(self) -> None:
        """Remove what a driver that was killed left half placed."""
        for left in self.runs.glob(f"{PARTIAL}*"):
            shutil.rmtree(left, ignore_errors=True)

    def record(self, run: str) -> Record | None:
        """What is known of a run; None where there is nothing, or not all of what its record says."""
        try:
            content = json.loads(self.file(run, RECORD).read_text(encoding="utf-8"))
            failure = Failure(**content.pop("failure")) if content.get("failure") else content.pop("failure", None)
            record = Record(**content, failure=failure)
            whole = all(self._path(run, name).stat().st_size == size for name, size in record.sizes.items())
        except (OSError, ValueError, TypeError, AttributeError):
            return None
        return record if whole else None

    def done(self, run: str, identity: str) -> bool:
        """Whether just this run went well before, and all of it is still there."""
        record = self.record(run)
        return record is not None and record.state == "done" and record.identity == identity

    def findings(self, run: str) -> list[dict]:
        """The findings of a run that went well."""
        return json.loads(self.file(run, FINDINGS).read_text(encoding="utf-8"))

    def provenance(self, run: str) -> dict:
        """Where its numbers come from."""
        return json.loads(self.file(run, PROVENANCE).read_text(encoding="utf-8"))

    def place(self, made: Made) -> Record:
        """Put what was made where it belongs, instead of what is there: first the old record goes, at the very end the new one comes with its folder."""
        sizes = {name: len(content) for name, content in made.files.items()}
        record = Record(made.task.identity, made.task.name, round(made.seconds, 3), made.how, made.task.attempt, sizes, made.failure)
        workshop = self.runs / f"{PARTIAL}{uuid4().hex}"
        with told_in_words(self.folder):
            try:
                workshop.mkdir()
                for name, content in {**made.files, RECORD: as_json(asdict(record)).encode()}.items():
                    (workshop / name).write_bytes(content)
                self._swap(made.task.run, workshop)
            except BaseException:
                shutil.rmtree(workshop, ignore_errors=True)
                raise
        return record

    def _swap(self, run: str, workshop: Path) -> None:
        place, old = self.runs / run, self.runs / f"{PARTIAL}{uuid4().hex}"
        if place.exists():
            os.replace(place, old)
        if (workshop / NOTEBOOK).exists():
            os.replace(workshop / NOTEBOOK, self.notebook(run))
        os.replace(workshop, place)
        shutil.rmtree(old, ignore_errors=True)

    def _path(self, run: str, name: str) -> Path:
        return self.notebook(run) if name == NOTEBOOK else self.file(run, name)

    def write(self, name: str, text: str) -> Path:
        """A file of the batch as a whole, in one step."""
        with told_in_words(self.folder):
            draft = self.folder / f"{PARTIAL}{name}"
            draft.write_text(text, encoding="utf-8")
            os.replace(draft, self.folder / name)
        return self.folder / name


@contextmanager
def told_in_words(folder: Path) -> Iterator[None]:
    """An error of the disk as a refusal that says what to do."""
    try:
        yield
    except OSError as fault:
        full = fault.errno in FULL
        what = "the disk is full" if full else f"the folder can't be written ({fault.strerror})"
        remedy = "make room and run the same command again: what is done stays done" if full else "choose another folder with --to"
        raise Refusal(what, folder.name, remedy) from None
