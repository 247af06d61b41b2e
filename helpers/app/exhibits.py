"""A notebook as printed exhibits, for rooms without laptops: the request and a sheet of predictions first, exhibits without their findings, answers last."""

import re
from html import escape

from nbformat import NotebookNode

from helpers.app.printed import Figure, Shown, shown

OF_PREDICTIONS = re.compile(r"What came out|\d+ of \d+ predictions")  # a picture of the reader's own, which nobody here has made
STYLE = """
@page { size: A4; margin: 14mm }
body { font: 11pt/1.4 system-ui, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif; color: #111; max-width: 182mm; margin: 0 auto; padding: 0 2mm; overflow-wrap: anywhere }
h1 { font-size: 18pt; color: #0b4f7d } h2 { font-size: 13pt; color: #0b4f7d; margin: 0 0 2mm } section { break-inside: avoid; margin: 0 0 7mm } .new { break-before: page }
img { width: auto !important; height: auto !important; max-width: 100%; max-height: 95mm } .line { border-bottom: .3mm solid #555; height: 8mm; margin: 0 0 1mm } .small { color: #444; font-size: 9.5pt }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt } th, td { overflow-wrap: normal; border-bottom: .2mm solid #999; text-align: left; vertical-align: top; padding: 1mm 2mm 1mm 0 }
pre { white-space: pre-wrap } ol li { margin-bottom: 2mm } .jp-InputPrompt, .jp-OutputPrompt { display: none }
"""


def exhibits(notebook: NotebookNode) -> str:
    """The exhibits of an executed notebook as one HTML page for A4. The last pages hold the answers: they are the facilitator's."""
    pages = list(shown(notebook))
    title = pages[0].screen.title
    found = [(page, figure) for page in pages if page.screen.kind in ("explore", "reveal") for figure in page.figures if not OF_PREDICTIONS.match(figure.title)]
    parts = [_cover(pages), _predictions(pages), *(_exhibit(number, page, figure) for number, (page, figure) in enumerate(found, 1)), _answers(found, pages)]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}: exhibits</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{"".join(parts)}</main></body></html>\n'


def _cover(pages: list[Shown]) -> str:
    """The role and the request as it was received, all that can be folded open."""
    told = "".join(f"<h2>{escape(page.screen.title)}</h2>{page.prose}{page.outputs}" for page in pages[1:] if page.screen.kind == "brief")
    return f"<h1>{escape(pages[0].screen.title)}</h1>{pages[0].prose}<p class='small'>Mark every sentence that could be checked.</p>{told}".replace("<details", "<details open")


def _predictions(pages: list[Shown]) -> str:
    """Lines to write on, before anything is turned over."""
    asked = "".join(f"<section><h2>{escape(page.screen.title)}</h2>{page.outputs}<div class='line'></div><div class='line'></div></section>" for page in pages if page.screen.kind == "predict")
    how = "<p>From … to …, so that you believe it with 80 %; for a yes or no, how sure you are in per cent. Why? One line. Hand it in before you turn the page.</p>"
    return f'<div class="new"><h1>Your predictions</h1>{how}{asked}</div>'


def _exhibit(number: int, page: Shown, figure: Figure) -> str:
    """A figure with a question instead of its finding."""
    new = ' class="new"' if number % 2 else ""
    return f"<section{new}><h2>Exhibit {number}: {escape(page.screen.title)}</h2>{figure.image}<p class='small'>What does it show, in one sentence? What would you do differently now?</p><div class='line'></div></section>"


def _answers(found: list[tuple[Shown, Figure]], pages: list[Shown]) -> str:
    """What each exhibit shows, with its numbers, and what the claims came to."""
    rows = "".join(f"<tr><td>{number}</td><td>{escape(figure.title)}</td><td>{figure.numbers}</td></tr>" for number, (_, figure) in enumerate(found, 1))
    table = f'<table><thead><tr><th scope="col">No.</th><th scope="col">What it shows</th><th scope="col">Its numbers</th></tr></thead><tbody>{rows}</tbody></table>'
    claims = "".join(page.outputs for page in pages if page.screen.kind == "explain" and "<table" in page.outputs)
    return f'<div class="new"><h1>For the facilitator: what the exhibits show</h1>{table}{claims}</div>'
