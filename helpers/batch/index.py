"""The batch as one page that opens without internet: a row a run, sorted and filtered by keyboard or mouse, each linked to its files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from helpers.batch.page import STYLE

MORE = """
body { max-width: none } table { display: block; overflow-x: auto } th { white-space: nowrap; position: sticky; top: 0; background: #fff } td.n { text-align: right; font-variant-numeric: tabular-nums }
th button { font: inherit; font-weight: 600; background: none; border: 0; padding: 0; cursor: pointer } th[aria-sort=ascending] button::after { content: " ▲" } th[aria-sort=descending] button::after { content: " ▼" }
tr.failed td, tr.failed th { background: #fdf0ea } input { font: inherit; padding: .3rem .5rem; width: 22rem; max-width: 90% } :focus-visible { outline: 3px solid #0072B2 }
"""
SCRIPT = """
const body = document.querySelector('tbody'), rows = [...body.rows], told = document.getElementById('told'), box = document.getElementById('filter');
const key = (row, i) => row.cells[i].dataset.v ?? row.cells[i].textContent;
document.querySelectorAll('thead button').forEach((button, i) => button.addEventListener('click', () => {
  const th = button.parentElement, up = th.getAttribute('aria-sort') !== 'ascending';
  document.querySelectorAll('thead th').forEach(each => each.removeAttribute('aria-sort'));
  th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
  rows.sort((a, b) => { const x = key(a, i), y = key(b, i), n = Number(x) - Number(y);
    return (x === '' ? 1 : y === '' ? -1 : Number.isNaN(n) ? x.localeCompare(y) : n) * (up || x === '' || y === '' ? 1 : -1); });
  body.append(...rows);
}));
box.addEventListener('input', () => {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean); let shown = 0;
  for (const row of rows) { const text = row.textContent.toLowerCase(); row.hidden = !words.every(word => text.includes(word)); shown += !row.hidden; }
  told.textContent = `${shown} of ${rows.length} runs`;
});
"""


@dataclass(frozen=True)
class Line:
    """A run in the page. state: done or failed; why: it failed; links: words -> path from the page; cells: by column."""

    scenario: str
    state: str
    seconds: float
    why: str
    links: Mapping[str, str]
    cells: Mapping[str, object]


def index(title: str, lines: Sequence[Line], columns: Sequence[str], files: Mapping[str, str]) -> str:
    """The page. columns: which of the lines' cells are shown; files: words -> path of what concerns all runs."""
    heads = "".join(f'<th scope="col"><button type="button">{escape(head.replace("_", " "))}</button></th>' for head in ("scenario", "state", "seconds", *columns, "files"))
    body = "\n".join(_row(line, columns) for line in lines)
    failed = sum(line.state == "failed" for line in lines)
    said = f"{len(lines)} runs, {failed} failed. " + " · ".join(_link(words, path) for words, path in files.items())
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{STYLE}{MORE}</style></head>
<body><main><h1>{escape(title)}</h1><p>{said}</p>
<p><label>Show only runs with these words <input id="filter" type="search"></label> <span id="told" role="status">{len(lines)} of {len(lines)} runs</span></p>
<table tabindex="0"><caption>Choose a heading to sort by it</caption><thead><tr>{heads}</tr></thead><tbody>
{body}
</tbody></table></main><script>{SCRIPT}</script></body></html>
"""


def _row(line: Line, columns: Sequence[str]) -> str:
    state = line.state if not line.why else f"{line.state}: {line.why}"
    cells = [_cell(state), _cell(line.seconds), *(_cell(line.cells.get(name)) for name in columns)]
    links = " · ".join(_link(words, path, line.scenario) for words, path in line.links.items())
    return f'<tr class="{line.state}"><th scope="row" style="position:static">{escape(line.scenario)}</th>{"".join(cells)}<td>{links}</td></tr>'


def _cell(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<td class="n" data-v="{value!r}">{value:,.6g}</td>'
    return f"<td>{'' if value is None else escape(str(value))}</td>"


def _link(words: str, path: str, of: str = "") -> str:
    label = f' aria-label="{escape(words)} of {escape(of)}"' if of else ""
    return f'<a href="{escape(quote(path))}"{label}>{escape(words)}</a>'


def telling(findings: Iterable[Mapping[str, object]], most: int = 8) -> list[str]:
    """Which findings to show: those that differ between runs, texts (decisions) before numbers, in the order of the notebook."""
    seen: dict[str, list] = {}
    for run in findings:
        for name, value in run.items():
            seen.setdefault(name, []).append(value)
    differing = [name for name, values in seen.items() if len(set(map(repr, values))) > 1]
    short = [name for name in differing if all(len(str(value)) <= 60 for value in seen[name])]
    return sorted(short, key=lambda name: not isinstance(seen[name][0], str))[:most]
