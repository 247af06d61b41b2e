"""Challenge a on the shipped log, and loading the real one: seconds by part, and as a multiple of merely parsing the file.

Run by name: python tests/benchmarks/bench_traffic.py. Each part is the shortest of some runs, in processor time (on a machine that does
other things meanwhile the clock measures those); the parse that they are measured against is done in the same run.
"""

import sys
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd

from helpers.intake.held import HELD
from helpers.marketing.log import SHIPPED, load_log
from helpers.marketing.traffic.arrivals import arrivals
from helpers.marketing.traffic.cascades import forwards_per_read, new_people_per_read, spread
from helpers.marketing.traffic.ceiling import leads_by_rate, registration_rate, traffic
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.identity import bounds
from helpers.marketing.traffic.mix import mix_shift
from helpers.marketing.traffic.split import censoring, forwards_by_newcomers, new_share, new_share_by

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "cofacts_share_log_derived_20190414.csv"
COLUMNS = "time: event_time, person: user_id, event: event_type, article: item_id, salesperson: sharer_id, channel: client"
EVENTS = "publish: reply_posted, read: read_feedback, forward: share_request"


def shortest(work, times: int = 5, held_by: tuple = ()) -> float:
    """The shortest of some runs in seconds of processor time; held_by: what holds answers, which are forgotten before each run."""
    seconds = []
    for _ in range(times):
        for each in held_by:
            vars(each).pop(HELD, None)
        began = process_time()
        work()
        seconds.append(process_time() - began)
    return min(seconds)


def analyses(log, known) -> dict:
    """Every analysis of challenge a, each as a function without arguments."""
    groups = ("month", "depth", "topic", "salesperson", "channel")
    return {
        "reads and forwards": lambda: arrivals(log),
        "new share": lambda: new_share(known),
        "new share by five groups": lambda: [new_share_by(known, by) for by in groups],
        "left-censoring": lambda: censoring(known),
        "forwards by newcomers": lambda: forwards_by_newcomers(known),
        "cascades": lambda: [spread(known), forwards_per_read(known), new_people_per_read(known)],
        "ceiling": lambda: [traffic(known), registration_rate(known)],
        "mix of topics and salespeople": lambda: [mix_shift(known, by) for by in ("topic", "salesperson")],
    }


def slider_calls(known) -> dict:
    """What an explorer calls when a slider moves to where it hasn't been."""
    share, monthly = new_share(known).share, traffic(known).new_per_month
    return {
        "new share by definition": lambda: new_share(known, Definition(burn_in_days=60), draws=0),
        "new share by month": lambda: new_share_by(known, "month", Definition(burn_in_days=60)),
        "second devices": lambda: bounds(share, np.linspace(0, 0.5, 51)),
        "leads by rate": lambda: leads_by_rate(monthly, np.linspace(0, 0.2, 101)),
    }


def told(name: str, seconds: float, parse: float) -> None:
    """One line of the table."""
    print(f"{name:<34}{seconds * 1000:>9.1f} ms {seconds / parse:>8.2f} × parsing")


def main() -> int:
    """All parts; fails where all analyses together take over 1.2 s, a slider over 50 ms, or the real log over 0.6 s to load."""
    parse = shortest(lambda: pd.read_csv(SHIPPED, dtype=str))
    log = load_log()
    told("load the shipped log", shortest(load_log), parse)
    known = arrivals(log)
    whole = {name: shortest(work, held_by=(log, known)) for name, work in analyses(log, known).items()}
    moved = {name: shortest(work, held_by=(log, known)) for name, work in slider_calls(known).items()}
    for name, seconds in [*whole.items(), ("all analyses", sum(whole.values())), *moved.items()]:
        told(name, seconds, parse)
    real = shortest(lambda: load_log(REAL, COLUMNS, EVENTS), 3) if REAL.exists() else 0.0
    told("load the real log", real, shortest(lambda: pd.read_csv(REAL, dtype=str), 3) if real else 1.0)
    return int(sum(whole.values()) > 1.2 or max(moved.values()) > 0.05 or real > 0.6)


if __name__ == "__main__":
    sys.exit(main())
