"""What must be there before a document can follow a standard: template, checklist, sample, validation rule, owner, in person-days (assumed)."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from helpers.evidence.estimate import Estimate, assumed
from helpers.intake.cells.typed import typed
from helpers.intake.dictionary import read_dictionary
from helpers.intake.places import DATA
from helpers.intake.reading.source import read_table
from helpers.intake.refusal import Refusal

SHIPPED = DATA / "paperwork" / "prerequisites.csv"
OTHERS = "any other document"  # stands in the file for documents that it doesn't name


def read_prerequisites(documents: Iterable[str], path: str | Path | None = None) -> pd.DataFrame:
    """The prerequisites of these documents: document, prerequisite, person_days, low, high, who, ready; the file's order.

    A document that the file doesn't name takes the rows of "any other document". Raises Refusal where there are none, or a range is upside down.
    """
    path = Path(path) if path else SHIPPED
    table = typed(read_table(path), read_dictionary("paperwork"), "prerequisites").frame
    wrong = table[(table["low"] > table["person_days"]) | (table["person_days"] > table["high"]) | (table["low"] < 0)]
    if len(wrong):
        row = f"{path.name}, row {wrong.index[0]}"
        raise Refusal("the range must hold its most likely value and begin at 0 or more", row, "write low, person_days, high in ascending order")
    return pd.concat([_of(table, document, path.name) for document in documents], ignore_index=True)


def _of(table: pd.DataFrame, document: str, name: str) -> pd.DataFrame:
    rows = table[table["document"] == document]
    rows = rows if len(rows) else table[table["document"] == OTHERS]
    if rows.empty:
        raise Refusal(f"no prerequisites for '{document}'", name, f"add rows for it, or for '{OTHERS}'")
    return rows.assign(document=document)


def work_to_do(prerequisites: pd.DataFrame) -> pd.DataFrame:
    """Per document (index): person_days, low, high still to be worked, and missing (what isn't there yet, in words)."""
    left = prerequisites[~prerequisites["ready"].astype(bool)]
    sums = left.groupby("document", sort=False)[["person_days", "low", "high"]].sum()
    words = left.groupby("document", sort=False)["prerequisite"].agg(", ".join)
    every = prerequisites["document"].unique()
    return sums.reindex(every, fill_value=0.0).assign(missing=words.reindex(every, fill_value=""))


def people_needed(prerequisites: pd.DataFrame, weeks: float, days_per_week: float = 5) -> pd.DataFrame:
    """Whose work it is and how many people that takes: who (index), person_days, people for `weeks` weeks, prerequisites (how many)."""
    left = prerequisites[~prerequisites["ready"].astype(bool)]
    table = left.groupby("who", sort=False)["person_days"].agg(person_days="sum", prerequisites="size")
    return table.assign(people=table["person_days"] / (weeks * days_per_week))


def total_work(work: pd.DataFrame, documents: Iterable[str]) -> Estimate:
    """Person-days for these documents together; the range adds their ranges, so it is a cautious one."""
    rows = work.loc[list(documents)]
    return assumed(float(rows["person_days"].sum()), float(rows["low"].sum()), float(rows["high"].sum()), "person-days")
