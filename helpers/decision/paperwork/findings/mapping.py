"""Findings of step i, the map: documents, times, communication, ways through the office."""

import pandas as pd

from helpers.evidence.estimate import Estimate, exactly
from helpers.evidence.findings import Value
from helpers.paperwork.office_log import OfficeLog
from helpers.paperwork.process.communication import Communication
from helpers.paperwork.process.process_map import END, START, ProcessMap
from helpers.paperwork.process.variants import Variants

COVERED = 0.8


def map_findings(log: OfficeLog, per_document: Estimate | None, hours: dict[str, Estimate], documents: pd.DataFrame | None,
                 talk: Communication | None, ways: Variants, drawn: ProcessMap) -> dict[str, Value]:
    """What the map tells. Parts that the log can't bear are None or empty."""
    return {
        "clients": exactly(log.whole.cases if log.whole else log.handlings["case"].nunique(), "clients"),
        "handlings": exactly(log.whole.handlings if log.whole else len(log.handlings), "handlings"),
        "steps_in_log": exactly(log.whole.steps if log.whole else log.handlings["step"].nunique(), "steps"),
        "variants": exactly(len(ways.table), "ways"),
        "variants_for_most": exactly(ways.needed_for(COVERED), "ways"),
        "typical_way_share": exactly(float(ways.table["share"].iloc[0]), "share"),
        "moves_back_share": exactly(_moves_back(drawn), "share"),
        **({"documents_per_client": per_document} if per_document else {}),
        **_hours(hours),
        **(_heaviest(documents) if documents is not None else {}),
        **(_communication(talk) if talk else {}),
    }


def _moves_back(drawn: ProcessMap) -> float:
    """Of all moves between steps, those that lead to a step that the same item had been at before."""
    inner = drawn.edges[(drawn.edges["source"] != START) & (drawn.edges["target"] != END)]
    moves = inner["count"].sum()
    return float((drawn.nodes["count"] - drawn.nodes["items"]).sum() / moves) if moves else 0.0


def _hours(hours: dict[str, Estimate]) -> dict[str, Value]:
    """Hours of each party under its own name: never added up."""
    names = {"clerk": "clerk_hours_per_client", "client": "client_hours_per_client", "everyone": "hours_per_client"}
    return {names[party]: estimate for party, estimate in hours.items()}


def _heaviest(documents: pd.DataFrame) -> dict[str, Value]:
    """The document that takes the clerks most time in all."""
    by_clerks = documents[documents["party"] != "client"]
    if by_clerks.empty:
        return {}
    row = by_clerks.loc[by_clerks["total_h"].idxmax()]
    return {
        "heaviest_document": str(row["document"]),
        "heaviest_document_hours": Estimate(float(row["hours"]), float(row["low"]), float(row["high"]), "h", method="clustered by client"),
        "heaviest_document_share": exactly(float(row["total_h"] / by_clerks["total_h"].sum()), "share"),
    }


def _communication(talk: Communication) -> dict[str, Value]:
    return {
        "communication_share": talk.ratio_of_means,
        "communication_share_per_client": talk.mean_of_ratios,
        "communication_claim": "borne out" if talk.borne_out else "contradicted" if talk.ratio_of_means.high < talk.claimed else "not settled",
    }
