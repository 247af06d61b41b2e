"""Findings of step iii, the preconditions: which documents can be standardised, what must be there first, and in which order."""

import pandas as pd

from helpers.evidence.estimate import Estimate, exactly
from helpers.evidence.findings import Value
from helpers.paperwork.readiness.scores import Readiness


def preconditions_findings(ready: Readiness, order: pd.DataFrame, preparation: Estimate, covered: tuple[Estimate, Estimate]) -> dict[str, Value]:
    """What can be standardised now and what that takes. covered: shares of explaining and of rework hours that the chosen documents make up."""
    chosen = order[order["chosen"]]
    names = list(chosen["document"])
    return {
        "readiest_document": str(ready.table["document"].iloc[0]),
        "documents_ready": exactly(int(order["ready"].sum()), "documents"),
        "documents_chosen": exactly(len(chosen), "documents"),
        "order_of_work": ", ".join(names) or "none",
        "preparation_days": preparation,
        "explain_covered": covered[0],
        "rework_covered": covered[1],
    }
