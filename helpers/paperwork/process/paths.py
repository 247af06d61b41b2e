"""How few steps would do: the typical way through the office against the shortest."""

from collections import deque
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.evidence.clustering import clustered_ratio
from helpers.evidence.estimate import Estimate
from helpers.evidence.resampling import quantile_interval
from helpers.intake.refusal import Refusal
from helpers.paperwork.office_log import OfficeLog
from helpers.paperwork.process.process_map import END, START, ProcessMap, follows
from helpers.paperwork.process.traces import Traces, traces
from helpers.paperwork.process.variants import variants_of


@dataclass(frozen=True)
class Paths:
    """Ways through the office of the items that completed.

    typical: the most frequent way; median_steps, mean_steps: of an item; fewest: the shortest way that was really taken, and by how many items;
    shortest: the shortest way that the map's frequent edges allow, whether anyone took it or not. items: how many completed.
    """

    typical: tuple[str, ...]
    median_steps: Estimate
    mean_steps: Estimate
    fewest: tuple[str, ...]
    fewest_items: int
    shortest: tuple[str, ...]
    items: int

    @property
    def superfluous(self) -> float:
        """Steps of an item, on average, that the shortest way taken does without."""
        return self.mean_steps.value - len(self.fewest)


def paths(log: OfficeLog, ending: tuple[str, ...] = (), rare: float = 0.01, item: list[str] | None = None) -> Paths:
    """The ways of items (by default a document of a case, where the log has documents) whose last step is one of `ending`.

    ending: by default the step with which most items end. rare: edges that fewer than this share of the items took don't make a short cut.
    Raises Refusal where no item ends so.
    """
    all_ways = traces(log.handlings, item or log.item)
    ending = ending or (_usual_end(all_ways),)
    done = _ending_with(all_ways, ending)
    if not len(done.first):
        raise Refusal(f"nothing ends with {' or '.join(ending)}", log.source, "name the steps that complete an item")
    table = variants_of(done).table
    short = table.loc[table["length"].idxmin()]
    shortest = shortest_way(follows(done), rare * len(done.first))
    case = pd.factorize(log.handlings["case"].to_numpy()[done.rows[done.first]])[0]
    mean = clustered_ratio(np.bincount(case, done.lengths), np.bincount(case), unit="steps")
    median = quantile_interval(done.lengths, 0.5, unit="steps")
    return Paths(table["steps"].iloc[0], median, mean, short["steps"], int(short["items"]), shortest, len(done.first))


def shortest_way(drawn: ProcessMap, at_least: float = 0) -> tuple[str, ...]:
    """The fewest steps from START to END over edges that at least so many items took; empty where there is no way."""
    edges = drawn.edges[drawn.edges["items"] >= at_least]
    leaving = edges.groupby("source", sort=False)["target"].agg(list).to_dict()
    before, open_ways = {START: None}, deque([START])
    while open_ways and END not in before:
        step = open_ways.popleft()
        for target in leaving.get(step, ()):
            if target not in before:
                before[target] = step
                open_ways.append(target)
    return _back(before)


def _back(before: dict[str, str]) -> tuple[str, ...]:
    way, step = [], before.get(END)
    while step not in (None, START):
        way.append(step)
        step = before[step]
    return tuple(reversed(way))


def _usual_end(ways: Traces) -> str:
    return ways.labels[np.bincount(ways.steps[ways.last]).argmax()]


def _ending_with(ways: Traces, ending: tuple[str, ...]) -> Traces:
    """The items whose last step is one of these."""
    ends = np.isin(np.array(ways.labels, dtype=object), ending)[ways.steps[ways.last]]
    kept = np.repeat(ends, ways.lengths)
    lengths = ways.lengths[ends]
    return Traces(ways.steps[kept], np.cumsum(lengths) - lengths, ways.rows[kept], ways.labels)

