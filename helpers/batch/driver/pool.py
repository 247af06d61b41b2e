"""Local workers: processes that do one task after the other, watched, replaced when they die, gone when the driver is."""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from time import monotonic

import psutil

from helpers.batch.driver.stop import Stop
from helpers.batch.driver.task import Failure, Made, Task

RECYCLE = 50  # runs after which a worker is replaced, whatever its libraries may have kept
GRACE = 30.0  # seconds beyond a run's own limit after which a worker counts as hung
TICK = 0.2
METHOD = "fork" if sys.platform == "linux" else "spawn"


class Worker:
    """A process, and the task that it is at."""

    def __init__(self, work: Callable[[Task], Made], number: int):
        context = multiprocessing.get_context(METHOD)
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(work, other), name=f"casebook-worker-{number}", daemon=False)
        self.process.start()
        other.close()
        self.task: Task | None = None
        self.ends, self.done = 0.0, 0

    def begin(self, task: Task) -> None:
        """Hand it a task."""
        self.task, self.ends = task, monotonic() + task.limits.run + GRACE
        try:
            self.pipe.send(task)
        except OSError:  # it died before it was asked: told when its end of the pipe is looked at
            pass

    def result(self) -> Made:
        """What came of its task; a failure if it died over it."""
        task, self.task = self.task, None
        self.done += 1
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            return Made(task, failure=Failure("the worker process died", may_pass=True))

    def give_up(self) -> Made:
        """End it with all that it started."""
        task, self.task = self.task, None
        self.end()
        return Made(task, failure=Failure(f"no answer within {task.limits.run:g} s", may_pass=True))

    def end(self) -> None:
        """End it, its kernel first."""
        self.pipe.close()
        if self.process.is_alive():
            end_children(self.process.pid)
            self.process.kill()
        self.process.join()

    @property
    def alive(self) -> bool:
        """Whether it can be talked to."""
        return not self.pipe.closed


def local(tasks: Iterable[Task], work: Callable[[Task], Made], processes: int, stop: Stop, recycle: int = RECYCLE) -> Iterator[Made]:
    """What comes of the tasks, as it comes. A run that may pass another time gets its second try at the end; the rest of the batch doesn't wait for it.

    recycle: tasks after which a worker is replaced.
    """
    waiting, workers, begun = deque(tasks), [], 0
    try:
        while True:
            workers = [worker for worker in workers if _stays(worker, recycle)]
            while waiting and not stop.soon and sum(worker.task is not None for worker in workers) < processes:
                idle = next((worker for worker in workers if worker.task is None), None)
                if idle is None:
                    begun += 1
                    idle = Worker(work, begun)
                    workers.append(idle)
                idle.begin(waiting.popleft())
            busy = [worker for worker in workers if worker.task]
            if not busy or stop.now:
                return
            for made in _heard(busy):
                if made.worth_another_go and not stop.soon:
                    waiting.append(replace(made.task, attempt=made.task.attempt + 1))
                else:
                    yield made
    finally:
        for worker in workers:
            worker.end()


def _stays(worker: Worker, recycle: int) -> bool:
    """Whether the worker goes on; one that is spent is ended."""
    if worker.task or (worker.alive and worker.done < recycle):
        return True
    if worker.alive:
        worker.end()
    return False


def _heard(busy: list[Worker]) -> Iterator[Made]:
    ready = wait([worker.pipe for worker in busy], timeout=TICK)
    for worker in busy:
        if worker.pipe in ready:
            yield worker.result()
        elif monotonic() > worker.ends:
            yield worker.give_up()


def _serve(work: Callable[[Task], Made], pipe: Connection) -> None:
    """A worker's life: it leaves Ctrl-C to the driver, and goes when the driver goes."""
    if hasattr(os, "setsid"):
        os.setsid()  # a terminal's Ctrl-C goes to a whole group of processes
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_follow, args=(multiprocessing.parent_process(),), daemon=True).start()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            break
        pipe.send(_done(work, task))


def _done(work: Callable[[Task], Made], task: Task) -> Made:
    try:
        return work(task)
    except MemoryError:
        return Made(task, failure=Failure("there wasn't enough memory", may_pass=True))
    except Exception as fault:  # whatever it is, it may not stop the other runs
        return Made(task, failure=Failure(f"{type(fault).__name__}: {fault}"[:300]))


def _follow(driver) -> None:
    driver.join()
    end_children(os.getpid())
    os._exit(1)


def end_children(pid: int) -> None:
    """Kill all processes that this one started, and theirs."""
    try:
        children = psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return
    for child in children:
        try:
            child.kill()
        except psutil.Error:
            pass
