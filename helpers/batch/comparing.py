"""The notebook that compares runs, run at the end of a batch over its own table."""

from pathlib import Path

import nbformat

from helpers.batch.driver.places import Places
from helpers.batch.page import page
from helpers.batch.scenarios.declared import NOTEBOOKS
from helpers.batch.scenarios.expand import read_notebook
from helpers.intake.refusal import Refusal
from helpers.kernel.execution import execute

COMPARE = NOTEBOOKS / "batch" / "compare_runs.ipynb"


def compare(places: Places) -> Path:
    """Write compare_runs.ipynb and its page beside the results; returns the page's path. Raises Refusal where the notebook refuses the table."""
    done = execute(read_notebook(COMPARE), {"results": str((places.folder / "results.parquet").absolute())})
    if done.error:
        raise Refusal(f"the runs can't be compared ({done.error.words})", COMPARE.name)
    done.notebook.metadata.papermill.update(input_path=COMPARE.name, output_path=COMPARE.name)
    places.write(COMPARE.name, nbformat.writes(done.notebook) + "\n")
    return places.write(f"{COMPARE.stem}.html", page(done.notebook, title="The runs compared"))


def copy_to(places: Places, store: str) -> int:
    """Copy every run's notebook, findings and provenance, and the table as CSV, to a store that papermill's handlers reach (s3://, gs://, abs://, a folder that is there).

    Returns how many files. Raises Refusal where one can't be written; the runs themselves are safe then.
    """
    from papermill.exceptions import PapermillException
    from papermill.iorw import papermill_io

    copies = {path: f"{path.parent.name}.{path.name}" for path in sorted(places.runs.glob("*/*.json"))}
    copies |= {path: path.name for path in [*sorted(places.runs.glob("*.ipynb")), places.folder / "results.csv"]}
    for path, name in copies.items():
        try:
            papermill_io.write(path.read_text(encoding="utf-8"), f"{store.rstrip('/')}/{name}", extensions=[path.suffix])
        except (OSError, PapermillException) as fault:
            raise Refusal(f"'{name}' can't be written there ({fault})"[:300], "--copy-to", "the runs themselves are safe; mend the address and run the same command again") from None
    return len(copies)
