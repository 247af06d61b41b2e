"""A batch from beginning to end: what is there already, what is to be made, making it, and the tables over all of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import nbformat

from helpers.batch.driver.places import Places, Record
from helpers.batch.driver.pool import local
from helpers.batch.driver.progress import Progress
from helpers.batch.driver.stop import Stop
from helpers.batch.driver.task import Limits, Made, Task
from helpers.batch.provenance import origin
from helpers.batch.scenarios.expand import Scenarios

Workers = Callable[[Sequence[Task], Stop], Iterator[Made]]


@dataclass(frozen=True)
class Batch:
    """The runs of a scenario file, to be made in a folder."""

    scenarios: Scenarios
    places: Places
    limits: Limits = Limits()

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """One task a scenario, each with the provenance of its run."""
        there = self.scenarios
        source, text = origin(there.notebook, there.content, there.declared), nbformat.writes(there.content)
        return tuple(Task(one.run, one.name, text, there.notebook.name, one.parameters, source.of(one.parameters), self.limits) for one in there.scenarios)

    def left(self) -> tuple[Task, ...]:
        """The tasks that aren't done."""
        return tuple(task for task in self.tasks if not self.places.done(task.run, task.identity))

    def records(self) -> dict[str, Record]:
        """What is known of each run that was made, in the scenarios' order; of an earlier batch's runs nothing."""
        found = ((task, self.places.record(task.run)) for task in self.tasks)
        return {task.run: record for task, record in found if record and record.identity == task.identity}


@dataclass(frozen=True)
class Outcome:
    """How a batch came out: runs that were wanted, there before, done now; failures by name of the scenario; whether it was stopped."""

    wanted: int
    before: int
    done: int
    failures: tuple[tuple[str, str], ...]
    stopped: bool

    @property
    def left(self) -> int:
        """Runs that nobody began."""
        return self.wanted - self.before - self.done - len(self.failures)


def carry_out(batch: Batch, workers: Workers, progress: bool) -> Outcome:
    """Make what isn't there yet and place each run as soon as it is made. The folder must be held.

    Raises Refusal where a run can't be placed (a full disk): what was placed before stays.
    """
    todo, failures = batch.left(), []
    before = len(batch.tasks) - len(todo)
    with Stop() as stop, Progress(len(batch.tasks), before, shown=progress) as bar:
        for made in workers(todo, stop):
            record = batch.places.place(made)
            if record.failure:
                failures.append((record.name, _told(record)))
            bar.one_more(record)
    done = bar.count - len(failures)
    return Outcome(len(batch.tasks), before, done, tuple(failures), stop.soon)


def _told(record: Record) -> str:
    failure = record.failure
    where = "" if failure.cell is None else f" (cell {failure.cell})"
    again = f", tried {record.attempts} times" if record.attempts > 1 else ""
    return f"{failure.words}{where}{again}"


def local_workers(processes: int) -> Workers:
    """So many processes on this machine."""
    from helpers.batch.driver.work import do  # a second's imports, once for all workers: they are forked from here

    return lambda tasks, stop: local(tasks, do, processes, stop)


def typical_seconds(places: Places, otherwise: float = 3.0) -> tuple[float, str]:
    """What a run takes, and on what that rests: the runs in the folder, or an assumption."""
    try:
        records = [places.record(path.stem) for path, _ in zip(places.runs.glob("*.ipynb"), range(50), strict=False)]
    except OSError:
        records = []
    seconds = sorted(record.seconds for record in records if record and record.state == "done")
    return (seconds[len(seconds) // 2], f"as {len(seconds)} runs in the folder took") if seconds else (otherwise, "assumed")


