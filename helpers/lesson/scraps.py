"""Findings inside a notebook's outputs, in the form that scrapbook reads."""

import json

from IPython.display import display

from helpers.evidence.findings import Findings

MIME = "application/scrapbook.scrap.json+json"
MEMO_PAGE, MEMO_TABLES = "memo_page", "memo_tables"  # scraps that are no findings: the memo as an HTML page; the memo and its tables as data


def glue(name: str, data: object) -> None:
    """Put `data` (anything JSON can hold) under `name` into the running notebook's output, shown to nobody."""
    scrap = {"name": name, "data": data, "encoder": "json", "version": 1}
    display({MIME: scrap}, metadata={"scrapbook": {"name": name, "data": True, "display": False}}, raw=True)


def glue_findings(findings: Findings) -> None:
    """Put every finding into the notebook's output, one scrap each, named as in the dictionary of findings."""
    for record in findings.records():
        glue(record["name"], record)


def scraps_of(notebook: dict) -> dict[str, object]:
    """All scraps of an executed notebook (its JSON), by name, in order of appearance."""
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    found = (output.get("data", {}).get(MIME) for output in outputs)
    return {scrap["name"]: scrap["data"] for scrap in (_parsed(raw) for raw in found if raw)}


def _parsed(raw: dict | str) -> dict:
    return json.loads(raw) if isinstance(raw, str) else raw
