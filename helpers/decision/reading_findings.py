"""What was read and what was assumed on the way, recorded with the findings that rest on it."""

from helpers.evidence.estimate import exactly
from helpers.evidence.findings import Value
from helpers.intake.checks.report import CheckReport


def reading_findings(report: CheckReport) -> dict[str, Value]:
    """Rows read and kept, and every assumption made while reading, in words."""
    return {
        "rows_read": exactly(report.rows_read, "rows"),
        "rows_kept": exactly(report.rows_kept, "rows"),
        "log_read_as": "; ".join(report.notes) or "as it is",
    }
