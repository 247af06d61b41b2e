"""What to run: notebooks by name, parameters from the command line and from a scenario file, checked before a kernel starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.batch.scenarios.declared import declared
from helpers.batch.scenarios.expand import read_notebook
from helpers.batch.scenarios.reading import read_yaml
from helpers.intake.parameters import check
from helpers.intake.refusal import Refusal
from helpers.lesson.shelf import CASES

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@dataclass(frozen=True)
class Order:
    """One run to make: which notebook, with which parameters, and the folder name for its results."""

    notebook: Path
    parameters: Mapping[str, object]
    name: str

    @property
    def title(self) -> str:
        """The order in a few words."""
        return self.name.replace("_", " ")


def orders(notebooks: Sequence[str], given: Mapping[str, object], scenario: Path | None) -> list[Order]:
    """The runs asked for, every parameter checked. Raises Refusal that names what is wrong."""
    if scenario:
        return [_from_scenario(scenario, given)]
    paths = [find_notebook(name) for name in notebooks] or [NOTEBOOKS / f"{stem}.ipynb" for stem, case in CASES.items() if case.by_default]
    return [Order(path, _checked(path, given), path.stem) for path in paths]


def find_notebook(name: str) -> Path:
    """The path of the notebook called `name` (with or without folder and ending). Raises Refusal with those there are."""
    there = {path.stem: path for path in committed()}
    if Path(name).stem not in there:
        raise Refusal(f"there is no notebook '{name}'", remedy=f"Choose one of {', '.join(there)}")
    return there[Path(name).stem]


def committed() -> list[Path]:
    """All notebooks of the book, those that others are drawn from first."""
    return [*sorted(NOTEBOOKS.glob("*.ipynb")), *sorted(NOTEBOOKS.glob("workshop/*.ipynb")), *sorted(NOTEBOOKS.glob("batch/*.ipynb"))]


def _from_scenario(file: Path, given: Mapping[str, object]) -> Order:
    content = read_scenario(file)
    path = find_notebook(str(content["notebook"]))
    return Order(path, _checked(path, {**content["parameters"], **given}), f"{path.stem}--{file.stem}")


def read_scenario(file: Path) -> dict:
    """A scenario file's content: `notebook`, `parameters`, `why`. Raises Refusal where it is missing or not of that form."""
    content = read_yaml(file)
    if not isinstance(content, dict) or not {"notebook", "parameters"} <= content.keys() or not isinstance(content["parameters"], dict):
        raise Refusal("a scenario file needs 'notebook' and 'parameters' (name: value)", where=str(file))
    many = [key for key in ("scenarios", "grid", "sample", "base") if content.get(key)]
    if many:
        raise Refusal(f"it holds '{many[0]}', so it is a batch", str(file), "run it with casebook batch")
    return content | {"parameters": {name: value for name, value in content["parameters"].items() if value is not None}}


def _checked(path: Path, given: Mapping[str, object]) -> dict[str, object]:
    """Only what was given goes to the notebook, in its declared type: the rest are the notebook's own defaults."""
    values = check(given, declared(path, read_notebook(path))) if given else {}
    return {name: values[name] for name in given}
