"""A cluster of a scheduler and two workers on loopback, each a process: the same table as local, also when a worker is killed outright."""

import json
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from helpers.batch.command import Wish, make
from helpers.batch.driver.places import Places
from helpers.intake.refusal import Refusal

pytest.importorskip("distributed")
QUIET = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "60s", "CASEBOOK_KERNELS": "plain"}


def _dask(folder, *words):
    return subprocess.Popen([sys.executable, "-m", "distributed.cli." + words[0], *words[1:]], cwd=folder, env=QUIET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Its address, and the processes: a scheduler and two workers, each with a nurse that replaces it."""
    folder = tmp_path_factory.mktemp("cluster")
    note = folder / "scheduler.json"
    processes = [_dask(folder, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(note))]
    more = ("--scheduler-file", str(note), "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard", "--local-directory", str(folder), "--death-timeout", "60")
    processes += [_dask(folder, "dask_worker", *more) for _ in range(2)]
    until = time.monotonic() + 60
    while not (note.exists() and note.stat().st_size):
        assert time.monotonic() < until and processes[0].poll() is None
        time.sleep(0.05)
    yield json.loads(note.read_text())["address"], processes
    for process in reversed(processes):
        for child in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else ():
            child.kill()
        process.kill()
        process.wait()


def _table(folder):
    return (folder / "results.csv").read_text(encoding="utf-8")


def test_a_cluster_gives_the_same_table_as_local_workers(scenario_file, tmp_path, cluster):
    file = scenario_file("scenarios:\n  - {name: a, parameters: {seed: 1}}\n  - {name: b, parameters: {seed: 2}}\n  - {name: bad, parameters: {behave: raise}}\n")
    local, spread = [], []
    assert make(file, Wish(tmp_path / "local", processes=2), local.append) == 1
    assert make(file, Wish(tmp_path / "cluster", scheduler=cluster[0]), spread.append) == 1
    assert _table(tmp_path / "local") == _table(tmp_path / "cluster")
    assert [line for line in local if "index.html" not in line] == [line for line in spread if "index.html" not in line]


def test_a_worker_killed_outright_is_replaced_and_its_run_made_again(scenario_file, tmp_path, cluster, monkeypatch):
    file = scenario_file('parameters: {behave: "kill its worker"}\nscenarios:\n  - {name: a, parameters: {seed: 1}}\n  - {name: b, parameters: {seed: 2}}\n  - {name: c, parameters: {seed: 3}}\n')
    address, processes = cluster
    hit = []

    def strike(_):
        if not hit:
            workers = [child for process in processes[1:] for child in psutil.Process(process.pid).children(recursive=True) if child.name().startswith("python") and child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline())]
            hit.append(workers[0].pid)
            os.kill(workers[0].pid, signal.SIGKILL)

    places = Places(tmp_path / "out")
    place = Places.place
    monkeypatch.setattr(Places, "place", lambda self, made: (strike(made), place(self, made))[1])
    assert make(file, Wish(tmp_path / "out", scheduler=address), [].append) == 0
    assert hit
    assert {run: places.record(run).state for run in "abc"} == dict.fromkeys("abc", "done")


def test_no_scheduler_is_said_in_words(scenario_file, tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.batch.driver.cluster.GREETING", 0.5)
    with pytest.raises(Refusal, match="no Dask scheduler answers.*check the address"):
        make(scenario_file("grid: {seed: [1]}"), Wish(tmp_path / "out", scheduler="tcp://127.0.0.1:9"), print)
    with pytest.raises(Refusal, match="no Dask scheduler answers"):
        make(scenario_file("grid: {seed: [1]}"), Wish(tmp_path / "out", scheduler="nonsense://"), print)
