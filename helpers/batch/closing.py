"""What stands at the end of a batch: the table of results, the page, and the table of failures, over all runs that were made."""

import csv
import io
from collections.abc import Iterator

from helpers.batch.driver.batch import Batch
from helpers.batch.driver.places import Record, told_in_words
from helpers.batch.driver.task import LOG, MEMO_PAGE, NOTEBOOK, PAGE
from helpers.batch.index import Line, index, telling
from helpers.batch.results import Result, write
from helpers.intake.cells.formulas import harmless

MOST_PARAMETERS = 8  # columns of the page
LINKED = {"page": PAGE, "memo": MEMO_PAGE, "log": LOG}


def close(batch: Batch) -> dict[str, int]:
    """Write results, page and failures; returns how many runs went well and failed. The folder must be held."""
    records = batch.records()
    done = [run for run, record in records.items() if record.state == "done"]
    with told_in_words(batch.places.folder):
        write(_results(batch, done), batch.scenarios.declared, batch.places.folder)
    batch.places.write("index.html", _page(batch, records, done))
    failed = {run: record for run, record in records.items() if record.failure}
    batch.places.write("failures.csv", failures_table(failed))
    return {"done": len(done), "failed": len(failed)}


def _results(batch: Batch, done: list[str]) -> Iterator[Result]:
    well = set(done)
    for one in batch.scenarios.scenarios:
        if one.run in well:
            yield Result(one.run, one.name, one.parameters, batch.places.findings(one.run))


def _page(batch: Batch, records: dict[str, Record], done: list[str]) -> str:
    """The page, with the parameters that vary and the findings that differ."""
    found = {run: {each["name"]: each.get("value") for each in batch.places.findings(run)} for run in done}
    varied, shown = batch.scenarios.varied[:MOST_PARAMETERS], telling(found.values())
    lines = [_line(batch, one, records[one.run], found.get(one.run, {}), varied, shown) for one in batch.scenarios.scenarios if one.run in records]
    files = {"table (CSV)": "results.csv", "table (Parquet)": "results.parquet", "failures": "failures.csv"}
    return index(f"Runs of {batch.scenarios.notebook.stem.replace('_', ' ')}", lines, [*varied, *shown], files)


def _line(batch: Batch, one, record: Record, found: dict, varied: list[str], shown: list[str]) -> Line:
    defaults = {each.name: each.default for each in batch.scenarios.declared}
    cells = {name: one.parameters.get(name, defaults[name]) for name in varied} | {name: found.get(name) for name in shown}
    links = {words: f"runs/{one.run}/{file}" for words, file in LINKED.items() if file in record.sizes}
    links |= {"notebook": f"runs/{one.run}.ipynb"} if NOTEBOOK in record.sizes else {}
    return Line(one.name, record.state, record.seconds, record.failure.words if record.failure else "", links, cells)


def failures_table(failed: dict[str, Record]) -> str:
    """The failed runs as CSV: run, scenario, attempts, cell, error."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(["run", "scenario", "attempts", "cell", "error"])
    for run, record in failed.items():
        out.writerow([harmless(run), harmless(record.name), record.attempts, record.failure.cell, harmless(record.failure.words)])
    return text.getvalue()
