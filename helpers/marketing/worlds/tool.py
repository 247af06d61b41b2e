"""The tool as the simulator takes it: every assumption is a field with its default and the range that is allowed.

What it leaves out, to be weighed before any result is believed: the module changes nobody's reading or forwarding
(see marketing.fatigue for that), an exposure acts on the reading it happens in and not on later ones, salespeople don't change
how they work because they are watched, and each has the same circle of readers all year, of whom each registers once, so that the
eager are used up as time goes by. Traffic and registration are set so that the ways of reading can be told apart in a few hundred
worlds; a log with fewer registrations widens every interval and leaves the biases in proportion.
"""

from dataclasses import dataclass, fields
from math import isfinite

from helpers.intake.refusal import Refusal

RANGES = {
    "salespeople": (8, 5_000),
    "weeks": (4, 520),
    "launch": (2, 518),
    "reads_per_week": (0.1, 1_000),
    "size_spread": (0, 2),
    "reads_per_reader": (1, 100),
    "registration": (0.0001, 0.5),
    "icc": (0, 0.5),
    "forwards_per_read": (0, 0.8),
    "two_way": (0, 1),
    "crossing": (0, 1),
    "view_share": (0, 1),
    "module_effect": (-1, 5),
    "content_effect": (0, 2),
    "confounding": (0, 6),
    "taste": (0, 2),
    "momentum": (0, 2),
    "quality_on_reading": (0, 1),
    "quality_on_forwarding": (0, 1),
    "quality_on_registration": (0, 1),
    "interest_on_viewing": (0, 3),
    "interest_on_registration": (0, 2),
    "trend": (-1, 3),
    "season": (0, 0.9),
}


@dataclass(frozen=True)
class Tool:
    """Parameters of one world. Quality of articles and interest of readers are in standard deviations.

    Raises Refusal for a value outside RANGES, and where the launch leaves fewer than two weeks on either side.
    """

    salespeople: int = 200
    weeks: int = 52
    launch: int = 26  # the first week in which the module may be shown
    reads_per_week: float = 4.0  # per salesperson, forwards included, content as it is
    size_spread: float = 0.7  # of the log of a salesperson's traffic: the heavy tail
    reads_per_reader: float = 4.0  # articles that one reader opens in the year
    registration: float = 0.03  # chance that a reading ends in a registration, without module
    icc: float = 0.01  # of registration within salesperson: each has a baseline of his own
    forwards_per_read: float = 0.45  # readings that one reading leads to (k-factor)
    two_way: float = 0.8  # share of forwards that carry along what the sender saw
    crossing: float = 0.1  # share of those that land in another salesperson's circle
    view_share: float = 0.35  # share of readers who look at the module when it is on the page
    module_effect: float = 0.6  # relative change of registration in those exposed to the module
    content_effect: float = 0.4  # what a content programme adds to the quality of articles
    confounding: float = 2.0  # log odds of having the module per standard deviation of good, or improving, articles
    taste: float = 0.5  # spread of salespeople in the quality they choose
    momentum: float = 0.5  # spread of salespeople in the change of that quality after the launch
    quality_on_reading: float = 0.2  # log reads per unit of quality; the next two likewise
    quality_on_forwarding: float = 0.15
    quality_on_registration: float = 0.4
    interest_on_viewing: float = 1.0  # log odds of looking at the module per unit of interest
    interest_on_registration: float = 0.5  # log chance of registering per unit of interest
    trend: float = 0.2  # growth of registration over 52 weeks, for reasons outside the tool
    season: float = 0.15  # amplitude of the yearly wave of registration

    def __post_init__(self):
        for field in fields(self):
            low, high = RANGES[field.name]
            value = getattr(self, field.name)
            if not (isfinite(value) and low <= value <= high):
                raise Refusal(f"'{field.name}' was given {value!r}", "the simulated tool", f"allowed is {low:g} to {high:g}")
        if not 2 <= self.launch <= self.weeks - 2:
            raise Refusal(f"the launch in week {self.launch} leaves too little of {self.weeks} weeks", "the simulated tool", "leave two weeks each side")
