"""What a learner takes away: the memo as a page and as a Word document, and its tables as an Excel workbook, to keep."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from IPython.display import HTML, display

from helpers.decision.ledger import Judged
from helpers.decision.memo import Memo
from helpers.decision.memo_text import page
from helpers.decision.options import OptionSummary
from helpers.lesson.learner.journal import journal
from helpers.lesson.learner.record import record
from helpers.lesson.say import Said

OFFICE = "application/vnd.openxmlformats-officedocument"
WORD, EXCEL = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"


@dataclass(frozen=True)
class TakeAway:
    """The memo as files with all options and claims, and the record of one's predictions. name: what the files are called."""

    memo: Memo
    name: str
    options: Sequence[OptionSummary]
    claims: Sequence[Judged]

    def _ipython_display_(self) -> None:
        display(downloads(self.memo, self.name, self.options, self.claims), record())


def downloads(memo: Memo, name: str, options: Sequence[OptionSummary], claims: Sequence[Judged]) -> HTML | Said:
    """Links to the memo and its tables as files, in the app; elsewhere a run leaves them as files anyway."""
    if journal() is None:
        return Said("A headless run (casebook run) leaves the memo as a page and as a Word document beside the executed notebook.")
    from helpers.decision.export.sheets import claim_sheet, option_sheet  # only here, since they take long to load
    from helpers.decision.export.word import memo_docx
    from helpers.decision.export.workbook import tables_xlsx

    links = [
        ("text/html", page(memo).encode(), f"{name}.html", "Memo as a page"),
        (WORD, memo_docx(memo), f"{name}.docx", "Memo as a Word document"),
        (EXCEL, tables_xlsx([option_sheet(options), claim_sheet(claims)]), f"{name}.xlsx", "Options and claims as an Excel workbook"),
    ]
    listed = "".join(f'<a class="download" download="{escape(file)}" href="data:{kind};base64,{b64encode(content).decode()}">{escape(label)}</a> ' for kind, content, file, label in links)
    return HTML(f'<p class="downloads">{listed}</p>')
