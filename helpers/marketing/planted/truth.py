"""The truth behind the shipped log, written beside it."""

from dataclasses import dataclass

import numpy as np

from helpers.marketing.planted.cascades import Reads, Shares, World
from helpers.marketing.planted.people import Readers
from helpers.marketing.planted.registrations import Registrations
from helpers.marketing.planted.rhythm import DAY

MONTHS = 12


@dataclass(frozen=True)
class Outcome:
    """All that happened, before any flaw: what a log can only show in part."""

    world: World
    shares: Shares
    reads: Reads
    readers: Readers
    registered: Registrations


def truth(outcome: Outcome, ids: np.ndarray) -> dict:
    """Entries name -> value, unit, meaning, planted and realised; and the true id of each second device that read."""
    entries = {**planted(outcome.world), **new_readers(outcome), **forwarding(outcome), **leads(outcome)}
    return {
        "entries": {name: {"value": _rounded(value), "unit": unit, "meaning": meaning} for name, (value, unit, meaning) in entries.items()},
        "second_devices": second_devices(outcome.readers, ids),
    }


def planted(world: World) -> dict:
    """What the settings say, as entries name -> (value, unit, meaning)."""
    settings, trial = world.settings, world.settings.trial
    return {
        "burn_in_days": (settings.burn_in_days, "days", "start of the log that the new shares below leave out"),
        "new_share_by_topic": ({t.name: t.new_share for t in settings.topics}, "share", "planted chance that a re-forwarded read is by a new person"),
        "icc_salesperson": (settings.icc, "", "planted intraclass correlation by salesperson of being new, within a topic"),
        "forward_known": (settings.forward_known, "share", "planted chance that a known reader of an average article forwards"),
        "forward_new": (settings.forward_new, "share", "planted chance that a new reader of an average article forwards"),
        "unread": (settings.unread, "share", "planted chance that a forward is never opened"),
        "register_new": (settings.register_new, "share", "planted chance that a new reader of an average article registers"),
        "register_known": (settings.register_known, "share", "planted chance per read that a known reader registers who is no customer yet"),
        "article_effect": (settings.quality_on_registration, "log rate", "planted effect of one standard deviation of article quality on registering"),
        "module_effect": (trial.effect, "share", "planted effect in trial.csv of seeing the module on leaving contact details"),
        "trial_base_rate": (trial.base_rate, "share", "planted share of readers without the module who leave contact details"),
        "trial_exposed_controls": (trial.exposed_controls, "share", "planted share of control readers in trial.csv who see the module through a forward"),
        "trial_icc": (trial.icc, "", "planted intraclass correlation by salesperson of leaving contact details"),
    }


def new_readers(outcome: Outcome) -> dict:
    """Who was new among the forwarded reads after the burn-in: in truth, by the ids of the log, and why they differ."""
    reads, readers = outcome.reads, outcome.readers
    counted = _forwarded(outcome) & (reads.time >= outcome.world.settings.burn_in_days * DAY)
    first = first_of(2 * readers.person + readers.second, reads.time)[counted]
    new, second = reads.new[counted], readers.second[counted]
    return {
        "new_share": (new.mean(), "share", "of forwarded reads after the burn-in: by people whom the tool had never reached"),
        "new_share_by_id": (first.mean(), "share", "the same by the log's ids: first event of an id, second devices and late first reads included"),
        "second_device_of_new": ((first & second).sum() / first.sum(), "share", "of those new by id: known people on a second device"),
        "not_yet_seen_of_new": ((first & ~second & ~new).sum() / first.sum(), "share", "of those new by id: known before the log, first read after the burn-in"),
    }


def forwarding(outcome: Outcome) -> dict:
    """How cascades ran."""
    shares, reads = outcome.shares, outcome.reads
    forwards, forwarded = (shares.depth > 0).sum(), _forwarded(outcome)
    opened = len(np.unique(reads.share[forwarded]))
    return {
        "forwards_per_read": (forwards / len(reads), "forwards", "forwards made per read of any depth"),
        "reads_per_forward": (forwarded.sum() / forwards, "reads", "reads per forward, unopened ones included"),
        "reproduction": ((shares.depth > 1).sum() / forwards, "forwards", "R: forwards that one forward leads to"),
        "unread_in_log": (1 - opened / forwards, "share", "forwards without a read before the log ends"),
        "reads_by_depth": (np.bincount(shares.depth[reads.share]).tolist(), "reads", "reads by depth: 0 from the salesperson, 1 through a forward, ..."),
    }


def leads(outcome: Outcome) -> dict:
    """What re-forwarding brought."""
    reads, registered = outcome.reads, outcome.registered
    new_forwarded = reads.new & _forwarded(outcome)
    by_them = new_forwarded[registered.read].sum()
    return {
        "new_by_forward_per_month": (new_forwarded.sum() / MONTHS, "people", "new people reached by a forward, a month"),
        "registrations": (len(registered.read), "people", "registrations in the year"),
        "registered_of_new_by_forward": (by_them / new_forwarded.sum(), "share", "of new people reached by a forward: registered at that first read"),
    }


def first_of(key: np.ndarray, time: np.ndarray) -> np.ndarray:
    """True for the earliest entry of each key."""
    order = np.lexsort((np.arange(len(time)), time))
    first = np.zeros(len(time), bool)
    first[order[np.unique(key[order], return_index=True)[1]]] = True
    return first


def second_devices(readers: Readers, ids: np.ndarray) -> dict[str, str]:
    """The id of each second device in the log -> the id of the same person's first."""
    people = np.unique(readers.person[readers.second])
    return dict(sorted(zip(ids[people, 1].tolist(), ids[people, 0].tolist())))


def _forwarded(outcome: Outcome) -> np.ndarray:
    return outcome.shares.depth[outcome.reads.share] > 0


def _rounded(value):
    return round(float(value), 6) if isinstance(value, (float, np.floating)) else value if isinstance(value, (dict, list)) else int(value)
