"""What a cell gave, in pieces that a page can show: HTML, and living widgets by their ids."""

import re
from html import escape

from nbformat import NotebookNode

from helpers.app.screens import as_html

WIDGET = "application/vnd.jupyter.widget-view+json"
OURS = "This part can't be shown. It is a fault of ours; the rest goes on without it."


def pieces(outputs: list[NotebookNode]) -> list[dict[str, str]]:
    """The outputs in order: {"widget": id} or {"html": …}. Left out: what is meant for machines, and what stands before a widget for readers who have none."""
    found = [piece for piece in map(_piece, outputs) if piece]
    return [piece for piece, after in zip(found, [*found[1:], {}]) if "widget" in piece or "widget" not in after]


def _piece(output: NotebookNode) -> dict[str, str] | None:
    if output.output_type == "error":
        words = re.sub(r"\x1b\[[0-9;]*m", "", output.evalue) if output.ename == "Refusal" else OURS
        return {"html": f'<p class="fault">{escape(words)}</p>'}
    data = output.get("data", {})
    if WIDGET in data:
        return {"widget": data[WIDGET]["model_id"]}
    if "text/html" in data:
        return {"html": data["text/html"]}
    return {"html": as_html(data["text/markdown"])} if "text/markdown" in data else None
