"""One tidy table of a batch: every parameter and every finding of every run, a row each, written as it is read so that memory stays flat."""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import isfinite
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.intake.cells.formulas import harmless
from helpers.intake.parameters import Literal, Parameter

AT_ONCE = 200_000  # rows in memory
WORDS, NUMBERS = pa.dictionary(pa.int32(), pa.string()), pa.float64()
SCHEMA = pa.schema([
    ("run", WORDS), ("scenario", WORDS), ("kind", WORDS), ("name", WORDS), ("value", NUMBERS), ("text", WORDS), ("low", NUMBERS), ("high", NUMBERS), ("unit", WORDS), ("basis", WORDS),
])  # fmt: skip
COLUMNS = SCHEMA.names


@dataclass(frozen=True)
class Result:
    """What the table says of one run: its folder's name, the scenario's name, all parameter values, and the records of its findings."""

    run: str
    scenario: str
    parameters: Mapping[str, Literal]
    findings: Sequence[Mapping[str, object]]


def rows(result: Result, declared: Sequence[Parameter]) -> Iterator[tuple]:
    """The rows of one run: its parameters in their declared order, then its findings in theirs.

    value: the number (1 or 0 for a yes or no), None where it is a text; text: the text, or 'True' or 'False', else None.
    """
    for each in declared:
        value, text = _split(result.parameters.get(each.name, each.default))
        yield result.run, result.scenario, "parameter", each.name, value, text, None, None, each.unit, "given"
    for found in result.findings:
        value, text = _split(found.get("value"))
        unit, basis = (str(found.get(part) or "") for part in ("unit", "basis"))
        yield result.run, result.scenario, "finding", str(found.get("name")), value, text, _number(found.get("low")), _number(found.get("high")), unit, basis


def write(results: Iterable[Result], declared: Sequence[Parameter], folder: Path) -> int:
    """Write results.parquet and results.csv into the folder, each put in place in one step at the end; returns how many rows.

    In the CSV file a text that a spreadsheet would take for a formula has an apostrophe before it; the Parquet file has every text as it is.
    """
    lines = (row for result in results for row in rows(result, declared))
    drafts = {name: folder / f".partial-{name}" for name in ("results.parquet", "results.csv")}
    count = _write(lines, drafts["results.parquet"], drafts["results.csv"])
    for name, draft in drafts.items():
        os.replace(draft, folder / name)
    return count


def _write(lines: Iterator[tuple], parquet: Path, text: Path) -> int:
    count = 0
    with pq.ParquetWriter(parquet, SCHEMA, compression="zstd") as table, text.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        while part := list(islice(lines, AT_ONCE)):
            table.write_table(pa.table([pa.array(column, type=field.type) for column, field in zip(zip(*part, strict=True), SCHEMA, strict=True)], schema=SCHEMA))
            out.writerows([harmless(cell) for cell in row] for row in part)  # numbers keep all their digits
            count += len(part)
    return count


def _split(value: object) -> tuple[float | None, str | None]:
    """A value as number and text."""
    if isinstance(value, bool):
        return float(value), str(value)
    return (None, value) if isinstance(value, str) else (_number(value), None)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and isfinite(value) else None
