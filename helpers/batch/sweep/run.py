"""`casebook sweep`: the scenarios of a file through the case's pure functions, and notebooks only for those that are chosen."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from helpers.batch.closing import failures_table
from helpers.batch.driver.batch import Batch, Outcome, carry_out, local_workers
from helpers.batch.driver.places import Record, told_in_words
from helpers.batch.driver.pool import local
from helpers.batch.driver.progress import Progress
from helpers.batch.driver.stop import Stop
from helpers.batch.driver.task import FINDINGS, Failure, Made, Task
from helpers.batch.results import Result, write
from helpers.batch.sweep.cases import Swept, swept
from helpers.batch.sweep.ledger import Ledger
from helpers.intake.refusal import Refusal

LEDGER = "sweep.jsonl"
RECYCLE = 100_000  # scenarios after which a worker starts with an empty memory
_swept: Callable[[str], Swept] = cache(swept)  # one memory a process


@dataclass(frozen=True)
class Sweep:
    """The scenarios of a batch, to be worked out without notebooks."""

    batch: Batch

    @property
    def case(self) -> str:
        """The notebook whose case it is."""
        return self.batch.scenarios.notebook.stem

    def carry_out(self, processes: int, progress: bool) -> Outcome:
        """Work out what isn't there yet, and write the tables. The folder must be held."""
        _swept(self.case)  # imported, and refused where there is nothing to sweep, before any worker is there
        ledger = Ledger(self.batch.places.folder / LEDGER)
        try:
            tasks = [replace(task, notebook="") for task in self.batch.tasks]
            todo = [task for task in tasks if task.identity not in ledger]
            outcome = self._work(tasks, todo, ledger, processes, progress)
            if not (outcome.stopped and outcome.left):
                self._close(tasks, ledger)
        finally:
            ledger.close()
        return outcome

    def _work(self, tasks: Sequence[Task], todo: Sequence[Task], ledger: Ledger, processes: int, progress: bool) -> Outcome:
        count = 0
        with Stop() as stop, Progress(len(tasks), len(tasks) - len(todo), shown=progress) as bar, told_in_words(self.batch.places.folder):
            for made in local(todo, work_out, processes, stop, RECYCLE):
                ledger.add(made.task.identity, _content(made))
                bar.one_more(_record(made))
                count += 1
        failures = tuple((name, record.failure.words) for name, record in self._failed(tasks, ledger))
        return Outcome(len(tasks), len(tasks) - len(todo), count - len(failures), failures, stop.soon)

    def _failed(self, tasks: Sequence[Task], ledger: Ledger) -> Iterator[tuple[str, Record]]:
        for task in tasks:
            words = ledger.read(task.identity).get("failure") if task.identity in ledger else None
            if words:
                yield task.run, Record(task.identity, task.name, 0.0, "swept", 1, failure=Failure(words))

    def _close(self, tasks: Sequence[Task], ledger: Ledger) -> None:
        places = self.batch.places
        with told_in_words(places.folder):
            write(self._results(tasks, ledger), self.batch.scenarios.declared, places.folder)
        places.write("failures.csv", failures_table(dict(self._failed(tasks, ledger))))

    def _results(self, tasks: Sequence[Task], ledger: Ledger) -> Iterator[Result]:
        for task in tasks:
            found = ledger.read(task.identity)
            if "findings" in found:
                yield Result(task.run, task.name, task.parameters, found["findings"])

    def notebooks_for(self, names: Sequence[str], processes: int, progress: bool) -> Outcome:
        """Run the notebooks of the scenarios with these names. Raises Refusal for a name that no scenario has. The folder must be held."""
        there = self.batch.scenarios
        unknown = [name for name in names if name not in {one.name for one in there.scenarios} | {one.run for one in there.scenarios}]
        if unknown:
            raise Refusal(f"no scenario is called '{unknown[0][:60]}'", remedy="the column 'scenario' of results.csv has their names")
        chosen = tuple(one for one in there.scenarios if one.name in names or one.run in names)
        return carry_out(Batch(replace(there, scenarios=chosen), self.batch.places, self.batch.limits), local_workers(processes), progress)


def work_out(task: Task) -> Made:
    """The findings of one scenario, from what this process remembers of those before."""
    try:
        records = _swept(task.file.removesuffix(".ipynb")).findings(task.parameters)
    except Refusal as refusal:
        return Made(task, failure=Failure(refusal.words()))
    return Made(task, {FINDINGS: json.dumps(records, ensure_ascii=False).encode()}, how="swept")


def _content(made: Made) -> dict:
    return {"failure": made.failure.words} if made.failure else {"findings": json.loads(made.files[FINDINGS])}


def _record(made: Made) -> Record:
    return Record(made.task.identity, made.task.name, made.seconds, made.how, made.task.attempt, failure=made.failure)
