"""What a question needs of a log, and the words for a log that can't answer it."""

from helpers.intake.refusal import Refusal
from helpers.paperwork.office_log import OfficeLog

# Capability -> (what the log lacks, what to do about it).
LACKS = {
    "touch_time": ("has one time a row, so work and waiting can't be told apart", "map start and end, or a lifecycle column"),
    "document": ("doesn't say which document a row belongs to", "map a document column"),
    "party": ("doesn't say whose time a row took", "map a party column (clerk or client), or name the clients' activities"),
    "kind": ("doesn't say what kind of work a row is", "map a kind column, or give kinds as in 'call client: explain'"),
    "resource": ("doesn't say who did the work", "map a resource column"),
    "closing": ("doesn't show which cases are closed", "name the activities that close a case"),
}


def require(log: OfficeLog, *capabilities: str) -> None:
    """Raises Refusal for the first of these capabilities that the log hasn't got."""
    for capability in capabilities:
        if not log.has(capability):
            lacks, remedy = LACKS[capability]
            raise Refusal(f"the log {lacks}", log.source, remedy)


def missing(log: OfficeLog) -> dict[str, str]:
    """What this log lacks, in words, by capability."""
    return {name: f"the log {words}" for name, (words, _) in LACKS.items() if not log.has(name)}
