"""A log's rows as visits to the steps of the office's route: which kind of document, which step, which pass through review."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.intake.held import held
from helpers.paperwork.durations import Timed
from helpers.paperwork.hours import business_hours
from helpers.paperwork.office.model import CASE, ROUTE

BEFORE_REVIEW = ("explain", "send", "prepare", "manage", "other")
IN_A_LOOP = ("feedback", "correct", "manage", "other")
AFTER_REVIEW = ("exception", "file")
ONE_DOCUMENT = "documents"  # the kind of everything, where the log names no documents


@dataclass(frozen=True, eq=False)
class Ways:
    """A log's rows as visits.

    kinds: the case itself first. rows: case, paper (case and document as one number), kind and step (positions), visit (0: before the first review has
    failed), hours (clerk: touch; client: office hours from when it could begin to its end), clock_hours (client: the same by the clock),
    wait (clerk), start, end. papers: one row per document of a case: case, kind, reviews, filed, whether the first review is `decided` and was `wrong`, and
    how many later ones are decided and were wrong (later, later_wrong). other: activities of kinds of work that the route doesn't know.
    """

    kinds: tuple[str, ...]
    rows: pd.DataFrame
    papers: pd.DataFrame
    other: tuple[str, ...]


@held
def ways(times: Timed) -> Ways:
    """The visits of a log with touch time, parties and kinds of work."""
    frame = times.frame.assign(whole=_whole(times))
    frame = frame[~frame["activity"].isin(times.log.withdrawing)]
    kinds = (CASE, *sorted(frame.loc[~frame["whole"], "document"].unique())) if times.log.has("document") else (CASE, ONE_DOCUMENT)
    documents = frame["document"] if times.log.has("document") else pd.Series(ONE_DOCUMENT, frame.index)
    frame = frame.assign(
        kind_at=pd.Categorical(documents.mask(frame["whole"], CASE), kinds).codes,
        paper=frame.groupby(["case", documents.mask(frame["whole"], CASE)], sort=False).ngroup(),
        review=(frame["kind"] == "review") & (frame["party"] == "clerk") & ~frame["whole"],
    )
    frame["before"] = frame.groupby("paper")["review"].cumsum() - frame["review"]
    names = _steps(frame)
    places = {step.name: place for place, step in enumerate(ROUTE)}
    visit = (frame["before"] - np.isin(names, AFTER_REVIEW)).clip(0)
    rows = pd.DataFrame({"case": frame["case"], "paper": frame["paper"], "kind": frame["kind_at"].astype(int), "step": [places[n] for n in names],
                         "visit": visit, **_hours(times, frame), "start": frame["start"]})  # fmt: skip
    unknown = frame.loc[(names == "other") & (frame["kind"] != "other"), "activity"].unique()
    return Ways(kinds, rows, _papers(rows, frame["review"], times.cases.index[times.cases["closed"]]), tuple(sorted(unknown)))


def _whole(times: Timed) -> pd.Series:
    """Whether a row is work on the case as a whole: no document or, in a log without documents, opening or closing."""
    if times.log.has("document"):
        return times.frame["document"].isna()
    return times.frame["kind"].isin(["open", "close"])


def _steps(frame: pd.DataFrame) -> np.ndarray:
    """The route's step of each row: by its kind of work; a client's work is preparing before the first review, correcting after it."""
    known = [step.name for step in ROUTE if step.timing == "clerk" and step.name not in ("open", "close")]
    of_clerk = np.where(frame["kind"].isin(known), frame["kind"], "other")
    of_client = np.where(frame["before"] > 0, "correct", "prepare")
    opened = (~frame["whole"]).groupby(frame["case"]).cumsum() > 0
    of_case = np.where(opened, "close", "open")
    return np.where(frame["whole"], of_case, np.where(frame["party"] == "client", of_client, of_clerk)).astype(object)


def _hours(times: Timed, frame: pd.DataFrame) -> dict[str, np.ndarray]:
    client = (frame["party"] == "client").to_numpy()
    away = business_hours(frame["enabled"], frame["end"], times.calendar)
    by_clock = ((frame["end"] - frame["enabled"]) / pd.Timedelta(hours=1)).to_numpy()
    return {
        "hours": np.where(client, np.maximum(away, 0), frame["touch_h"]),
        "clock_hours": np.where(client, np.maximum(by_clock, 0), np.nan),
        "wait": np.where(client, np.nan, frame["wait_h"]),
        "end": frame["end"],
    }


def _papers(rows: pd.DataFrame, review: pd.Series, closed: pd.Index) -> pd.DataFrame:
    """How each document's reviews came out.

    A review failed if feedback, a correction or another review followed; it passed if the document was filed or its case closed.
    """
    documents = rows[rows["kind"] > 0]
    place = {step.name: number for number, step in enumerate(ROUTE)}
    loop = documents["step"].isin([place["feedback"], place["correct"]])
    papers = documents.groupby("paper", sort=True)[["case", "kind"]].first()
    papers["reviews"] = review[documents.index].groupby(documents["paper"]).sum()
    accepted = documents["step"].isin([place[name] for name in AFTER_REVIEW]).groupby(documents["paper"]).any()
    papers["filed"] = accepted | (papers["case"].isin(closed) & (papers["reviews"] > 0))
    failures = np.maximum(papers["reviews"] - 1, documents["visit"].where(loop).groupby(documents["paper"]).max().fillna(0)).clip(0)
    papers["wrong"] = failures > 0
    papers["decided"] = papers["wrong"] | (papers["filed"] & (papers["reviews"] > 0))
    papers["later_wrong"] = (failures - 1).clip(0).astype(int)
    papers["later"] = papers["later_wrong"] + (papers["wrong"] & papers["filed"])
    return papers
