"""What a workbook of a case holds: options, claims, findings, and what was believed or measured."""

from collections.abc import Iterable, Mapping, Sequence

from helpers.decision.export.workbook import Sheet
from helpers.decision.ledger import Judged
from helpers.decision.options import OptionSummary

MONEY, SHARE, PLAIN = "#,##0", "0.0%", "#,##0.00"
OPTION_HEADS = (
    "Option", "Net value, expected (CNY)", "80 % range, low (CNY)", "80 % range, high (CNY)", "95 % range, low (CNY)", "95 % range, high (CNY)",
    "Best in draws (share)", "Above nothing (share)", "Regret, expected (CNY)",
)  # fmt: skip


def option_sheet(options: Iterable[OptionSummary]) -> Sheet:
    """The options side by side."""
    rows = tuple((o.name, o.expected, o.low80, o.high80, o.low95, o.high95, o.probability_best, o.probability_positive, o.expected_regret) for o in options)
    return Sheet("Options", OPTION_HEADS, rows, {**dict.fromkeys(range(1, 9), MONEY), 6: SHARE, 7: SHARE}, {})


def claim_sheet(claims: Iterable[Judged]) -> Sheet:
    """The claims with whys, metric, rule, status and reason."""
    rows = tuple((c.claim.claim, c.claim.said_by, " → ".join(c.claim.whys), c.claim.metric, c.claim.rule, c.status, c.reason) for c in claims)
    return Sheet("Claims", ("What was said", "Who said it", "Asked why", "The metric", "The rule", "Status", "Because"), rows, {}, {})


def finding_sheet(records: Sequence[Mapping]) -> Sheet:
    """All findings, from their records: each number in the unit of its row, shares as per cent."""
    heads = ("Finding", "What it is", "Value", "Low end", "High end", "Unit", "Level (share)", "Rests on", "How")
    rows = tuple(_finding(record) for record in records)
    formats = {(number, column): _format(row[5], row[2]) for number, row in enumerate(rows) for column in (2, 3, 4)}
    return Sheet("Findings", heads, rows, {6: "0%"}, formats)


def _finding(record: Mapping) -> tuple:
    value, unit = record["value"], record.get("unit", "")
    parts = (record.get(name) for name in ("low", "high"))
    level = record.get("level") if record.get("low") is not None and record.get("low") != record.get("high") else None
    return record["name"].replace("_", " "), record.get("meaning", ""), value, *parts, unit, level, record.get("basis", ""), record.get("method", "")


def _format(unit: str, value: object) -> str:
    """Shares in per cent, money and counts without digits after the point."""
    counted = isinstance(value, int | float) and value == round(value)
    return SHARE if unit == "share" else MONEY if unit == "CNY" or counted else PLAIN
