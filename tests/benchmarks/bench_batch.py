"""How long batches and single runs take, side by side in one go: papermill as people use it, ours, and what the cells alone take in a warm process.

Run by name; `--runs 100` for the figures in the README, `--memory 1000` for the server's memory over so many runs.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from types import ModuleType

import psutil

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
CASES = {"marketing": ROOT / "notebooks" / "1_marketing_module.ipynb", "paperwork": ROOT / "notebooks" / "2_paperwork_standardisation.ipynb"}
BELIEFS = {"1_marketing_module": "value_per_lead_low", "2_paperwork_standardisation": "margin_per_client_low"}  # what differs from run to run: 100, 101, 102 ... CNY
PROCESSES = 2


def main() -> None:
    """Measure what was asked for and print it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=6, help="scenarios of each case")
    asked.add_argument("--shell", type=int, default=2, help="of them in a shell, one after the other; counted up")
    asked.add_argument("--single", type=int, default=3, help="single runs of each kind; the median counts")
    asked.add_argument("--memory", type=int, default=0, help="runs after which the server's memory is looked at")
    asked.add_argument("--seeds", action="store_true", help="let the seed differ from run to run instead of a belief")
    asked.add_argument("--case", choices=CASES, action="append")
    wish = asked.parse_args()
    if wish.seeds:
        BELIEFS.update(dict.fromkeys(BELIEFS, "seed"))
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name in wish.case or CASES:
        with tempfile.TemporaryDirectory() as folder:
            batches(name, wish.runs, min(wish.shell, wish.runs), Path(folder))
            singles(name, wish.single, Path(folder))
    if wish.memory:
        memory(wish.memory)
    print(f"load after: {os.getloadavg()[0]:.1f}")


def batches(name: str, runs: int, shell: int, folder: Path) -> None:
    """A batch of one case, in every way."""
    notebook = CASES[name]
    given = [{BELIEFS[notebook.stem]: 100 + number} for number in range(runs)]
    _server_up()
    seconds = {
        "papermill in a shell": _timed(lambda: [_shell(notebook, folder / "shell.ipynb", each) for each in given[:shell]]) * runs / shell,
        "papermill's API, two processes": _timed(lambda: _pool(_api, notebook, given)),
        "casebook batch": _timed(lambda: _batch(notebook, given, folder / "batch")),
        "warm function, two processes": _timed(lambda: _warm(notebook, given)),
    }
    ours, limit = seconds["casebook batch"], seconds["warm function, two processes"]
    print(f"\n{name}: {runs} scenarios")
    for way, taken in seconds.items():
        print(f"  {way:32} {taken:8.1f} s   {taken / runs:6.2f} s a run   {taken / ours:5.2f} of ours")
    print(f"  faster than the API over two processes: {seconds[next(way for way in seconds if 'API' in way)] / ours:.2f} times; above the limit: {ours / limit:.2f} times")


def singles(name: str, count: int, folder: Path) -> None:
    """One run from a cold shell, in every way; the median of `count`, taken in turns."""
    notebook = CASES[name]
    casebook = [str(BIN / "casebook"), "run", notebook.stem, "--no-progress", "--to", str(folder)]
    turns = []
    for _ in range(count):
        papermill = _timed(lambda: _shell(notebook, folder / "single.ipynb", {}))
        _server_down()
        cold = _timed(lambda: _quiet(casebook))
        warm = _timed(lambda: _quiet(casebook))
        plain = _timed(lambda: _quiet(casebook, CASEBOOK_KERNELS="plain"))
        turns.append((papermill, cold, warm, plain))
    papermill, cold, warm, plain = (statistics.median(column) for column in zip(*turns, strict=True))
    print(f"{name}: one run: papermill {papermill:.2f} s; casebook run, server cold {cold:.2f} s ({papermill / cold:.2f} times faster), "
          f"warm {warm:.2f} s ({papermill / warm:.2f}), without a server {plain:.2f} s ({papermill / plain:.2f})")  # fmt: skip


def memory(runs: int) -> None:
    """What the server holds after many runs."""
    from helpers.kernel.execution import execute

    notebook = ROOT / "notebooks" / "0_start_here.ipynb"
    held = {}
    for done in range(1, runs + 1):
        execute(str(notebook), {})
        if done in (1, 10, 100, 1000, runs):
            held[done] = _server().memory_info().rss / 1e6, psutil.Process().memory_info().rss / 1e6, len(_server().children())
    print("memory, MB after runs (server, driver; processes left):", ", ".join(f"{done}: {here:.0f}, {driver:.0f}; {left}" for done, (here, driver, left) in held.items()))


def _batch(notebook: Path, given: list[dict], folder: Path) -> None:
    (name,) = given[0]
    scenarios = folder.with_suffix(".yaml")
    scenarios.write_text(f"notebook: {notebook.stem}\ngrid:\n  {name}: {[each[name] for each in given]}\n", encoding="utf-8")
    _quiet([str(BIN / "casebook"), "batch", str(scenarios), "--processes", str(PROCESSES), "--no-progress", "--to", str(folder)])


def _shell(notebook: Path, output: Path, given: dict) -> None:
    _quiet([str(BIN / "papermill"), "--no-progress-bar", *(word for name, value in given.items() for word in ("-p", name, str(value))), str(notebook), str(output)])


def _api(notebook: Path, given: dict) -> None:
    import papermill

    with tempfile.TemporaryDirectory() as folder:
        papermill.execute_notebook(str(notebook), f"{folder}/out.ipynb", given, progress_bar=False)


def _pool(work: Callable, notebook: Path, given: list[dict]) -> None:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        list(pool.map(work, [notebook] * len(given), given))


def _warm(notebook: Path, given: list[dict]) -> None:
    """The cells in two processes that have run them before, with one thread each for linear algebra as in our runs; the first rounds aren't counted."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), initializer=os.putenv, initargs=("OPENBLAS_NUM_THREADS", "1")) as pool:
        list(pool.map(_cells, [notebook] * 2 * PROCESSES, [{}] * 2 * PROCESSES))
        began = perf_counter()
        list(pool.map(_cells, [notebook] * len(given), given))
        raise _Lap(perf_counter() - began)


class _Lap(Exception):
    """The seconds that count, where not all do."""


def _cells(notebook: Path, given: dict) -> None:
    """The notebook's cells in this process, each output made as for a page."""
    import nbformat
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    from ipywidgets import Widget

    shell = InteractiveShell.instance(user_module=ModuleType("cells"))
    shell.reset(new_session=False)
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output():
                shell.run_cell(cell.source).raise_error()
            if "parameters" in cell.metadata.get("tags", []):
                shell.run_cell("\n".join(f"{name} = {value}" for name, value in given.items())).raise_error()
    Widget.close_all()  # or each call would leave hundreds behind


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    try:
        work()
    except _Lap as lap:
        return lap.args[0]
    return perf_counter() - began


def _quiet(command: list[str], **environment: str) -> None:
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr}")


def _server() -> psutil.Process:
    """The warm server that runs go to."""
    from helpers.kernel.warm import place

    return next(one for one in psutil.process_iter(["cmdline"]) if str(place.address()) in (one.info["cmdline"] or ()))


def _server_up() -> None:
    from helpers.kernel.warm import reach

    reach.connection().close()


def _server_down() -> None:
    from helpers.kernel.warm import place

    with contextlib.suppress(FileNotFoundError):
        place.address().unlink()


if __name__ == "__main__":
    main()
