"""The record of a run says what ran, what failed, where and why, whatever the notebook does; and nothing waits for ever."""

import pytest

pytestmark = pytest.mark.usefixtures("plainly")


def _states(done):
    return [cell.metadata.papermill.status for cell in done.notebook.cells if "papermill" in cell.metadata and "papermill-error-cell-tag" not in cell.metadata.get("tags", [])]


def _told(done):
    return done.error.name, done.cell, done.notebook.metadata.papermill.exception, _states(done)


def test_a_good_run_is_told_as_good(ran):
    done = ran("1 + 1", "2 + 2")
    assert (done.error, done.cell, done.how) == (None, None, "a plain kernel: CASEBOOK_KERNELS=plain")
    assert _states(done) == ["completed"] * 3 and not done.notebook.metadata.papermill.exception
    assert done.notebook.cells[2].outputs[0].data["text/plain"] == "4"


def test_a_cell_that_raises_fails_and_those_after_it_never_ran(ran):
    done = ran("1", "1 / 0", "3")
    assert _told(done) == ("ZeroDivisionError", 2, True, ["completed", "completed", "failed", "pending"])
    assert not done.error.may_pass and "division by zero" in done.error.words


def test_a_kernel_that_dies_fails_the_cell_that_it_died_in(ran):
    done = ran("1", "import os\nprint('last words', flush=True)\nos.kill(os.getpid(), 9)", "3")
    assert _told(done) == ("DeadKernelError", 2, True, ["completed", "completed", "failed", "pending"])
    assert done.error.may_pass


def test_a_cell_that_never_ends_is_ended(ran):
    done = ran("1", "while True: pass", "3", cell_timeout=1)
    assert _told(done) == ("CellTimeoutError", 2, True, ["completed", "completed", "failed", "pending"])
    assert done.error.words == "the cell took longer than 1 s"


def test_a_run_that_never_ends_is_ended_though_each_cell_does(ran):
    done = ran(*["import time; time.sleep(0.7)"] * 5, run_timeout=3)
    assert done.error.name == "RunTimeoutError" and done.error.may_pass and done.seconds < 6


def test_a_cell_that_prints_for_ever_is_ended_and_its_beginning_kept(ran, monkeypatch):
    monkeypatch.setattr("helpers.kernel.client.OUTPUT_LIMIT", 8_000_000)  # the same happens, sooner
    done = ran("while True: print('x' * 1_000_000)")
    assert done.error.name == "OutputLimitError" and not done.error.may_pass
    assert 0 < len(str(done.notebook)) < 1_000_000


def test_a_large_output_comes_through_whole(ran):
    done = ran("print('x' * 20_000_000)")
    assert done.error is None and len(done.notebook.cells[1].outputs[0].text) == 20_000_001


def test_each_cell_is_told_as_it_is_done(notebook):
    from helpers.kernel.execution import execute

    told = []
    execute(notebook("1", "1 / 0", "3"), {}, on_cell=lambda *counts: told.append(counts))
    assert told == [(1, 4), (2, 4), (3, 4)]


def test_a_failure_is_told_by_its_place_in_the_notebook_as_it_was_given(notebook):
    from helpers.kernel.execution import execute

    given = notebook("a = 1", "1 / a")
    given.cells[1].metadata["tags"] = ["parameters"]
    done = execute(given, {"a": 0})
    assert (done.error.name, done.cell) == ("ZeroDivisionError", 2)
