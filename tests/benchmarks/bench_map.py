"""Map and variants of a log of two million rows: ours, and pm4py's where it can be imported (a desk oracle, not a dependency).

Run by name: python tests/benchmarks/bench_map.py [rows]. Both start from the same frame in memory, in order of time, and are timed in
turn in one run; the counts must agree before the times are shown.
"""

import sys
from time import perf_counter

import numpy as np
import pandas as pd

from helpers.paperwork.process.process_map import END, START, follows
from helpers.paperwork.process.traces import traces
from helpers.paperwork.process.variants import variants_of
from helpers.paperwork.process.visible import visible

STEPS = np.array([f"step {letter}" for letter in "abcdefghijklmnopqrst"], dtype=object)


def made_up_log(rows: int, seed: int = 7) -> pd.DataFrame:
    """A log of about so many rows: cases of geometric length, steps that mostly move on and sometimes jump, all cases interleaved in time."""
    rng = np.random.default_rng(seed)
    lengths = 2 + rng.geometric(1 / 8, rows // 10)
    case = np.repeat(np.arange(len(lengths)), lengths)
    within = np.arange(len(case)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    step = (within + np.where(rng.random(len(case)) < 0.15, rng.integers(0, 20, len(case)), 0)) % 20
    minutes = np.repeat(rng.integers(0, 500_000, len(lengths)), lengths) + within * 60 + rng.integers(0, 60, len(case))
    order = np.argsort(minutes, kind="stable")
    frame = pd.DataFrame({"case": "case " + pd.Series(case).astype(str), "step": STEPS[step]})
    frame["end"] = pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta(minutes, unit="min")
    return frame.astype({"step": "str"}).iloc[order].reset_index(drop=True)


def ours(frame: pd.DataFrame):
    """The map's counts, starts, ends and the variants."""
    paths = traces(frame, ["case"])
    return follows(paths), variants_of(paths)


def formatted_by(pm4py, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as pm4py wants it."""
    return pm4py.format_dataframe(frame, case_id="case", activity_key="step", timestamp_key="end")


def theirs(formatted: pd.DataFrame, pm4py):
    """The same by pm4py, from a frame that it has already formatted: its variants are wrong on one that it hasn't."""
    return pm4py.discover_dfg(formatted), pm4py.get_variants(formatted)


def timed(work, *arguments, times: int = 3):
    """The result, and the shortest of some runs in seconds."""
    seconds = []
    for _ in range(times):
        began = perf_counter()
        result = work(*arguments)
        seconds.append(perf_counter() - began)
    return result, min(seconds)


def agree(mine, other) -> bool:
    """Whether both found the same edges, starts, ends and variants."""
    (drawn, ways), ((edges, starts, ends), variants) = mine, other
    counted = {(a, b): n for a, b, n in zip(drawn.edges["source"], drawn.edges["target"], drawn.edges["count"])}
    expected = dict(edges) | {(START, step): n for step, n in starts.items()} | {(step, END): n for step, n in ends.items()}
    table = dict(zip(ways.table["steps"], ways.table["items"]))
    return counted == expected and table == {steps: n if isinstance(n, int) else len(n) for steps, n in variants.items()}


def main(rows: int) -> None:
    """Prints the times and their ratio."""
    frame = made_up_log(rows)
    mine, seconds = timed(ours, frame)
    print(f"{len(frame):,} rows, {mine[0].items:,} cases, {len(mine[1].table):,} variants")
    print(f"ours: {seconds:.2f} s; slider: {1000 * timed(visible, mine[0], 0.3)[1]:.1f} ms")
    try:
        import pm4py
    except ImportError:
        print("pm4py isn't here: nothing to compare with")
        return
    formatted, formatting = timed(formatted_by, pm4py, frame, times=1)
    other, longer = timed(theirs, formatted, pm4py)
    print(f"pm4py: {longer:.2f} s after {formatting:.2f} s of formatting the frame; the same counts: {agree(mine, other)}")
    print(f"ours is {longer / seconds:.1f} times as fast, {(formatting + longer) / seconds:.1f} times with the formatting that it needs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000)
