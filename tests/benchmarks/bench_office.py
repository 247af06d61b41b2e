"""The office simulation beside SimPy and Ciw, and what the plan's sliders have to wait for.

Run by name: python tests/benchmarks/bench_office.py. Aims: at least 20 times faster than the same office in SimPy and in Ciw; six options over a
year each in 2 s; one option for a slider in 100 ms. Processor time, so that a busy machine doesn't tell on them (elapsed time beside it where two
cores share the work).
"""

import importlib.util
import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from helpers.paperwork.durations import timed
from helpers.paperwork.hours import office_calendar
from helpers.paperwork.log import load_log
from helpers.paperwork.office.backtest import back_test
from helpers.paperwork.office.calibration import calibrate
from helpers.paperwork.office.change import DO_NOTHING, Change, Option
from helpers.paperwork.office.engine.warm import warm
from helpers.paperwork.office.load import load
from helpers.paperwork.office.options import compare
from helpers.paperwork.office.outcome import simulate
from helpers.paperwork.office.waits import at_volume, wait

ORACLES = Path(__file__).parents[1] / "paperwork" / "office" / "oracles.py"


def oracles():
    """The other implementations."""
    spec = importlib.util.spec_from_file_location("office_oracles", ORACLES)
    module = sys.modules["office_oracles"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seconds(work, times: int = 3, clock=process_time):
    """The result of the last run, and the least time of some."""
    spent = []
    for number in range(times):
        began = clock()
        result = work(number)
        spent.append(clock() - began)
    return result, min(spent)


def beside_the_others() -> None:
    """Seconds per simulated year of the small office with rework, in three implementations."""
    other = oracles()
    year = other.Network(warm_up=4, weeks=52)
    _, ours = seconds(lambda seed: other.in_ours(year, 1, seed), 9)
    for name, run in (("SimPy", other.in_simpy), ("Ciw", other.in_ciw)):
        _, theirs = seconds(lambda seed: run(year, seed))
        print(f"a year of the small office: ours {1000 * ours:.1f} ms, {name} {theirs:.2f} s: {theirs / ours:.0f} times as fast")


def on_the_shipped_log() -> None:
    """Calibration, back-test, options and sliders."""
    times = timed(load_log(), office_calendar())
    model, calibrating = seconds(lambda _: calibrate(times))
    _, testing = seconds(lambda seed: back_test(times, model, seed), clock=perf_counter)
    standard = Change("standard", model.kinds[1:6], (("explain", 0.4), ("send", 0.4)), 0.5, 0.5, adoption=0.85)
    sheets = Change("sheets", (), (("send", 0.7),), 1.05, 1.05, adoption=0.8)
    options = [DO_NOTHING, Option("hire 1", 1), Option("hire 2", 2), Option("sheets", changes=(sheets,)), Option("standard", changes=(standard,)), Option("both", 1, (standard,))]
    _, elapsed = seconds(lambda seed: compare(model, options, seed=seed), clock=perf_counter)
    _, spent = seconds(lambda seed: compare(model, options, seed=10 + seed))
    print(f"calibrating {calibrating:.2f} s, back-test {testing:.2f} s; six options, 12 years each: {elapsed:.2f} s ({spent:.2f} s of processor)")
    work = load(model)
    sliders = {
        "one option, 4 years": lambda number: simulate(model, [Option("hire", number)], replications=4),
        "the wait over volumes": lambda _: [wait(at_volume(work, times), 10 * work.clerks, 2.0) for times in np.linspace(0.3, 5, 69)],
    }
    print("; ".join(f"{name}: {1000 * seconds(work, 7, perf_counter)[1]:.0f} ms" for name, work in sliders.items()))


def main() -> None:
    """Prints the times."""
    _, compiling = seconds(lambda _: warm(), 1, perf_counter)
    print(f"first call {compiling:.1f} s (compiled, or loaded where it was kept)")
    beside_the_others()
    on_the_shipped_log()


if __name__ == "__main__":
    main()
