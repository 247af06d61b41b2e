"""What the pain chapter draws from several measures at once: a document's way by its parts, and lead times in a log that ends sooner."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.evidence.resampling import quantile_interval
from helpers.evidence.survival import KaplanMeier, kaplan_meier
from helpers.paperwork.durations import Timed, party, settled_cases
from helpers.paperwork.pain.waiting import CLIENT, HELD, QUEUE

WHOLE = "all work"


def parts_of_way(times: Timed, waits: pd.DataFrame) -> pd.DataFrame:
    """Business hours that a document is on its way, mean per client who needs it, longest first; over the settled cases.

    One row per document (one in all, where the log has none), one column per part: clerk at work, client at work, and each cause of waiting.
    """
    cases = settled_cases(times)
    frame = _of_cases(times.frame, cases, ["party", "touch_h"])
    frame, waits = frame.assign(party=party(frame) + " at work"), _of_cases(waits, cases, ["cause", "hours"])
    work = _by_document(frame, "party", "touch_h")
    parts = work.join(_by_document(waits, "cause", "hours"), how="left").fillna(0.0)
    clients = _named(frame).assign(case=frame["case"]).groupby("document")["case"].nunique()
    parts = parts.div(clients, axis=0)
    order = [name for name in ("clerk at work", "client at work", "everyone at work", CLIENT, QUEUE, HELD) if name in parts]
    return parts.loc[parts.sum(axis=1).sort_values(ascending=False).index, order]


def _of_cases(frame: pd.DataFrame, cases: pd.Index, columns: list[str]) -> pd.DataFrame:
    """These columns of the rows of these cases, with case and document: fewer columns are sooner copied."""
    few = frame[[name for name in ("case", "document", *columns) if name in frame]]
    return few[few["case"].isin(cases)]


def _by_document(frame: pd.DataFrame, columns: str, values: str) -> pd.DataFrame:
    named = _named(frame).assign(part=frame[columns], hours=frame[values])
    return named.pivot_table(index="document", columns="part", values="hours", aggfunc="sum")


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """The document of each row; rows without one are left out where others have one."""
    if "document" not in frame:
        return pd.DataFrame({"document": WHOLE}, index=frame.index)
    return frame.loc[frame["document"].notna(), ["document"]]


@dataclass(frozen=True)
class CutLog:
    """Lead times in days as a log that ended sooner would have shown them.

    curve: open cases censored. closed_days: of the closed cases, and closed_p90: within which nine in ten of these were served. open: how many were.
    """

    curve: KaplanMeier
    closed_days: np.ndarray
    closed_p90: float
    open: int


def lead_time_after(times: Timed, weeks: float) -> CutLog:
    """The lead times known `weeks` after the log's first moment."""
    cases = times.cases
    end = min(cases["opened"].min() + pd.Timedelta(weeks=weeks), times.log.last)
    seen = cases[cases["opened"] < end]
    closed = (seen["closed"] & (seen["until"] <= end)).to_numpy()
    gone = (seen["withdrawn"] & (seen["until"] <= end)).to_numpy()
    days = ((seen["until"].where(seen["until"] <= end, end) - seen["opened"]) / pd.Timedelta(days=1)).to_numpy(float)
    p90 = quantile_interval(days[closed], 0.9).value if closed.any() else np.nan
    return CutLog(kaplan_meier(days, closed, unit="days"), days[closed], p90, int((~closed & ~gone).sum()))
