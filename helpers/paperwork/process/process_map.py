"""The process map: which step directly follows which, how often and after how long, and how much of it to show."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from helpers.intake.held import held
from helpers.paperwork.hours import Calendar, business_hours, touch_hours
from helpers.paperwork.office_log import OfficeLog
from helpers.paperwork.process.traces import Traces, stable_order, traces

START, END = "(start)", "(end)"


@dataclass(frozen=True)
class ProcessMap:
    """A directly-follows graph.

    nodes: step, count (handlings), items (that had it), starts, ends (items that began and ended with it), and where asked for
    median_h, the median work of one handling. edges: source, target, count, items, and median_h, the median time from the end
    of the one to the start of the other (in a log with one time a row: from time to time). START and END are nodes of the edges only.
    items: how many went through.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    items: int


@held
def process_map(log: OfficeLog, calendar: Calendar | None = None, item: list[str] | None = None, by: str = "step") -> ProcessMap:
    """The map of a log; an item is what `item` names: by default a document of a case, where the log has documents.

    With a calendar, nodes and edges carry their median times in its business hours.
    """
    if log.whole and item is None and by == "step":
        drawn = follows(log.whole.traces)
        return drawn if calendar is None else _with_sample_times(drawn, log, calendar)
    paths = traces(log.handlings, item or log.item, by)
    drawn = follows(paths)
    return drawn if calendar is None else _timed(drawn, paths, log, calendar)


def follows(paths: Traces) -> ProcessMap:
    """The directly-follows graph of these traces: counts only."""
    labels, n = paths.labels, len(paths.labels)
    starts, ends = (paths.counted(paths.steps[where], np.arange(len(paths.first)), n) for where in (paths.first, paths.last))
    nodes = pd.DataFrame({"step": labels, "count": paths.counted(paths.steps, paths.item, n), "items": _items_with(paths, paths.steps, paths.item, n)})
    nodes = nodes.assign(starts=starts, ends=ends)
    nodes = nodes[nodes["count"] > 0].sort_values("count", ascending=False, kind="stable", ignore_index=True)
    between = _between(paths)
    outer = [_outer(START, labels, starts, True), _outer(END, labels, ends, False)]
    edges = pd.concat([between, *outer], ignore_index=True).sort_values("count", ascending=False, kind="stable", ignore_index=True)
    return ProcessMap(nodes, edges, paths.number_of_items)


def _between(paths: Traces) -> pd.DataFrame:
    """Edges between steps: source, target, count, items."""
    n = len(paths.labels)
    pairs, item = _pairs(paths), _inside(paths, paths.item)
    counts = paths.counted(pairs, item, n * n)
    seen = np.flatnonzero(counts)
    names = np.array(paths.labels, dtype=object)
    items = _items_with(paths, pairs, item, n * n)[seen]
    return pd.DataFrame({"source": names[seen // n], "target": names[seen % n], "count": counts[seen], "items": items})


def _outer(label: str, labels: tuple[str, ...], counts: np.ndarray, first: bool) -> pd.DataFrame:
    """Edges from START or to END."""
    seen = np.flatnonzero(counts)
    names = np.array(labels, dtype=object)[seen]
    outside = np.full(len(seen), label, dtype=object)
    source, target = (outside, names) if first else (names, outside)
    return pd.DataFrame({"source": source, "target": target, "count": counts[seen], "items": counts[seen]})


def _inside(paths: Traces, values: np.ndarray) -> np.ndarray:
    """The values of all steps but each item's last."""
    follows_on = np.ones(len(paths.steps), dtype=bool)
    follows_on[paths.last] = False
    return values[follows_on]


def _pairs(paths: Traces) -> np.ndarray:
    """A number for each step and its follower, in trace order."""
    n = len(paths.labels)
    number = np.zeros(len(paths.steps), dtype=np.int64)
    number[:-1] = paths.steps[:-1].astype(np.int64) * n + paths.steps[1:]
    return _inside(paths, number)


def _items_with(paths: Traces, codes: np.ndarray, item: np.ndarray, n: int) -> np.ndarray:
    """In how many items each code occurs; `item` ascends."""
    order = stable_order(codes)
    codes, item = codes[order], item[order]
    new = np.r_[True, (codes[1:] != codes[:-1]) | (item[1:] != item[:-1])] if len(codes) else codes.astype(bool)
    return paths.counted(codes[new], item[new], n)


def _timed(drawn: ProcessMap, paths: Traces, log: OfficeLog, calendar: Calendar) -> ProcessMap:
    """The same map with median times in business hours."""
    frame = log.handlings.iloc[paths.rows]
    begins = frame["start"] if log.has("touch_time") else frame["end"]
    gap = business_hours(frame["end"].shift(), begins, calendar)
    names = np.array(paths.labels, dtype=object)
    middle = pd.Series(_inside(paths, np.roll(gap, -1))).clip(lower=0).groupby(_pairs(paths)).median()
    ends = [names[middle.index // len(names)], names[middle.index % len(names)]]
    edges = drawn.edges.merge(pd.DataFrame({"source": ends[0], "target": ends[1], "median_h": middle.to_numpy()}), how="left", on=["source", "target"])
    return ProcessMap(drawn.nodes.assign(median_h=_work(drawn.nodes, paths, frame, log, calendar)), edges, drawn.items)


def _with_sample_times(drawn: ProcessMap, log: OfficeLog, calendar: Calendar) -> ProcessMap:
    """The map of all rows with the median times of the sample; missing where the sample has no such step or move."""
    sampled = process_map(replace(log, whole=None), calendar)
    nodes = drawn.nodes.merge(sampled.nodes[["step", "median_h"]], how="left", on="step")
    return ProcessMap(nodes, drawn.edges.merge(sampled.edges[["source", "target", "median_h"]], how="left", on=["source", "target"]), drawn.items)


def _work(nodes: pd.DataFrame, paths: Traces, frame: pd.DataFrame, log: OfficeLog, calendar: Calendar) -> np.ndarray:
    """Median touch time of each node's handlings; NaN in a log with one time a row."""
    if not log.has("touch_time"):
        return np.full(len(nodes), np.nan)
    hours = pd.Series(touch_hours(frame, calendar)).groupby(paths.steps).median()
    return nodes["step"].map(dict(zip(np.array(paths.labels, dtype=object)[hours.index], hours))).to_numpy()
