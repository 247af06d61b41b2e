"""What `casebook batch` does: the scenarios told, or made; and what it says at the end."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.batch.closing import close
from helpers.batch.driver.batch import Batch, Outcome, Workers, carry_out, local_workers, typical_seconds
from helpers.batch.driver.places import Places
from helpers.batch.driver.task import Limits
from helpers.batch.scenarios.expand import Scenarios, scenarios

SHOWN = 20  # scenarios of a dry run, failures at the end
STOPPED = 130  # exit code of what Ctrl-C ended
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    """How a batch is to be made. processes: 0 for one a core; scheduler: address of a Dask cluster; compare: whether the runs are compared at the end; copy_to: a store that gets a copy of them."""

    folder: Path
    notebook: str | None = None
    base: Path | None = None
    processes: int = 0
    cell_timeout: float = Limits.cell
    run_timeout: float = Limits.run
    many: bool = False
    wait: bool = False
    progress: bool = False
    scheduler: str | None = None
    compare: bool = False
    copy_to: str | None = None

    @property
    def limits(self) -> Limits:
        """Seconds that a cell and a run may take."""
        return Limits(self.cell_timeout, self.run_timeout)

    @property
    def workers(self) -> int:
        """Worker processes."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return self.processes or cores or 1


def make(file: Path, wish: Wish, say: Say) -> int:
    """Make the runs of `file` that aren't there yet; returns the exit code: 0 if all went well, 1 if some failed, 130 if it was stopped."""
    places = Places(wish.folder)
    planned = Batch(_scenarios(file, wish, places), places, wish.limits)
    with places.held(wish.wait):
        outcome = carry_out(planned, _workers(wish), wish.progress)
        if outcome.stopped and outcome.left:
            return _stopped(outcome, say)
        totals = close(planned)
        _tell(outcome, totals, wish, say)
        _more(wish, places, totals, say)
    return 1 if outcome.failures else 0


def show(file: Path, wish: Wish, say: Say) -> int:
    """Say what `make` would make, and how long that takes; nothing is made."""
    places = Places(wish.folder)
    there = _scenarios(file, wish, places)
    left = Batch(there, places, wish.limits).left()
    seconds, ground = typical_seconds(places)
    for line in table(there):
        say(line)
    say(f"{len(there.scenarios)} runs of {there.notebook.name}, {len(left)} still to make: about {_duration(len(left) * seconds / wish.workers)} in {wish.workers} processes ({seconds:.1f} s a run, {ground}).")
    return 0


def sweep(file: Path, wish: Wish, names: Sequence[str], say: Say) -> int:
    """Work out the findings of all scenarios of `file` without notebooks, then run the notebooks of those called `names`; returns the exit code as `make` does."""
    from helpers.batch.sweep.run import Sweep

    places = Places(wish.folder)
    planned = Sweep(Batch(_scenarios(file, wish, places), places, wish.limits))
    with places.held(wish.wait):
        outcome = planned.carry_out(wish.workers, wish.progress)
        if outcome.stopped and outcome.left:
            return _stopped(outcome, say)
        say(f"{outcome.wanted - len(outcome.failures)} of {outcome.wanted} scenarios worked out ({outcome.before} were there already). All numbers are in {wish.folder / 'results.csv'} and .parquet.")
        _list(outcome, say)
        if not names:
            return 1 if outcome.failures else 0
        chosen = planned.notebooks_for(names, wish.workers, wish.progress)
        say(f"{chosen.before + chosen.done} of {chosen.wanted} notebooks are in {places.runs}.")
        _list(chosen, say)
    return STOPPED if chosen.stopped and chosen.left else 1 if outcome.failures or chosen.failures else 0


def table(there: Scenarios) -> list[str]:
    """The scenarios as lines: the run's name, and the parameters in which they differ."""
    import pandas as pd

    defaults = {each.name: each.default for each in there.declared}
    rows = [{"run": one.run, **{name: one.parameters.get(name, defaults[name]) for name in there.varied}} for one in there.scenarios[:SHOWN]]
    more = len(there.scenarios) - len(rows)
    return pd.DataFrame(rows).to_string(index=False, max_colwidth=32).splitlines() + ([f"… and {more:,} more"] if more else [])


def _scenarios(file: Path, wish: Wish, places: Places) -> Scenarios:
    return scenarios(file, wish.notebook, wish.base, many=wish.many, seconds=typical_seconds(places)[0])


def _workers(wish: Wish) -> Workers:
    if wish.scheduler:
        from helpers.batch.driver.cluster import cluster_workers

        return cluster_workers(wish.scheduler)
    return local_workers(wish.workers)


def _stopped(outcome: Outcome, say: Say) -> int:
    say(f"Stopped with {outcome.left} of {outcome.wanted} still to make. The same command goes on from here.")
    return STOPPED


def _more(wish: Wish, places: Places, totals: dict[str, int], say: Say) -> None:
    """What was asked for beyond the runs."""
    from helpers.batch.comparing import compare, copy_to

    if wish.compare and totals["done"]:
        say(f"The runs are compared in {compare(places)}.")
    if wish.copy_to:
        say(f"{copy_to(places, wish.copy_to)} files were copied to {wish.copy_to}.")


def _tell(outcome: Outcome, totals: dict[str, int], wish: Wish, say: Say) -> None:
    there = f" ({outcome.before} were there already)" if outcome.before else ""
    say(f"{totals['done']} of {outcome.wanted} runs went well{there}.")
    _list(outcome, say)
    say(f"Open {wish.folder / 'index.html'}; all numbers are in results.parquet and results.csv beside it.")


def _list(outcome: Outcome, say: Say) -> None:
    """The failures, each in a line."""
    if outcome.failures:
        say(f"{len(outcome.failures)} failed; failures.csv lists them:")
    for name, words in outcome.failures[:SHOWN]:
        say(f"  {name}: {words}")
    if len(outcome.failures) > SHOWN:
        say(f"  … and {len(outcome.failures) - SHOWN} more")


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
