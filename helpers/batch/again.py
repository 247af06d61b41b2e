"""A run made again from its provenance: the same findings to the last bit, or a word on what isn't as it was."""

from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode

from helpers.batch.driver.batch import Batch, carry_out, local_workers
from helpers.batch.driver.places import Places
from helpers.batch.identity import notebook_print
from helpers.batch.provenance import differences, origin, read_provenance
from helpers.batch.scenarios.declared import NOTEBOOKS, declared
from helpers.batch.scenarios.expand import Scenario, Scenarios, read_notebook
from helpers.batch.scenarios.names import safe
from helpers.intake.parameters import check
from helpers.intake.refusal import Refusal

ADDED = {"injected-parameters", "papermill-error-cell-tag"}  # cells that papermill put in


def again(file: Path, folder: Path, say: Callable[[str], None], progress: bool = False) -> int:
    """Make the run of this provenance once more, into `folder`; returns the exit code. Says first what has changed since, if anything has."""
    then = read_provenance(file)
    path, content = _notebook(file, then["notebook"])
    parameters = declared(path, content)
    values = check(then["given"], parameters)
    given = {name: values[name] for name in then["given"]}
    for changed in differences(then, origin(path, content, parameters).of(given)):
        say(f"Not as it was: {changed}. The findings may differ.")
    run = safe(file.parent.name if file.name == "provenance.json" else file.stem)
    batch = Batch(Scenarios(path, content, parameters, (Scenario(run, run, given),)), Places(folder))
    with batch.places.held():
        outcome = carry_out(batch, local_workers(1), progress)
    for name, words in outcome.failures:
        say(f"{name}: {words}")
    if not outcome.failures:
        say(f"Its findings are in {batch.places.file(run, 'findings.json')}.")
    return 1 if outcome.failures else 0


def _notebook(file: Path, known: dict[str, str]) -> tuple[Path, NotebookNode]:
    """The notebook as it was then, if it is still to be had: from ours, or from the executed one beside the run; else ours as it is now."""
    ours = NOTEBOOKS / Path(str(known.get("name"))).name
    executed = file.absolute().parent.parent / f"{file.absolute().parent.name}.ipynb"
    found = [(path, _bare(read_notebook(path))) for path in (ours, executed) if path.is_file()]
    if not found:
        raise Refusal(f"the notebook {known.get('name')} isn't here any more", file.name, "leave the provenance where its run is")
    path, content = next((each for each in found if notebook_print(each[1]) == known.get("sha256")), found[0])
    return (ours if path == ours else path.with_name(ours.name)), content


def _bare(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what papermill put into it."""
    notebook.cells = [cell for cell in notebook.cells if not ADDED & set(cell.metadata.get("tags", []))]
    return notebook
