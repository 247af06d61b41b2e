"""An executed notebook as one HTML page that opens without internet: no script, no font, no style from elsewhere."""

from functools import cache, lru_cache
from html import escape

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode, v4

STYLE = """
body { font: 16px/1.55 system-ui, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", sans-serif; color: #222; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
h1, h2, h3 { line-height: 1.25 } h2 { border-top: 1px solid #ddd; padding-top: 1.2rem; margin-top: 2.2rem }
table { border-collapse: collapse; font-size: .92em } th, td { padding: .25rem .6rem; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top }
img { max-width: 100%; height: auto } pre { white-space: pre-wrap; background: #f6f6f6; padding: .6rem; overflow-wrap: anywhere }
blockquote { border-left: 4px solid #0072B2; margin-left: 0; padding-left: 1rem; color: #444 } figcaption { color: #444; font-size: .92em }
a.anchor-link, .jp-InputPrompt, .jp-OutputPrompt { display: none }
@media print { body { margin: 0 } h2 { break-after: avoid } figure { break-inside: avoid } }
"""


def page(notebook: NotebookNode, title: str) -> str:
    """The notebook's prose, pictures and tables as a whole HTML document; code is left out, widgets give way to their static pictures."""
    body, _ = TemplateExporter.from_notebook_node(_exporter(), without_widgets(notebook))  # HTMLExporter's own parses the page again, which takes as long as making it
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{body}</main></body></html>\n'


class _Exporter(HTMLExporter):
    """Writes a page; the prose of a notebook, which is the same in all its runs, once."""

    @pass_context
    def markdown2html(self, context: Context, source: str) -> str:
        """The prose as HTML, with the pictures that its cell brings along, if any."""
        return super().markdown2html(context, source) if context.get("cell", {}).get("attachments") else _prose(source)


@lru_cache(maxsize=1000)
def _prose(source: str) -> str:
    return HTMLExporter.markdown2html(_exporter(), {}, source)


@cache
def _exporter() -> HTMLExporter:
    """The one exporter of this process: it compiles its templates once, and holds a notebook to its form once, not after every step."""
    exporter = _Exporter(template_name="basic", exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True, optimistic_validation=True)
    exporter.register_filter("highlight_code", escape)  # the template knows it; no code is shown
    return exporter


def prepare() -> None:
    """Compile the templates, in this process and for those forked from it."""
    page(v4.new_notebook(cells=[v4.new_markdown_cell("*a*"), v4.new_code_cell(outputs=[v4.new_output("display_data", {"text/html": "<p>a</p>"})])]), "")


def without_widgets(notebook: NotebookNode) -> NotebookNode:
    """A copy in which outputs that only a running widget manager could show are left out."""
    copy = NotebookNode(notebook | {"cells": [NotebookNode(cell) for cell in notebook.cells]})
    copy.metadata = NotebookNode({key: value for key, value in notebook.metadata.items() if key != "widgets"})
    for cell in copy.cells:
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if _is_for_readers(output)]
    return copy


def _is_for_readers(output: NotebookNode) -> bool:
    kinds = output.get("data", {}).keys()
    return not any("widget-view" in kind or "scrapbook" in kind for kind in kinds)
