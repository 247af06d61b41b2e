"""Whatever strikes a batch, the same command run again leaves what an undisturbed one leaves: none lost, none twice, the same findings."""

import json
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from helpers.batch.closing import close
from helpers.batch.driver import places as places_module
from helpers.batch.driver.batch import carry_out
from helpers.batch.driver.pool import local
from helpers.batch.driver.task import Failure, Made
from helpers.intake.refusal import Refusal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as here are those of Unix")
TWELVE = "grid: {seed: {from: 1, to: 12, step: 1}}"


def pretend(diary: Path, seconds: float = 0.0, size: int = 100):
    """A stand-in for the work on a task: findings by the task's seed, a line in the diary for each time."""

    def work(task):
        time.sleep(seconds)
        with diary.open("a") as lines:
            lines.write(f"{task.run} {os.getpid()}\n")
        value = random.Random(task.parameters["seed"]).random()
        return Made(task, {"notebook.ipynb": b"{}", "findings.json": json.dumps([{"name": "value", "value": value}]).encode(), "log.txt": b"x" * size}, seconds, "pretended")

    return work


def drive(batch, work, processes=2):
    """The whole driver, as the command has it; its exit code."""
    with batch.places.held():
        outcome = carry_out(batch, lambda tasks, stop: local(tasks, work, processes, stop), False)
        if outcome.stopped and outcome.left:
            return 130
        close(batch)
    return 1 if outcome.failures else 0


def driver(batch, work):
    """The same as a process that can be hit."""
    process = multiprocessing.get_context("fork").Process(target=lambda: os._exit(drive(batch, work)))
    process.start()
    return process


def left_by(batch) -> dict[str, bytes]:
    """All files of a batch by name, but for those that tell of time."""
    folder = batch.places.folder
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
    return {name: path.read_bytes() if path.name in ("findings.json", "results.csv") else b"" for name, path in names.items()}


@pytest.fixture
def undisturbed(batch, tmp_path):
    """What a batch of twelve leaves if nothing happens to it."""
    calm = batch(TWELVE, out="calm")
    assert drive(calm, pretend(tmp_path / "calm.txt")) == 0
    return left_by(calm)


def wait_for(holds, seconds=20.0):
    """Wait until it holds; fail if it doesn't in time."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def runs_in(diary: Path) -> list[str]:
    return [line.split()[0] for line in diary.read_text().splitlines()] if diary.exists() else []


def placed(batch) -> int:
    return len(list(batch.places.runs.glob("*/record.json")))


def test_a_driver_killed_outright_is_taken_up_where_it_was(batch, tmp_path, undisturbed):
    struck, diary = batch(TWELVE), tmp_path / "diary.txt"
    process = driver(struck, pretend(diary, 0.15))
    wait_for(lambda: placed(struck) >= 3)
    workers = psutil.Process(process.pid).children()
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    wait_for(lambda: not any(worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE for worker in workers))
    done = {task.run for task in struck.tasks if struck.places.done(task.run, task.identity)}
    first = runs_in(diary)
    assert 3 <= len(done) < 12
    assert drive(struck, pretend(diary)) == 0
    assert sorted(runs_in(diary)[len(first) :]) == sorted({task.run for task in struck.tasks} - done)
    assert left_by(struck) == undisturbed


def test_what_was_half_placed_is_made_again(batch, tmp_path, undisturbed):
    struck = batch(TWELVE)
    drive(struck, pretend(tmp_path / "diary.txt"))
    first, second, third = (struck.tasks[number].run for number in (0, 1, 2))
    (struck.places.runs / ".partial-abc").mkdir()
    (struck.places.runs / first).rename(struck.places.runs / ".partial-def")
    struck.places.file(second, "findings.json").write_bytes(b"")
    struck.places.file(third, "record.json").write_bytes(b'{"identity": "')
    assert [task.run for task in struck.left()] == [first, second, third]
    assert drive(struck, pretend(tmp_path / "diary.txt")) == 0
    assert left_by(struck) == undisturbed


def test_a_worker_killed_outright_is_replaced_and_its_run_made_again_once(batch, tmp_path, undisturbed):
    struck, diary = batch(TWELVE), tmp_path / "diary.txt"
    plain, hit = pretend(diary), struck.tasks[4].run

    def work(task):
        if task.run == hit and task.attempt == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(task)

    assert drive(struck, work) == 0
    assert struck.places.record(hit).attempts == 2
    assert left_by(struck) == undisturbed


def test_a_worker_that_dies_each_time_costs_its_own_run_only(batch, tmp_path):
    struck, diary = batch(TWELVE), tmp_path / "diary.txt"
    plain, hit = pretend(diary), struck.tasks[4].run

    def work(task):
        if task.run == hit:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(task)

    assert drive(struck, work) == 1
    assert struck.places.record(hit).failure.words == "the worker process died" and struck.places.record(hit).attempts == 2
    assert len(runs_in(diary)) == 11


def test_a_plain_error_is_not_tried_again(batch, tmp_path):
    struck = batch("grid: {seed: [1, 2]}")
    tried = tmp_path / "tried.txt"

    def work(task):
        with tried.open("a") as lines:
            lines.write(f"{task.run}\n")
        return Made(task, {"log.txt": b""}, failure=Failure("ValueError: no", 1))

    assert drive(struck, work) == 1
    assert len(tried.read_text().splitlines()) == 2


def test_a_worker_that_answers_no_more_is_ended(batch, tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.batch.driver.pool.GRACE", 0.1)
    from helpers.batch.driver.task import Limits

    struck = batch("grid: {seed: [1]}", limits=Limits(0.1, 0.2))
    assert drive(struck, pretend(tmp_path / "diary.txt", 60.0)) == 1
    record = struck.places.record(struck.tasks[0].run)
    assert record.attempts == 2 and "no answer within 0.2 s" in record.failure.words


def test_one_interrupt_finishes_what_is_under_way(batch, tmp_path, undisturbed):
    struck, diary = batch(TWELVE), tmp_path / "diary.txt"
    process = driver(struck, pretend(diary, 0.2))
    wait_for(lambda: placed(struck) >= 2)
    os.kill(process.pid, signal.SIGINT)
    process.join(10)
    assert process.exitcode == 130
    assert placed(struck) == len(runs_in(diary)) < 12
    assert drive(struck, pretend(diary)) == 0
    assert sorted(runs_in(diary)) == sorted(task.run for task in struck.tasks)
    assert left_by(struck) == undisturbed


@pytest.mark.parametrize("signals", [(signal.SIGINT, signal.SIGINT), (signal.SIGTERM,)], ids=["Ctrl-C twice", "terminated, as Slurm does"])
def test_two_interrupts_end_it_at_once(signals, batch, tmp_path, undisturbed):
    struck, diary = batch(TWELVE), tmp_path / "diary.txt"
    process = driver(struck, pretend(diary, 30.0))
    wait_for(lambda: len(psutil.Process(process.pid).children()) == 2)
    time.sleep(0.1)
    began = time.monotonic()
    for number in signals:
        os.kill(process.pid, number)
        time.sleep(0.05)
    process.join(10)
    assert process.exitcode == 130 and time.monotonic() - began < 5 and placed(struck) == 0
    assert drive(struck, pretend(diary)) == 0
    assert left_by(struck) == undisturbed


@pytest.fixture
def small_disk(tmp_path):
    """A function that grows the disk, and the folder of a disk of 200 kB; a limit on the size of files where nothing can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", place], capture_output=True, check=False).returncode == 0:
        yield place, lambda: subprocess.run(["mount", "-o", "remount,size=20m", place], check=True)
        subprocess.run(["umount", "-l", place], check=True)
    else:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
        yield place, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_stops_the_batch_in_words_and_nothing_is_left_half(batch, tmp_path, undisturbed, small_disk):
    disk, grow = small_disk
    struck = batch(TWELVE, out="disk/out")
    with pytest.raises(Refusal, match="the disk is full.*run the same command again"):
        drive(struck, pretend(tmp_path / "diary.txt", size=30_000))
    whole = [task for task in struck.tasks if struck.places.done(task.run, task.identity)]
    assert len(whole) == placed(struck) < 12
    assert not list(struck.places.runs.glob(".partial-*"))
    grow()
    assert drive(struck, pretend(tmp_path / "again.txt", size=30_000)) == 0
    assert len(runs_in(tmp_path / "again.txt")) == 12 - len(whole)
    assert left_by(struck) == undisturbed


def test_a_changed_clock_changes_nothing(batch, tmp_path, monkeypatch, undisturbed):
    struck, diary = batch(TWELVE), tmp_path / "diary.txt"
    ticks = iter(range(10**6))
    monkeypatch.setattr(time, "time", lambda: random.Random(next(ticks)).uniform(0, 4e9))
    assert drive(struck, pretend(diary)) == 0
    for number, path in enumerate(struck.places.folder.rglob("*")):
        os.utime(path, (number % 2 * 4e9, number % 2 * 4e9))
    assert drive(struck, pretend(diary)) == 0
    assert len(runs_in(diary)) == 12 and left_by(struck) == undisturbed


def test_of_two_batches_in_one_folder_the_second_is_refused_in_words_or_waits(batch, tmp_path, monkeypatch):
    first, second, diary = batch(TWELVE), batch(TWELVE), tmp_path / "diary.txt"
    monkeypatch.setattr(places_module, "GRACE", 0.1)
    process = driver(first, pretend(diary, 0.15))
    wait_for(lambda: placed(first) >= 1)
    with pytest.raises(Refusal, match="another batch is working in this folder.*--wait"), second.places.held():
        pass
    with second.places.held(wait=True):
        assert second.left() == ()
    process.join()
    assert process.exitcode == 0 and sorted(runs_in(diary)) == sorted(task.run for task in first.tasks)


def test_what_changes_the_numbers_is_run_again_and_nothing_else(batch, tmp_path, monkeypatch):
    log = tmp_path / "log.csv"
    log.write_text("a\n1\n")
    text = f"parameters: {{log_file: '{log}'}}\ngrid: {{seed: [1, 2]}}"
    drive(batch(text), pretend(tmp_path / "diary.txt"))
    assert batch(text).left() == ()
    assert len(batch(text.replace("[1, 2]", "[1, 2, 3]")).left()) == 1
    from helpers.batch import identity

    log.write_text("a\n2\n")
    identity._content.cache_clear()
    assert len(batch(text).left()) == 2
    log.write_text("a\n1\n")
    identity._content.cache_clear()
    assert batch(text).left() == ()
    monkeypatch.setattr("helpers.batch.provenance.software", lambda: {"helpers": "another"})
    assert len(batch(text).left()) == 2
