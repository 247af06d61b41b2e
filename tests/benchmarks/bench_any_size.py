"""Both cases over 1, 5 and 50 million events in Parquet: our functions through DuckDB beside SQL written by hand for the same answers.

Run by name: python tests/benchmarks/bench_any_size.py [millions ...]. Each part runs in a process of its own, whose peak memory is read when it
ends (from /proc: Linux only); ours and by hand take turns, and the answers must be equal before times are shown. Last, files larger than DuckDB's memory are
gone through. Logs are made once and kept in the folder that CASEBOOK_LARGE_LOGS names. Fails where ours takes over 1.5 times as long, 3 GiB, or grows faster than its log.
"""

import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import large_logs  # noqa: E402  (beside this file, which is run by name)
import sql_by_hand  # noqa: E402

SIZES = (1, 5, 50)
MOST_TIMES, MOST_GIB, MOST_GROWTH = 1.5, 3.0, 1.5
BEYOND = {"csv": 20_000_000, "parquet": 50_000_000}  # events of the logs that are ten times as large as DuckDB's memory


def traffic_by_hand(folder: Path) -> dict:
    """Case 1 by hand: the digest of its answers."""
    found = sql_by_hand.traffic(folder, sql_by_hand.connection())
    trees, forwards = found["trees"], found["forwards"]
    return {
        "early, blank, own": found["left_out"].iloc[0].tolist(),
        **{f"by {by}": _digest(found[by], ["reads", "new"]) for by in ("month", "depth", "topic", "channel", "salesperson", "censoring", "newcomers")},
        **{f"clusters {by}": _kinds(found[f"clusters {by}"]) for by in ("salesperson", "root", "article")},
        "brought": _digest(found["brought"], ["brought", "reads"]),
        "forwards": [int(forwards[name].sum()) for name in ("forwards", "reads", "unread", "children")],
        "generations": _digest(found["generations"], ["forwards", "children"]),
        "trees": [int(trees["cascades"].sum()), int((trees["size"] * trees["cascades"]).sum()), int((trees["depth"] * trees["cascades"]).sum())],
    }  # fmt: skip


def traffic_ours(folder: Path) -> dict:
    """Case 1 by our functions, intervals and all; the same digest, from what the estimates rest on."""
    import narwhals as nw
    from helpers.intake.engine.frames import frame_of, small
    from helpers.marketing.big_log import load_big_log
    from helpers.marketing.traffic import cascades, definition, split
    from helpers.marketing.traffic.arrivals import arrivals
    from helpers.marketing.traffic.counts import cluster_sizes, counts

    began = perf_counter(), process_time()
    log = load_big_log(folder)
    opened = perf_counter() - began[0], process_time() - began[1]
    known, plain = arrivals(log), definition.Definition()
    found = split.new_share(known, plain, draws=0)
    groups = {by: split.new_share_by(known, by) for by in ("month", "depth", "topic", "channel", "salesperson")}
    periods, spread = split.censoring(known), cascades.spread(known)
    newcomers, brought = split.forwards_by_newcomers(known), cascades.new_people_per_read(known)
    timed = perf_counter() - began[0], process_time() - began[1]
    trees = small(cascades.cascade_table(known, cascades.SETTLE_DAYS))
    forwards = small(cascades.forward_table(known, cascades.SETTLE_DAYS).select(nw.len().alias("forwards"), nw.col("reads", "unread", "children").sum())).iloc[0]
    counted = definition.counted(known, plain)
    reads = frame_of(known.reads).filter(nw.col("day") >= plain.burn_in_days).with_columns((nw.col("first") & (nw.col("forwarded") == 1)).cast(nw.Int64).alias("brought"))
    digest = {
        "early, blank, own": [found.before_burn_in, found.blank, found.self_reads],
        **{f"by {by}": _digest(groups[by], ["reads", "new"]) for by in groups},
        "by censoring": _digest(periods, ["reads", "new"]),
        "by newcomers": _digest(counts(definition.newcomers_forwards(known, plain), ["salesperson"]), ["reads", "new"]),
        **{f"clusters {by}": _kinds(cluster_sizes(counted, by).value_counts().rename("clusters").reset_index()) for by in ("salesperson", "root", "article")},
        "brought": _digest(counts(reads, ["salesperson"], "brought"), ["brought", "reads"]),
        "forwards": [int(forwards[name]) for name in ("forwards", "reads", "unread", "children")],
        "generations": [int(spread.generations["forwards"].sum()), round(float((spread.generations["forwards"] * spread.generations["reproduction"]).sum()))],
        "trees": [int(trees["cascades"].sum()), int((trees["size"] * trees["cascades"]).sum()), int((trees["depth"] * trees["cascades"]).sum())],
    }  # fmt: skip
    assert newcomers.has_interval and brought.has_interval
    return {"digest": digest, "opened": opened, "timed": timed}


def map_by_hand(folder: Path) -> dict:
    """Case 2 by hand: the digest of its answers."""
    found = sql_by_hand.office_map(folder, sql_by_hand.connection())
    edges = found["edges"].dropna(subset="source")
    return {
        "nodes": found["nodes"].sort_values("step")[["count", "items"]].to_numpy().tolist(),
        "edges": edges.sort_values(["source", "target"])[["count", "items", "moves", "seconds"]].to_numpy(np.int64).tolist(),
        "starts": found["edges"][found["edges"]["source"].isna()].sort_values("target")["count"].tolist(),
        "ways": sorted(found["ways"]["items"].tolist()),
        "repeats": [int((found["again"][name] * found["again"]["cases"]).sum()) for name in ("handlings", "repeats")] + [int(found["again"]["cases"].sum())],
    }  # fmt: skip


def map_ours(folder: Path) -> dict:
    """Case 2 by our functions."""
    from helpers.intake.columns.big_source import open_big_log
    from helpers.intake.columns.log_source import LogSource
    from helpers.paperwork.big_log import rows_of_opened
    from helpers.paperwork.pain.counted_repeats import of_cases, repeats_of_items
    from helpers.paperwork.process.process_map import START, follows
    from helpers.paperwork.process.variants import variants_of
    from helpers.paperwork.process.whole import Whole
    import narwhals as nw

    began = perf_counter(), process_time()
    opened_log, *_ = open_big_log(folder, LogSource(), "paperwork")
    rows, _ = rows_of_opened(opened_log, "")
    opened = perf_counter() - began[0], process_time() - began[1]
    whole = Whole(rows, ("case", "document"))
    drawn, ways, hours = follows(whole.traces), variants_of(whole.traces), whole.hours
    cases = of_cases(repeats_of_items(whole.by_case, nw.lit(True), same_resource=True))
    timed = perf_counter() - began[0], process_time() - began[1]
    inner = drawn.edges.merge(hours, on=["source", "target"]).sort_values(["source", "target"])
    inner = inner.assign(seconds=(inner["hours"] * 3600).round())
    digest = {
        "nodes": drawn.nodes.sort_values("step")[["count", "items"]].to_numpy().tolist(),
        "edges": inner[["count", "items", "moves", "seconds"]].to_numpy(np.int64).tolist(),
        "starts": drawn.edges[drawn.edges["source"] == START].sort_values("target")["count"].tolist(),
        "ways": sorted(ways.table["items"].tolist()),
        "repeats": [int(cases[name].sum()) for name in ("handlings", "repeats")] + [len(cases)],
    }  # fmt: skip
    return {"digest": digest, "opened": opened, "timed": timed}


PARTS = {"marketing": (traffic_ours, traffic_by_hand), "paperwork": (map_ours, map_by_hand)}


def _digest(table, columns: list[str]) -> list[int]:
    """Sums that any wrong row would change: of the columns, and of their products with each other."""
    values = table[columns].to_numpy(np.int64)
    return values.sum(0).tolist()


def _kinds(table) -> list[int]:
    table = table.astype(np.int64)
    return [int(table["clusters"].sum()), *(int((table[name] * table["clusters"]).sum()) for name in ("reads", "new")), int((table["reads"] ** 2 * table["clusters"]).sum())]


def run_part(case: str, by_hand: bool, folder: str) -> None:
    """One part in this process: prints its digest, seconds by the clock and of the processor, and peak memory."""
    began = perf_counter(), process_time()
    found = PARTS[case][by_hand](Path(folder))
    found = {"digest": found} if by_hand else found
    timed = found.get("timed") or (perf_counter() - began[0], process_time() - began[1])
    print(json.dumps({"digest": found["digest"], "opened": found.get("opened", (0, 0)), "timed": timed, "gib": _peak()}))


def _peak() -> float:
    """The most memory that this process has held, in GiB; what getrusage tells would be at least what the process held that began this one."""
    [held] = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(held) / 2**20


def part(case: str, by_hand: bool, folder: Path, **environment: str) -> dict:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "part", case, str(int(by_hand)), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | environment)
    if done.returncode:
        raise SystemExit(f"{case} {'by hand' if by_hand else 'ours'} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def compared(case: str, millions: float) -> tuple[float, float, float]:
    """Ours and by hand over one log: the ratio of processor time, ours per event, and our peak memory; prints a line. Fails where answers differ."""
    events = int(millions * 1e6)
    folder = getattr(large_logs, case)(events)
    ours, by_hand = part(case, False, folder), part(case, True, folder)
    assert ours["digest"] == by_hand["digest"], [(name, ours["digest"][name], by_hand["digest"][name]) for name in by_hand["digest"] if ours["digest"][name] != by_hand["digest"][name]]
    (clock, work), (hand_clock, hand_work) = ([seconds - opened for seconds, opened in zip(ours["timed"], ours["opened"])], by_hand["timed"])
    print(
        f"{case:10} {millions:>5g} M   ours {clock:7.1f} s ({work:6.1f} s of processor, {ours['opened'][1]:5.1f} s more to open and check)   by hand {hand_clock:7.1f} s ({hand_work:6.1f} s)"
        f"   ratio {work / hand_work:4.2f} ({clock / hand_clock:4.2f} by the clock)   {ours['gib']:.2f} GiB (by hand {by_hand['gib']:.2f})   load {os.getloadavg()[0]:.1f}", flush=True
    )  # fmt: skip
    return work / hand_work, work / events, ours["gib"]


def beyond_memory(case: str, ending: str) -> None:
    """A log ten times as large as what DuckDB may hold, gone through all the same. It is DuckDB's own memory that is limited: Python and its libraries
    take more, and the peak of the process is told."""
    folder = getattr(large_logs, case)(BEYOND[ending])
    source = folder if ending == "parquet" else large_logs.as_csv(folder)
    size = sum(file.stat().st_size for file in (source.glob("*.parquet") if source.is_dir() else [source])) / 1e6
    ours = part(case, False, source, CASEBOOK_MEMORY=f"{int(size / 10)}MB")
    print(f"{case}: {size:.0f} MB of {ending}, ten times DuckDB's {int(size / 10)} MB: {ours['timed'][0]:.0f} s, peak of the process {ours['gib']:.2f} GiB", flush=True)


def main(sizes: list[float]) -> int:
    """The table; 1 where a limit is broken."""
    broken = []
    for case in PARTS:
        found = [compared(case, millions) for millions in sizes]
        growth = found[-1][1] / found[0][1]
        print(f"{case}: time per event from {sizes[0]:g} to {sizes[-1]:g} million events: {growth:.2f} times")
        broken += [case] if found[-1][0] > MOST_TIMES or found[-1][2] > MOST_GIB or growth > MOST_GROWTH else []
    for case, ending in product(PARTS, BEYOND):
        beyond_memory(case, ending)
    return int(bool(broken))


if __name__ == "__main__":
    if sys.argv[1:2] == ["part"]:
        run_part(sys.argv[2], bool(int(sys.argv[3])), sys.argv[4])
    else:
        sys.exit(main([float(each) for each in sys.argv[1:]] or list(SIZES)))
