"""From a scenario file to scenarios: found, checked, counted, crossed, named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.batch.scenarios.check import SHOWN, checked
from helpers.batch.scenarios.declared import NOTEBOOKS, declared
from helpers.batch.scenarios.names import distinct, told
from helpers.batch.scenarios.source import Source, beside, read_source
from helpers.intake.parameters import Literal, Parameter
from helpers.intake.refusal import Refusal

MANY, MOST = 10_000, 10_000_000  # scenarios that need a yes; that are refused all the same


@dataclass(frozen=True)
class Scenario:
    """One run to make. run: its safe name; name: as the file has it, or as derived; parameters: what is given to the notebook, in its declared types."""

    run: str
    name: str
    parameters: Mapping[str, Literal]


@dataclass(frozen=True)
class Scenarios:
    """All scenarios of a file. notebook: the path of what they run; declared: its parameters; varied: those that aren't the same in all."""

    notebook: Path
    content: NotebookNode
    declared: Sequence[Parameter]
    scenarios: Sequence[Scenario]
    dropped: int = 0

    @cached_property
    def varied(self) -> list[str]:
        """Parameters that aren't the same in all scenarios, as declared in order."""
        values = {each.name: {repr(one.parameters.get(each.name, each.default)) for one in self.scenarios} for each in self.declared}
        return [name for name, different in values.items() if len(different) > 1]


def scenarios(file: Path, notebook: str | None = None, base: Path | None = None, *, many: bool = False, seconds: float = 3.0) -> Scenarios:
    """The scenarios of `file`, all checked.

    notebook, base: from the command line, before and below what the file says. many: whether more than MANY were said yes to.
    seconds: what one run takes, for the estimate. Raises Refusal for anything that can't be run as it stands.
    """
    source = read_source(file, base)
    path = find(source, notebook)
    content = read_notebook(path)
    parameters = declared(path, content)
    source = checked(source, parameters)
    _refuse_too_many(source, many, seconds)
    wanted = list(_crossed(source, {each.name: each for each in parameters}))
    alone = list({(name, repr(sorted(values.items()))): (name, values) for name, values in wanted}.values()) if not source.listed else wanted
    runs = distinct([name for name, _ in alone])
    made = tuple(Scenario(run, name, values) for run, (name, values) in zip(runs, alone, strict=True))
    refuse_together(path, made, file.name)
    return Scenarios(path, content, parameters, made, len(wanted) - len(alone))


def find(source: Source, given: str | None) -> Path:
    """The notebook's path: the one given on the command line, or that of the file, by its name among ours or as a file beside it."""
    name = given or source.notebook
    if not name:
        raise Refusal("it isn't said which notebook to run", source.file.name, "write 'notebook: …' into the file, or give --notebook")
    ours = NOTEBOOKS / f"{name.removesuffix('.ipynb')}.ipynb"
    if "/" not in name and "\\" not in name and ours.is_file():
        return ours
    path = Path(name) if given else beside(source.file, name, "notebook")
    if not path.is_file():
        there = ", ".join(sorted(one.stem for one in NOTEBOOKS.glob("*.ipynb")))
        raise Refusal(f"there is no notebook '{name[:80]}'", source.file.name, f"Choose one of {there}, or the path of another")
    return path


def read_notebook(path: Path) -> NotebookNode:
    """The notebook without what earlier runs left in it. Raises Refusal where it isn't one."""
    try:
        content = nbformat.read(path, as_version=4)
    except (OSError, ValueError, KeyError, nbformat.ValidationError, nbformat.reader.NotJSONError):
        raise Refusal("this is not a notebook", path.name, "give a file that ends in .ipynb and was saved by Jupyter") from None
    for cell in content.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return content


def refuse_together(path: Path, made: Sequence[Scenario], file: str) -> None:
    """Raise Refusal that lists the scenarios whose values are each allowed but can't be used together, as the case itself would say after its kernel has started."""
    if path.resolve().parent != NOTEBOOKS:
        return
    from helpers.batch.sweep.cases import OPENERS, swept

    case = swept(path.stem) if path.stem in OPENERS else None
    faults = [(one.name, words) for one in made if case and (words := case.fault(one.parameters))]
    if faults:
        told_ = "; ".join(f"{name[:60]}: {words}" for name, words in faults[:SHOWN])
        more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise Refusal(f"{len(faults)} of {len(made)} scenarios can't be, and nothing was run: {told_}{more}", file, "Mend the file and run again")


def _refuse_too_many(source: Source, many: bool, seconds: float) -> None:
    if source.count > MOST or (source.count > MANY and not many):
        hours = source.count * seconds / 3600
        remedy = "draw a sample of a few hundred instead" + ("" if source.count > MOST else ", use `casebook sweep` if numbers are enough, or say --yes")
        raise Refusal(f"this makes {source.count:,} scenarios, about {hours:,.0f} hours of one core's work ({seconds:.1f} s each)", source.file.name, remedy)


def _crossed(source: Source, known: Mapping[str, Parameter]) -> Iterator[tuple[str, dict[str, Literal]]]:
    """Name and parameters of each scenario: list by grid by sample, the sample's the fastest."""
    names, values = [axis.name for axis in source.grid], [axis.values for axis in source.grid]
    drawn = list(source.sample.draw(known)) if source.sample else [{}]
    order = list(known)
    for listed in source.listed or (None,):
        for combination, more in product(product(*values), drawn):
            own = dict(zip(names, combination, strict=True)) | more
            given = {**source.parameters, **(listed.parameters if listed else {}), **own}
            crossed = told(own) if own else ""
            name = "_".join(part for part in (_name_of(listed), crossed) if part)
            yield name or told({}), {each: given[each] for each in sorted(given, key=order.index)}


def _name_of(listed) -> str:
    if listed is None:
        return ""
    return listed.name or told(listed.parameters)
