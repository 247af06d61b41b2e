"""The memo as Markdown and as one self-contained HTML page for A4. Whatever people typed is escaped."""

import re
from base64 import b64encode
from html import escape
from string import Template

from helpers.decision.memo import Memo, trimmed
from helpers.decision.options import OptionSummary
from helpers.decision.wording import money, percent

HEADINGS = {
    "status_quo": "Where we stand", "confidence": "How sure we are", "flips": "What would change our mind",
    "assumptions": "Assumed, still open (80 % ranges)", "cannot_answer": "What this log can't answer", "notes": "To be noted",
}  # fmt: skip
SIGNS = {"measured": "✓", "contradicted": "✗", "assumed": "~", "nobody knows": "?"}  # told by sign and word, never by colour alone
CAPTIONS = {"options": "The options, against doing nothing", "claims": "What was claimed, and what the evidence says", "steps": "Who does what next"}
OPTION_HEADS = ("Option", "Net value", "80 % range", "Best in draws", "Regret")
CLAIM_HEADS = ("What was said", "Status", "Because")
STEP_HEADS = ("Who", "Does what", "Until")


def option_row(row: OptionSummary) -> tuple[str, ...]:
    """An option as the cells of its row."""
    return row.name, money(row.expected), f"{money(row.low80)} to {money(row.high80)}", percent(row.probability_best), money(row.expected_regret)


def tables(memo: Memo) -> dict[str, tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """The memo's three tables by name: heads and rows of text."""
    claims = [(f"“{trimmed(each.claim.claim)}”", f"{SIGNS[each.status]} {each.status}", each.reason) for each in memo.claims]
    steps = [(step.who, step.what, step.when) for step in memo.next_steps]
    return {"options": (OPTION_HEADS, [option_row(row) for row in memo.options]), "claims": (CLAIM_HEADS, claims), "steps": (STEP_HEADS, steps)}


def more(memo: Memo, part: str) -> str:
    """How many entries of a part were left out, in words; nothing where none were."""
    count = memo.left_out.get(part, 0)
    return f"… and {count} more in the notebook." if count else ""


def markdown(memo: Memo) -> str:
    """The memo as Markdown; characters that Markdown would read as its own are escaped."""
    written = {name: _markdown_table(*table) for name, table in tables(memo).items()}
    lists = {part: _markdown_list(memo, part) for part in HEADINGS}
    blocks = [
        f"# {_plain(memo.title)}", f"*{_plain(memo.question)}*", f"**Recommendation.** {_plain(memo.recommendation)}", lists["confidence"],
        written["options"], lists["status_quo"], "## What was claimed", written["claims"], more(memo, "claims"), lists["flips"], lists["assumptions"],
        lists["cannot_answer"], lists["notes"], "## Who does what next", written["steps"],
    ]  # fmt: skip
    return "\n\n".join(block for block in blocks if block) + "\n"


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]#|~])", r"\\\1", escape(" ".join(text.split()), quote=False))


def _markdown_list(memo: Memo, part: str) -> str:
    lines = [f"- {_plain(line)}" for line in (*getattr(memo, part), more(memo, part)) if line]
    return f"## {HEADINGS[part]}\n\n" + "\n".join(lines) if lines else ""


def _markdown_table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads)] + [tuple(map(_plain, row)) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if rows else ""


PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
@page { size: A4; margin: 9mm 12mm; }
body { font: 8.6pt/1.26 "Noto Sans", "Segoe UI", Arial, sans-serif; color: #111; max-width: 186mm; margin: 0 auto; padding: 0 2mm; overflow-wrap: anywhere; }
h1 { font-size: 13.5pt; margin: 0; } h2, caption { font-size: 9.3pt; font-weight: 700; color: #0b4f7d; } h2 { margin: 1.2mm 0 .2mm; }
p { margin: .6mm 0; } .question { font-style: italic; } ul { margin: 0; padding-left: 4mm; }
.answer { border-left: 1.2mm solid #0072b2; padding: .8mm 2.5mm; background: #eef5fa; font-size: 9.4pt; }
table { border-collapse: collapse; width: 100%; font-size: 8.2pt; } caption { text-align: left; padding: 1.2mm 0 .2mm; }
th, td { text-align: left; vertical-align: top; padding: .25mm 1.6mm .25mm 0; border-bottom: .2mm solid #b8c4cc; } thead th { color: #333; }
.options td:nth-child(n+2) { font-variant-numeric: tabular-nums; white-space: nowrap; } .claims td:nth-child(2) { white-space: nowrap; } .claims td:first-child { width: 42%; }
.flow { columns: 2; column-gap: 6mm; } .flow li { break-inside: avoid; } .flow h2 { break-after: avoid; margin-top: 0; padding-top: 1.2mm; } img { max-width: 100%; max-height: 42mm; display: block; margin: 1mm auto; }
@media (max-width: 640px) { .flow { columns: 1; } .options td { white-space: normal !important; } }
</style>
</head>
<body>
<main>
<h1>$title</h1>
<p class="question">$question</p>
<p class="answer"><strong>Recommendation.</strong> $recommendation</p>
$options
$picture
<div class="flow">$confidence$flips$status_quo$assumptions$cannot_answer$notes</div>
$claims
$steps
</main>
</body>
</html>
""")


def page(memo: Memo) -> str:
    """The memo as one HTML page that needs nothing from outside and prints on one sheet of A4."""
    parts = {name: _html_table(CAPTIONS[name], name, *table, more(memo, name)) for name, table in tables(memo).items()}
    parts |= {part: _html_list(memo, part) for part in HEADINGS}
    texts = {name: _held(getattr(memo, name)) for name in ("title", "question", "recommendation")}
    return PAGE.substitute(parts, **texts, picture=_html_picture(memo))


def _held(text: str) -> str:
    """Text escaped for HTML, with numbers held to their units at a line's end."""
    return escape(re.sub(r"(?<=\d) (?=%)|(?<=CNY) (?=\d)|(?<=minus) (?=CNY)", "\u00a0", text))


def _html_picture(memo: Memo) -> str:
    if memo.picture is None:
        return ""
    return f'<img alt="{escape(memo.picture.alt)}" src="data:image/png;base64,{b64encode(memo.picture.png).decode()}">'


def _html_list(memo: Memo, part: str) -> str:
    lines = "".join(f"<li>{_held(line)}</li>" for line in (*getattr(memo, part), more(memo, part)) if line)
    return f"<section><h2>{HEADINGS[part]}</h2><ul>{lines}</ul></section>" if lines else ""


def _html_table(caption: str, kind: str, heads: tuple[str, ...], rows: list[tuple[str, ...]], more: str) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in heads)
    body = "".join("<tr>" + "".join(f"<td>{_held(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    note = f"<p>{escape(more)}</p>" if more else ""
    return f'<table class="{kind}"><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}'
