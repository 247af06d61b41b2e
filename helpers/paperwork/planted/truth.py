"""The truth beside the shipped paperwork log: what was planted, and what it came to before the log was cut off and lost cells."""

from dataclasses import asdict

import numpy as np
import pandas as pd

from helpers.paperwork.hours import Calendar, business_hours, clock_hours
from helpers.paperwork.planted.clients import Clients, Papers
from helpers.paperwork.planted.office import ACTIVITIES, Office

COMMUNICATION = ("explain", "send", "manage", "feedback")
WARM_UP_DAYS = 20


def truth(office: Office, clients: Clients, papers: Papers, done: pd.DataFrame, calendar: Calendar) -> dict:
    """Planted parameters, what follows from them exactly, and what this seed's office did ("realised"), as plain numbers."""
    kept = done[done["client"] < served(office, clients, done)]
    return {
        "planted": {**asdict(office), "expected_reviews_after_a_wrong_first": _later_reviews(office)},
        "expected": _expected(office),
        "realised": _realised(office, clients, papers, kept, calendar) | {"utilisation": _utilisation(office, done, calendar)},
    }


def served(office: Office, clients: Clients, done: pd.DataFrame) -> int:
    """How many of the clients came until the last day: the others keep the office busy, so that the log's end isn't idle."""
    until = pd.Timestamp(office.last_day, tz=done["start"].dt.tz) + pd.Timedelta(hours=18)
    opened = done[done["activity"] == "open case"]
    return int(opened.loc[opened["start"] < until, "client"].max()) + 1


def _later_reviews(office: Office) -> float:
    """Mean reviews after a wrong first one: geometric, cut at the most passes allowed."""
    wrong = 1 - office.right_again
    return sum(wrong**turn for turn in range(office.passes - 1))


def _expected(office: Office) -> dict:
    """Means that follow from the planted parameters, for a client who hands everything in: per document and per client."""
    documents = {document.name: _expected_document(office, document) for document in office.documents}
    needed = {document.name: document.needed for document in office.documents}
    total = sum(needed[name] * row["clerk_minutes"] for name, row in documents.items()) + office.open_case + office.close_case
    communication = sum(needed[name] * row["communication_minutes"] for name, row in documents.items())
    return {
        "documents_per_client": round(sum(needed.values()), 4),
        "clerk_minutes_per_client": round(total, 2),
        "communication_share": round(communication / total, 4),
        "rolled_first_time_right": round(float(np.prod([1 - n * (1 - d.right_first_time) for d, n in zip(office.documents, needed.values())])), 4),
        "documents": documents,
    }


def _expected_document(office: Office, document) -> dict:
    loops = (1 - document.right_first_time) * _later_reviews(office)
    talk = document.explain + document.size * (office.send + office.register + office.feedback * loops)
    other = document.size * (office.review * (1 + loops) + office.file) + document.exceptions * office.exception
    return {
        "loops": round(loops, 4),
        "communication_minutes": round(talk, 2),
        "clerk_minutes": round(talk + other, 2),
        "rework_clerk_minutes": round(document.size * loops * (office.feedback + office.review), 2),
        "client_minutes": round(document.client_minutes * (1 + office.correct_share * loops), 2),
    }


def _realised(office: Office, clients: Clients, papers: Papers, kept: pd.DataFrame, calendar: Calendar) -> dict:
    by_clerk = kept[kept["clerk"] >= 0]
    hours = pd.Series(business_hours(by_clerk["start"], by_clerk["end"], calendar), index=by_clerk.index)
    talks = by_clerk["activity"].map(lambda name: ACTIVITIES[name][0] in COMMUNICATION)
    per_client = pd.DataFrame({"all": hours, "talk": hours.where(talks, 0.0)}).groupby(by_clerk["client"]).sum()
    client_rows = kept[(kept["clerk"] < 0) & (kept["activity"] != "withdraw")]
    return {
        "clients": int(kept["client"].max()) + 1,
        "abandoned": int(sum(clients.abandons[: int(kept["client"].max()) + 1])),
        "clerk_hours_per_client": round(float(per_client["all"].mean()), 4),
        "client_hours_per_client": round(float(clock_hours(client_rows["start"], client_rows["end"]).sum() / len(per_client)), 4),
        "communication_share_ratio_of_means": round(float(per_client["talk"].sum() / per_client["all"].sum()), 5),
        "communication_share_mean_of_ratios": round(float((per_client["talk"] / per_client["all"]).mean()), 5),
        "right_first_time": _right_first_time(office, papers, kept),
        "lead_time": _lead_times(kept, calendar),
    }


def _right_first_time(office: Office, papers: Papers, kept: pd.DataFrame) -> dict:
    reviewed = np.unique(kept.loc[kept["activity"] == "review", "paper"])
    kinds, passes = np.array(papers.kind)[reviewed], np.array(papers.passes)[reviewed]
    return {document.name: round(float((passes[kinds == code] == 1).mean()), 4) for code, document in enumerate(office.documents)}


def _lead_times(kept: pd.DataFrame, calendar: Calendar) -> dict:
    """From opening to closing, seen to its end after the log's: of those served, and of all but those who withdrew in words.

    Who falls silent is never served: among all, they wait for ever.
    """
    opened = kept[kept["activity"] == "open case"].set_index("client")["start"]
    closed = kept[kept["activity"] == "close case"].set_index("client")["end"].reindex(opened.index)
    stayed = ~opened.index.isin(kept.loc[kept["activity"] == "withdraw", "client"])
    hours, days = business_hours(opened, closed, calendar), clock_hours(opened, closed) / 24
    return {
        "served": int(closed.notna().sum()),
        "office_hours": _quantiles(hours[~np.isnan(hours)]),
        "clock_days": _quantiles(days[~np.isnan(days)]),
        "office_hours_of_all": _quantiles(np.nan_to_num(hours[stayed], nan=np.inf)),
        "clock_days_of_all": _quantiles(np.nan_to_num(days[stayed], nan=np.inf)),
    }


def _quantiles(values: np.ndarray) -> dict:
    return {name: round(float(np.quantile(values, q)), 3) for name, q in {"median": 0.5, "p90": 0.9}.items()}


def _utilisation(office: Office, done: pd.DataFrame, calendar: Calendar) -> float:
    """Clerks' hours at work over hours on duty, from the end of the warm-up to the last day."""
    first = pd.Timestamp(office.opens_books, tz=calendar.time_zone) + pd.Timedelta(days=WARM_UP_DAYS * 7 / 5)
    last = pd.Timestamp(office.last_day, tz=calendar.time_zone) + pd.Timedelta(hours=18)
    by_clerk = done[done["clerk"] >= 0]
    start, end = by_clerk["start"].clip(first, last), by_clerk["end"].clip(first, last)
    duty = business_hours(pd.Series([first]), pd.Series([last]), calendar)[0] * office.clerks
    return round(float(business_hours(start, end, calendar).sum() / duty), 4)
