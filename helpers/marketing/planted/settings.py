"""What is planted in the shipped log: every number that an analysis may be asked to recover."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Topic:
    """A topic of articles: its share of new articles at the start and at the end of the year, and how many of its re-forwarded reads reach new people."""

    name: str
    first_mix: float
    last_mix: float
    new_share: float


TOPICS = (
    Topic("product", 0.40, 0.04, 0.14),
    Topic("policy", 0.27, 0.10, 0.18),
    Topic("market", 0.17, 0.18, 0.26),
    Topic("health", 0.12, 0.28, 0.34),
    Topic("family", 0.04, 0.40, 0.42),
)


@dataclass(frozen=True)
class Settings:
    """The planted world of case 1; shares are fractions, times hours or days, effects per standard deviation of an article's quality.

    A read is by a new person with the topic's `new_share`, scattered over salespeople with `icc`; a known reader forwards with
    `forward_known`, a new one with `forward_new`; a forward is never opened with `unread`, else by 1 + geometric readers.
    """

    start: datetime = datetime(2025, 11, 1)  # midnight in Asia/Shanghai
    days: int = 365
    offset_hours: int = 8
    topics: tuple[Topic, ...] = TOPICS
    salespeople: int = 240
    articles: int = 208
    publishes: int = 6300
    salesperson_spread: float = 1.0  # sigma of log publishing rates
    joiners: float = 0.25  # share of salespeople who join during the year
    direct_reads: float = 4.0  # readers per publish
    direct_new: float = 0.06
    self_read: float = 0.012
    icc: float = 0.05
    forward_known: float = 0.24
    forward_new: float = 0.10
    unread: float = 0.35
    readers_per_opened_forward: float = 2.4
    quality_on_reading: float = 0.10
    quality_on_forwarding: float = 0.15
    quality_on_registration: float = 0.45
    register_new: float = 0.015
    register_known: float = 0.002
    other_network: float = 0.15  # forwarded reads that land among another salesperson's people
    known_at_start: float = 6.0  # people in a salesperson's network when the log starts, beside three at least
    base_customers: float = 0.70
    second_device: float = 0.40  # people who have one
    second_device_use: float = 0.35  # of their reads after the first
    burn_in_days: int = 90
    trial: "TrialSettings" = field(default_factory=lambda: TrialSettings())


@dataclass(frozen=True)
class TrialSettings:
    """The planted pilot: salespeople randomised half and half; `effect` is added to the chance of every reader who sees the module to leave contact details."""

    salespeople: int = 96
    readers: float = 30.0  # mean per salesperson
    base_rate: float = 0.05
    effect: float = 0.018
    icc: float = 0.04
    exposed_controls: float = 0.04  # readers without the module who see it through a forward
    reads: float = 2.0  # mean per reader in eight weeks, beside the one by which they are in the test
    forwards_per_read: float = 0.22
