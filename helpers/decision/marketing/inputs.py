"""From the notebook's parameters to what the marketing case starts from: log, definition of new, test plan, upkeep, readers' response."""

from collections.abc import Mapping
from dataclasses import replace

import narwhals as nw
import numpy as np
import pandas as pd

from helpers.decision.beliefs import believed
from helpers.decision.log_parameters import log_path, pseudonyms_of, source_of
from helpers.decision.marketing.options import ASSUMPTIONS, OPTIONS, MarketingOption
from helpers.decision.uncertainty import Assumption
from helpers.evidence.estimate import Estimate
from helpers.intake.cells.typed import typed
from helpers.intake.dictionary import read_dictionary
from helpers.intake.engine.frames import small
from helpers.intake.held import held, read_once
from helpers.intake.places import DATA, located
from helpers.intake.privacy.keys import own_key
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.reading.source import read_table
from helpers.intake.refusal import Refusal
from helpers.marketing.fatigue import Response
from helpers.marketing.log import load_log
from helpers.marketing.share_log import ShareLog
from helpers.marketing.traffic.arrivals import Arrivals
from helpers.marketing.traffic.ceiling import REGISTER_WITHIN_DAYS, newcomers
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.upkeep import Upkeep, gaps

SILENT = (  # what is believed where the log is silent; what the log tells goes first
    Assumption("reads_per_read", 0.1, 0.4, "share", "reads that come by a forward, where the log doesn't say", floor=0.0, ceiling=0.95),
    Assumption("new_share", 0.2, 0.5, "share", "reads by a forward whose reader is new, where the log doesn't say who reads", floor=0.0, ceiling=1.0),
    Assumption("registration_rate", 0.005, 0.03, "share", "new readers who register today, where the log doesn't say", middle=0.015, floor=0.0, ceiling=1.0),
)
TRIAL, RULE = DATA / "marketing" / "trial.csv", DATA / "marketing" / "trial_rule.json"
CONFOUNDING = {"none": 0.0, "some": 1.0, "strong": 2.0}


@read_once(DATA / "marketing")
def log_of(values: Mapping[str, object]) -> ShareLog:
    """The log that the parameters name. Raises Refusal in words where it can't be read so."""
    customers = located(values["customers_file"]) if values["customers_file"] else None
    return load_log(log_path(values), event_map=values["event_map"], customers=customers, how=source_of(values), pseudonyms=pseudonyms_of(values))


def check_texts(values: Mapping[str, object]) -> None:
    """Raise Refusal for beliefs, options and names that can't be used: before a long log is read rather than after."""
    beliefs(values), options_of(values["other_options"]), gaps(settled(values))


def beliefs(values: Mapping[str, object]) -> tuple[Assumption, ...]:
    """What is believed under the parameters, of the options and of what the log may be silent on."""
    return believed((*ASSUMPTIONS, *SILENT), values)


def settled(values: Mapping[str, object]) -> dict[str, str]:
    """The questions of governance that are answered already."""
    return {name.strip(): "settled" for name in values["settled"].split(",") if name.strip()}


def definition_of(values: Mapping[str, object]) -> Definition:
    """Who counts as new, as the parameters say."""
    return Definition(values["known_by"], values["burn_in_days"], self_reads=values["count_self_reads"])


def trial_units(values: Mapping[str, object], pseudonyms: Pseudonyms | None = None) -> pd.DataFrame | None:
    """The table of a test that was run: the one named (its ids under pseudonyms as the log's), the shipped one beside the shipped log, or None."""
    file = values["trial_file"]
    if not file and values["log_file"]:
        return None
    table = read_table(located(file) if file else TRIAL)
    frame = typed(table, read_dictionary("marketing"), "trial", source_of(values).conventions).frame
    if not file or values["keep_ids"]:
        return frame
    return (pseudonyms or Pseudonyms(own_key())).in_columns(frame, ("unit", "cluster"))


@held
def newcomers_by_salesperson(log: Arrivals, definition: Definition) -> pd.DataFrame:
    """salesperson, people, registered: the new people whom each one's articles brought by forwards, and how many of them registered."""
    people = newcomers(log, definition, REGISTER_WITHIN_DAYS).filter(~nw.col("salesperson").is_null())
    grouped = people.group_by("salesperson").agg(nw.len().alias("people"), nw.col("registered").sum())
    return small(grouped, "salesperson")


@held
def newcomers_by_half(log: Arrivals, definition: Definition) -> pd.DataFrame:
    """salesperson, and people and registered as above of the later half of the days counted, earlier_people and earlier_registered of the earlier one."""
    people = newcomers(log, definition, REGISTER_WITHIN_DAYS).filter(~nw.col("salesperson").is_null())
    middle = (definition.burn_in_days + (log.end - log.start).total_seconds() / 86400 - REGISTER_WITHIN_DAYS) / 2
    early = (nw.col("day") < middle).cast(nw.Int64)
    marked = people.with_columns(early.alias("earlier_people"), (early * nw.col("registered")).alias("earlier_registered"))
    grouped = marked.group_by("salesperson").agg(nw.len().alias("people"), nw.col("registered", "earlier_people", "earlier_registered").sum())
    grouped = small(grouped, "salesperson")
    later = {name: grouped[name] - grouped[f"earlier_{name}"] for name in ("people", "registered")}
    return grouped.assign(**later)


def per_week(people: pd.DataFrame, log: Arrivals, definition: Definition) -> np.ndarray:
    """New people a week by salesperson, as a test of the module would meet them."""
    days = (log.end - log.start).total_seconds() / 86400
    weeks = max((days - definition.burn_in_days - REGISTER_WITHIN_DAYS) / 7, 1.0)
    return people["people"].to_numpy(float) / weeks


def upkeep_of(values: Mapping[str, object]) -> Upkeep:
    """The cost of ownership under the parameters: slots, their cap and growth."""
    growth, cap = Upkeep.slot_growth, max(values["slot_cap"], values["slots_at_start"])
    moved = replace(growth, value=values["slot_growth"], low=values["slot_growth"] / 3, high=values["slot_growth"] * 2)
    return Upkeep(values["horizon_months"], values["slots_at_start"], cap, moved)


def response_of(registration: Estimate, lift: Assumption, forwarded: float) -> Response:
    """How readers respond to marketing: registration and forwards from the log, the module's lift as believed."""
    return Response(registration=registration, lift=lift.estimate(), forwards_per_read=min(forwarded, 0.95))


def options_of(text: str) -> tuple[MarketingOption, ...]:
    """Options to add, from 'both at once: content 0, module 0; module later: module 9'. Raises Refusal where it can't be read so."""
    found = tuple(_option(part) for part in text.split(";") if part.strip())
    names = [option.name for option in (*OPTIONS, *found)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Refusal(f"the name '{twice}' is there twice", "other_options", "give each option a name of its own")
    return found


def _option(text: str) -> MarketingOption:
    name, _, starts = text.partition(":")
    parts = [part.split() for part in starts.split(",")]
    if not name.strip() or not all(len(part) == 2 and part[0] in ("content", "module") and part[1].isdigit() for part in parts):
        raise Refusal(f"'{text.strip()}' is not an option", "other_options", "write it as 'name: content 0, module 9', each with the month in which it begins")
    return MarketingOption(name.strip(), **{f"{what}_from": int(month) for what, month in parts})
