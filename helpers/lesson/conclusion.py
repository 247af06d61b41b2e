"""The end of every case: the memo, the claims ledger and all findings, shown and put into the notebook's output."""

from collections.abc import Iterable

import pandas as pd
from IPython.display import Markdown

from helpers.decision.ledger import Judged
from helpers.decision.memo import Memo
from helpers.decision.memo_data import tables_data
from helpers.decision.memo_text import SIGNS, markdown, page
from helpers.decision.options import OptionSummary
from helpers.evidence.findings import Findings, Value
from helpers.lesson import words
from helpers.lesson.scraps import MEMO_PAGE, MEMO_TABLES, glue, glue_findings
from helpers.lesson.table import Table


def show_memo(memo: Memo, options: Iterable[OptionSummary], claims: Iterable[Judged]) -> Markdown:
    """The memo as text; its printable page, and what office files are written from, go into the notebook's output for headless runs."""
    glue(MEMO_PAGE, page(memo))
    glue(MEMO_TABLES, tables_data(memo, options, claims))
    return Markdown("##" + markdown(memo).replace("\n## ", "\n#### "))  # two levels down: the memo stands below a chapter's heading


def claims_table(claims: tuple[Judged, ...]) -> Table:
    """The claims of a request: what was said, the whys behind it, the metric that would bear it out, and what the findings say."""
    rows = [(f"“{each.claim.claim}” ({each.claim.said_by})", " → ".join(each.claim.whys), each.claim.metric, f"{SIGNS[each.status]} {each.status}", each.reason) for each in claims]
    return Table(pd.DataFrame(rows, columns=["What was said", "Asked why", "The metric", "Status", "Because"]), "The claims of the request, and what the evidence says")


def findings_table(findings: Findings) -> Table:
    """All findings with their meaning; each also goes into the notebook's output under its name."""
    glue_findings(findings)
    rows = [(name.replace("_", " "), told(value), findings.entries[name].meaning) for name, value in findings.items()]
    return Table(pd.DataFrame(rows, columns=["Finding", "Value", "What it is"]), f"All {len(rows)} findings of this run", folded=True)


def told(value: Value) -> str:
    """A finding in words."""
    return value if isinstance(value, str) else words.estimate(value)
