"""The planted world as the tables that a company would export: events and customers, everything as text."""

from datetime import timedelta

import numpy as np
import pandas as pd

from helpers.marketing.planted import chance, rhythm
from helpers.marketing.planted.cascades import Reads, Shares, World
from helpers.marketing.planted.people import Readers
from helpers.marketing.planted.registrations import Registrations

COLUMNS = ("time", "person", "event", "article", "salesperson", "share", "parent_share", "topic", "channel")
CHANNELS, CHANNEL_WEIGHTS = np.array(["chat", "group", "moments"]), (0.45, 0.25, 0.30)
NOBODY = ""


def labels(letter: str, numbers: np.ndarray, width: int) -> np.ndarray:
    """Ids such as "c00042"; numbers below 0 give blanks."""
    texts = np.array([f"{letter}{number:0{width}d}" for number in range(1, int(numbers.max(initial=0)) + 2)] + [NOBODY])
    return texts[numbers]


def reader_ids(rng: np.random.Generator, readers: Readers) -> tuple[np.ndarray, np.ndarray]:
    """The ids under which people appear in the log: a row per person, first and second device; and the id of each read."""
    ids = labels("c", chance.shuffled(rng, 2 * readers.people), 5).reshape(-1, 2)
    return ids, ids[readers.person, readers.second.astype(int)]


def event_table(world: World, shares: Shares, reads: Reads, reader: np.ndarray, registered: Registrations) -> pd.DataFrame:
    """All events in order of time, with the columns of the log; `second` counts seconds since the start."""
    share_id = labels("h", np.argsort(np.argsort(shares.time, kind="stable"), kind="stable"), 5)
    seller = labels("s", np.arange(world.settings.salespeople), 3)
    reader = np.where(reads.self_read, seller[shares.salesperson[reads.share]], reader)
    forwarded = shares.read >= 0
    sent_by = np.where(forwarded, reader[shares.read], seller[shares.salesperson])
    parent = np.where(forwarded, share_id[reads.share[shares.read]], NOBODY)
    kinds = np.where(forwarded, "forward", "publish")
    return pd.concat([
        _events(shares.time, sent_by, kinds, np.arange(len(shares)), parent),
        _events(reads.time, reader, "read", reads.share),
        _events(registered.time, reader[registered.read], "register", reads.share[registered.read]),
    ]).pipe(_described, world, shares, share_id, seller)  # fmt: skip


def _events(second: np.ndarray, person: np.ndarray, event: str | np.ndarray, through: np.ndarray, parent: str | np.ndarray = NOBODY) -> pd.DataFrame:
    return pd.DataFrame({"second": second, "person": person, "event": event, "through": through, "parent_share": parent})


def _described(events: pd.DataFrame, world: World, shares: Shares, share_id: np.ndarray, seller: np.ndarray) -> pd.DataFrame:
    """The events with the article, salesperson, topic and channel of the share they came through, in order of time."""
    events = events.sort_values("second", kind="stable", ignore_index=True)
    through, settings = events.pop("through").to_numpy(), world.settings
    article = shares.article[through]
    channel = CHANNELS[chance.choice(world.rng, CHANNEL_WEIGHTS, len(shares))]
    events["time"] = stamps(events["second"].to_numpy(), settings)
    events["article"] = labels("a", np.arange(settings.articles), 3)[article]
    events["salesperson"], events["share"] = seller[shares.salesperson[through]], share_id[through]
    events["topic"] = np.array([topic.name for topic in settings.topics])[world.shelf.topic[article]]
    events["channel"] = channel[through]
    return events[["second", *COLUMNS]]


def stamps(second: np.ndarray, settings) -> np.ndarray:
    """UTC times such as 2026-03-01T09:21:07Z of seconds since the log's local start."""
    start = np.datetime64(settings.start - timedelta(hours=settings.offset_hours), "s")
    return np.char.add(np.datetime_as_string(start + second.astype("timedelta64[s]")), "Z")


def customer_table(ids: np.ndarray, reader: np.ndarray, registered: Registrations, settings) -> pd.DataFrame:
    """Customers by the id under which they registered, and the local day since which they are one."""
    start = np.datetime64(settings.start, "D")
    days = registered.customer_days
    early = pd.DataFrame({"person": ids[: len(days), 0], "customer_since": start - days.astype("timedelta64[D]")})[days > 0]
    late = pd.DataFrame({"person": reader[registered.read], "customer_since": start + (registered.time // rhythm.DAY).astype("timedelta64[D]")})
    table = pd.concat([early, late]).sort_values("person", ignore_index=True)
    return table.assign(customer_since=np.datetime_as_string(table["customer_since"].to_numpy(), unit="D"))
