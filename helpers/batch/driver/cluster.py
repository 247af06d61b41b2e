"""Runs on a Dask cluster that is there already: the same work, sent out task by task; what is made comes back and is placed here."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as TooLate
from contextlib import contextmanager
from dataclasses import replace

from helpers.batch.driver.batch import Workers
from helpers.batch.driver.stop import Stop
from helpers.batch.driver.task import Failure, Made, Task
from helpers.intake.refusal import Refusal

TICK, GREETING = 0.2, 15.0  # seconds
AHEAD = 2  # tasks a core that wait at the cluster, so that none idles while we place a run


def cluster_workers(address: str) -> Workers:
    """The workers of the cluster whose scheduler has this address. Raises Refusal where it can't be reached, or its workers aren't set up as we are."""
    return lambda tasks, stop: _spread(address, tasks, stop)


def _spread(address: str, tasks: Sequence[Task], stop: Stop) -> Iterator[Made]:
    from helpers.batch.driver.work import do

    with _client(address) as client:
        waiting, under_way = deque(tasks), {}
        while (waiting and not stop.soon) or (under_way and not stop.now):
            room = AHEAD * max(sum(client.nthreads().values()), 1)
            while waiting and not stop.soon and len(under_way) < room:
                task = waiting.popleft()
                under_way[client.submit(do, task, pure=False, retries=0)] = task
            for future in _finished(list(under_way)):
                made = _made(future, under_way.pop(future))
                if made.worth_another_go and not stop.soon:
                    waiting.append(replace(made.task, attempt=made.task.attempt + 1))
                else:
                    yield made
        client.cancel(list(under_way))


def _finished(futures: list) -> list:
    from distributed import wait

    try:
        return list(wait(futures, timeout=TICK, return_when="FIRST_COMPLETED").done) if futures else []
    except (TimeoutError, TooLate):
        return []


def _made(future, task: Task) -> Made:
    """What came back; a worker that died over the task again and again, or was taken away, is a failure that may pass."""
    from distributed import KilledWorker

    try:
        return future.result()
    except (KilledWorker, CancelledError):
        return Made(task, failure=Failure("the cluster's worker died", may_pass=True))
    except Exception as fault:  # whatever it is, it may not stop the other runs
        return Made(task, failure=Failure(f"{type(fault).__name__}: {fault}"[:300]))


@contextmanager
def _client(address: str) -> Iterator:
    try:
        from distributed import Client
    except ImportError:
        raise Refusal("distributed isn't installed", "--scheduler", "install the extra: pip install 'request-casebook[cluster]'") from None
    try:
        client = Client(address, timeout=GREETING)
    except (OSError, ValueError, TimeoutError) as fault:
        raise Refusal(f"no Dask scheduler answers ({type(fault).__name__})", "--scheduler", f"check the address {address!r}, as in tcp://host:8786") from None
    try:
        _refuse_strangers(client)
        yield client
    finally:
        client.close()


def _refuse_strangers(client) -> None:
    """Raise Refusal where no worker is there, or one has another source or other packages: its numbers might be others."""
    from helpers.batch.provenance import software

    ours = _setup(software())
    try:
        theirs = client.run(_software)
    except Exception as fault:  # the request-casebook isn't installed there
        raise Refusal(f"a worker can't do our work ({type(fault).__name__}: {fault})"[:300], "--scheduler", "install the same version of this project on every worker") from None
    if not theirs:
        client.wait_for_workers(1, timeout=GREETING)
        theirs = client.run(_software)
    odd = [name for name, found in theirs.items() if _setup(found) != ours]
    if odd:
        parts = [part for part, mine in ours.items() if _setup(theirs[odd[0]])[part] != mine]
        raise Refusal(f"{len(odd)} of {len(theirs)} workers differ from here in {' and '.join(parts)}", "--scheduler", "set all machines up from the same commit and requirements.lock")


def _software() -> dict:
    from helpers.batch.provenance import software

    return software()


def _setup(found: dict) -> dict:
    return {part: found[part] for part in ("helpers", "python", "packages")}
