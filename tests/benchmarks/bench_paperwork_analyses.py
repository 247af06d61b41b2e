"""Steps i to iii on the shipped log, and what a slider has to wait for.

Run by name: python tests/benchmarks/bench_paperwork_analyses.py. Aim: all analyses in 1.5 s, each slider in 50 ms. Processor time, so that a
busy machine doesn't tell on them.
"""

from time import process_time

import numpy as np

from helpers.paperwork.durations import timed
from helpers.paperwork.hours import office_calendar
from helpers.paperwork.log import load_log
from helpers.paperwork.pain.first_time_right import first_time_right_of, outcomes, rolled_by_client
from helpers.paperwork.pain.lead_time import flow_efficiency, sojourn
from helpers.paperwork.pain.longest import longest
from helpers.paperwork.pain.open_cases import lead_time
from helpers.paperwork.pain.rework import rework_of_steps, rework_share
from helpers.paperwork.pain.rework_cost import rework_cost
from helpers.paperwork.pain.waiting import batches, waiting
from helpers.paperwork.process.communication import communication
from helpers.paperwork.process.documents import documents_per_client, time_per_client, time_per_document
from helpers.paperwork.process.paths import paths
from helpers.paperwork.process.process_map import process_map
from helpers.paperwork.process.variants import variants
from helpers.paperwork.process.visible import visible
from helpers.paperwork.readiness.measures import measures
from helpers.paperwork.readiness.order import hours_saved, order_of_work
from helpers.paperwork.readiness.prerequisites import read_prerequisites, work_to_do
from helpers.paperwork.readiness.scores import Weights, readiness


def step_i(log, times):
    """The map."""
    return process_map(log, times.calendar), variants(log), paths(log), documents_per_client(log), time_per_client(times), time_per_document(times), communication(times)


def step_ii(log, times):
    """The pain."""
    known, waits = outcomes(log), waiting(times)
    rework = rework_share(log), rework_of_steps(log), first_time_right_of(known, "document", "review"), rolled_by_client(known, "review"), rework_cost(times, 60)
    return rework, longest(times), lead_time(times), flow_efficiency(times), sojourn(times), batches(times, waits)


def step_iii(times):
    """Readiness, and what the order of work stands on."""
    measured = measures(times, np.random.default_rng(1))
    return measured, work_to_do(read_prerequisites(measured.documents)), hours_saved(times)


def seconds(work, times: int = 3):
    """The result, and the least processor time of some runs."""
    spent = []
    for _ in range(times):
        began = process_time()
        result = work()
        spent.append(process_time() - began)
    return result, min(spent)


def main() -> None:
    """Prints the times."""
    log, reading = seconds(lambda: load_log(aliases="review again: review"))
    times, timing = seconds(lambda: timed(log, office_calendar()))
    (drawn, *_), first = seconds(lambda: step_i(log, times))
    _, second = seconds(lambda: step_ii(log, times))
    (measured, work, saved), third = seconds(lambda: step_iii(times))
    print(f"reading {reading:.2f} s; times {timing:.2f}, map {first:.2f}, pain {second:.2f}, readiness {third:.2f}: {timing + first + second + third:.2f} s")
    sliders = {
        "how much of the map": lambda: visible(drawn, 0.4),
        "weights": lambda: readiness(measured, Weights(volume=0.4)),
        "budget": lambda: order_of_work(readiness(measured), work, saved, 45, 0.6),
    }
    print("; ".join(f"{name}: {1000 * seconds(work, 10)[1]:.0f} ms" for name, work in sliders.items()))


if __name__ == "__main__":
    main()
