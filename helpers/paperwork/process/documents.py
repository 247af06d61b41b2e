"""How many documents a client prepares, and how long each takes, step by step, clerk and client apart."""

import pandas as pd

from helpers.evidence.clustering import clustered_ratio
from helpers.evidence.estimate import Estimate
from helpers.intake.held import held
from helpers.paperwork.durations import Timed, party, settled_cases
from helpers.paperwork.office_log import OfficeLog
from helpers.paperwork.needs import require


def documents_of_clients(log: OfficeLog) -> pd.Series:
    """Number of different documents of each client (index: case); 0 for a client who has none."""
    require(log, "document")
    return log.handlings.groupby("case")["document"].nunique().rename("documents")


def documents_per_client(log: OfficeLog) -> Estimate:
    """Mean number of documents of a client, unit "documents"."""
    counts = documents_of_clients(log)
    return clustered_ratio(counts, counts * 0 + 1, unit="documents")


@held
def time_per_client(times: Timed) -> dict[str, Estimate]:
    """Mean hours of work that a client takes, by party; over the settled cases."""
    require(times.log, "touch_time")
    cases = settled_cases(times)
    work = _work(times, cases).pivot_table(index="case", columns="party", values="touch_h", aggfunc="sum").reindex(cases).fillna(0.0)
    return {name: clustered_ratio(work[name], work[name] * 0 + 1, unit="h") for name in work.columns}


@held
def time_per_document(times: Timed) -> pd.DataFrame:
    """Mean hours of work on a document of a client, one row per document and party, most work first; over the settled cases.

    Columns: document, party, clients (who needed it), hours, low, high (clustered by client), median_h, cv (of the clients' hours), total_h.
    """
    require(times.log, "touch_time", "document")
    work = _work(times, settled_cases(times))
    work = work[work["document"].notna()]
    hours = work.pivot_table(index=["document", "case"], columns="party", values="touch_h", aggfunc="sum", fill_value=0.0)
    rows = [{"document": document, "party": who, **_spread(of[who])} for document, of in hours.groupby(level="document") for who in hours.columns]
    heaviest = hours.sum(axis=1).groupby(level="document").sum().rank(ascending=False)
    table = pd.DataFrame(rows)
    return table.iloc[table["document"].map(heaviest).argsort(kind="stable")].reset_index(drop=True)


def _spread(hours: pd.Series) -> dict:
    """How the hours that a document takes spread over the clients who needed it."""
    mean = clustered_ratio(hours, hours * 0 + 1, unit="h")
    return {
        "clients": len(hours),
        "hours": mean.value,
        "low": mean.low,
        "high": mean.high,
        "median_h": hours.median(),
        "cv": hours.std() / mean.value if mean.value else float("nan"),
        "total_h": hours.sum(),
    }


def _work(times: Timed, cases: pd.Index) -> pd.DataFrame:
    frame = times.frame.assign(party=party(times.frame))
    return frame[frame["case"].isin(cases)]
