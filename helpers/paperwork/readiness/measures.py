"""What the log says about each document: volume, variability, exceptions, rework, explaining; and the same for clients drawn again."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.evidence.resampling import draw_counts
from helpers.paperwork.durations import Timed, party, settled_cases
from helpers.paperwork.needs import require
from helpers.paperwork.pain.first_time_right import outcomes
from helpers.paperwork.pain.rework import Counting

MEASURES = ("volume", "variability", "exceptions", "rework", "explaining")
SUMS = ("n", "hours", "squares", "exceptional", "wrong", "known", "explaining")  # what adds up over clients


@dataclass(frozen=True)
class Measures:
    """values: document x measure (in the order of MEASURES; NaN where the log can't say); draws: the same for each draw of clients."""

    documents: tuple[str, ...]
    values: np.ndarray
    draws: np.ndarray
    clients: int


def measures(
    times: Timed,
    rng: np.random.Generator,
    step: str = "review",
    explaining: tuple[str, ...] = ("explain",),
    exception: tuple[str, ...] = ("exception",),
    draws: int = 500,
) -> Measures:
    """The five measures of every document over the settled cases, clients drawn again `draws` times.

    volume: share of clients who need it; variability: coefficient of variation of a client's clerk time on it; exceptions: share with work
    of such a kind; rework: share not right the first time at `step` (of those whose outcome is known); explaining: share of its clerk
    time of such a kind. Raises Refusal where the log knows no documents.
    """
    require(times.log, "document")
    sums = _sums(times, step, explaining, exception)
    documents = tuple(sums["n"].columns)
    columns = np.concatenate([sums[name].to_numpy() for name in SUMS], axis=1)
    clients = len(columns)
    drawn = draw_counts(clients, rng, draws) @ columns
    shape = (len(SUMS), len(documents))
    values = _measured(columns.sum(axis=0).reshape(1, *shape), clients)[0]
    return Measures(documents, values, _measured(drawn.reshape(-1, *shape), clients), clients)


def _measured(sums: np.ndarray, clients: int) -> np.ndarray:
    """The measures (draw x document x measure) of sums (draw x SUMS x document)."""
    n, hours, squares, exceptional, wrong, known, explaining = np.moveaxis(sums, 1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = hours / n
        spread = np.sqrt(np.maximum(squares / n - mean**2, 0)) / mean
        return np.stack([n / clients, spread, exceptional / n, wrong / known, explaining / hours], axis=-1)


def _sums(times: Timed, step: str, explaining: tuple[str, ...], exception: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Client x document tables of what adds up over clients; NaN throughout where the log can't say."""
    cases = settled_cases(times)
    frame = times.frame[times.frame["case"].isin(cases) & times.frame["document"].notna()]
    hours = frame["touch_h"].fillna(0.0) if "touch_h" in frame else pd.Series(np.nan, index=frame.index)
    clerk = hours.where(party(frame) != "client", 0.0)
    about = frame.assign(hours=clerk, explaining=clerk * _of_kind(frame, explaining), exceptional=_of_kind(frame, exception))
    table = about.groupby(["case", "document"]).agg(hours=("hours", "sum"), explaining=("explaining", "sum"), exceptional=("exceptional", "max"))
    known = outcomes(times.log, Counting())
    known = known[(known["step"] == step) & known["case"].isin(cases)].groupby(["case", "document"])["right"].all()
    table = table.assign(n=1.0, squares=table["hours"] ** 2, known=known.notna(), wrong=1.0 - known).fillna({"known": 0.0, "wrong": 0.0})
    return {name: table[name].astype(float).unstack(fill_value=0.0).reindex(cases, fill_value=0.0) for name in SUMS}


def _of_kind(frame: pd.DataFrame, kinds: tuple[str, ...]) -> pd.Series:
    """1 where a handling is of such a kind, 0 where not; NaN where the log doesn't know kinds."""
    return frame["kind"].isin(kinds).astype(float) if "kind" in frame else pd.Series(np.nan, index=frame.index)
