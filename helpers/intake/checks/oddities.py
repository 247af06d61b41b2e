"""One flaw of a log as a person is told of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Oddity:
    """what: the flaw's name. size: how much of it there is, in words. remark: what it means, or what to do about it."""

    what: str
    size: str
    remark: str = ""
