"""What a learner takes away: the memo as a page and as a Word document, to keep."""

from base64 import b64encode
from dataclasses import dataclass
from html import escape

from IPython.display import HTML, display

from helpers.decision.memo import Memo
from helpers.decision.memo_text import page
from helpers.lesson.learner.journal import journal
from helpers.lesson.learner.record import record
from helpers.lesson.say import Said

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class TakeAway:
    """The memo as files, and the record of one's predictions. name: what the files are called."""

    memo: Memo
    name: str

    def _ipython_display_(self) -> None:
        display(downloads(self.memo, self.name), record())


def downloads(memo: Memo, name: str) -> HTML | Said:
    """Links to the memo as files, in the app; elsewhere a run leaves them as files anyway."""
    if journal() is None:
        return Said("A headless run (casebook run) leaves the memo as a page and as a Word document beside the executed notebook.")
    from helpers.decision.export.word import memo_docx  # only here, since it takes long to load

    links = [("text/html", page(memo).encode(), f"{name}.html", "Memo as a page"), (WORD, memo_docx(memo), f"{name}.docx", "Memo as a Word document")]
    listed = "".join(f'<a class="download" download="{escape(file)}" href="data:{kind};base64,{b64encode(content).decode()}">{escape(label)}</a> ' for kind, content, file, label in links)
    return HTML(f'<p class="downloads">{listed}</p>')
