"""The shipped paperwork log and its truth, from one seed: data/paperwork/events.csv and truth.json, byte for byte."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.intake.places import DATA
from helpers.paperwork.hours import Calendar, office_calendar
from helpers.paperwork.planted.clients import draw_arrivals, draw_clients, draw_papers
from helpers.paperwork.planted.desk import Desk
from helpers.paperwork.planted.ledger import exported, handlings
from helpers.paperwork.planted.office import Office
from helpers.paperwork.planted.truth import served, truth
from helpers.paperwork.planted.wall import Wall

SEED = 20251103
FOLDER = DATA / "paperwork"
DAYS_BEYOND = 30  # working days for which clients keep coming after the log's end


def write(folder: Path = FOLDER, seed: int = SEED, office: Office = Office()) -> tuple[Path, Path]:
    """Writes events.csv and truth.json into `folder` (which exists) and returns their paths; the same seed writes the same bytes."""
    events, facts = generate(seed, office, office_calendar())
    log, beside = folder / "events.csv", folder / "truth.json"
    log.write_bytes(events.to_csv(index=False, lineterminator="\n").encode())
    beside.write_bytes((json.dumps({"seed": seed, **facts}, indent=1, ensure_ascii=False) + "\n").encode())
    return log, beside


def generate(seed: int, office: Office, calendar: Calendar) -> tuple[pd.DataFrame, dict]:
    """The exported log (text columns) and the truth (plain numbers) of one office and one seed."""
    rng = np.random.default_rng(seed)
    wall = Wall(office, calendar)
    arrival = draw_arrivals(office, wall.weekdays(_working_days(office, calendar) + DAYS_BEYOND), rng)
    clients = draw_clients(office, arrival, rng)
    papers = draw_papers(office, clients, rng)
    done = handlings(Desk(office, clients, papers, wall).run(), office, calendar)
    known = done[done["client"] < served(office, clients, done)]
    return exported(known, np.array(papers.kind), office, rng), truth(office, clients, papers, done, calendar)


def _working_days(office: Office, calendar: Calendar) -> int:
    weekdays = [int(weekday in calendar.weekdays) for weekday in range(7)]
    after = np.datetime64(office.last_day) + 1
    return int(np.busday_count(office.opens_books, after, weekmask=weekdays, holidays=list(calendar.holidays)))
