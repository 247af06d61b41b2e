"""How much of a process map to show: fewer nodes and edges, but never a node that can't be reached or left."""

import heapq
from math import ceil

import pandas as pd

from helpers.intake.refusal import Refusal
from helpers.paperwork.process.process_map import END, START, ProcessMap


def visible(whole: ProcessMap, share: float) -> ProcessMap:
    """The most frequent `share` (0..1) of the map's steps, and of the edges between them; 1 shows everything, 0 the one most frequent way.

    Each step shown keeps its busiest way from START and its busiest way to END (the widest path: the one whose rarest edge is most
    frequent), so that the picture stays in one piece; a larger share shows all that a smaller one did.
    """
    if not 0 <= share <= 1:
        raise Refusal(f"{share} isn't a share from 0 to 1", "how much of the map to show")
    ways = _widest_ways(whole.edges, START), _widest_ways(_turned(whole.edges), END)
    wanted = whole.nodes["step"].head(max(1, ceil(share * len(whole.nodes))))
    skeleton = {edge for step in wanted for edge in _way(ways[0], step) + [(b, a) for a, b in _way(ways[1], step)]}
    steps = {step for edge in skeleton for step in edge}
    edges = _frequent(whole.edges, steps, skeleton, share)
    return ProcessMap(whole.nodes[whole.nodes["step"].isin(steps)].reset_index(drop=True), edges, whole.items)


def _turned(edges: pd.DataFrame) -> pd.DataFrame:
    return edges.rename(columns={"source": "target", "target": "source"})


def _widest_ways(edges: pd.DataFrame, origin: str) -> dict[str, str]:
    """The step before each step on its widest way from `origin` (Dijkstra's search, wider first)."""
    leaving = {}
    for source, target, count in zip(edges["source"], edges["target"], edges["count"]):
        leaving.setdefault(source, []).append((int(count), target))
    before, open_ways = {}, [(-float("inf"), 0, origin, None)]
    while open_ways:
        width, hops, step, came_from = heapq.heappop(open_ways)
        if step in before:
            continue
        before[step] = came_from
        for count, target in leaving.get(step, ()):
            if target not in before:
                heapq.heappush(open_ways, (max(width, -count), hops + 1, target, step))
    return before


def _way(before: dict[str, str], step: str) -> list[tuple[str, str]]:
    """The edges of the widest way that ends in `step`."""
    edges = []
    while before.get(step) is not None:
        edges.append((before[step], step))
        step = before[step]
    return edges


def _frequent(edges: pd.DataFrame, steps: set[str], skeleton: set[tuple[str, str]], share: float) -> pd.DataFrame:
    """The skeleton, and the most frequent edges among the steps shown."""
    among = edges["source"].isin(steps) & edges["target"].isin(steps)
    frequent = edges["count"].rank(method="first", ascending=False) <= ceil(share * len(edges))
    needed = pd.Series([edge in skeleton for edge in zip(edges["source"], edges["target"])], index=edges.index)
    return edges[among & (frequent | needed)].reset_index(drop=True)
