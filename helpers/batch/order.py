"""What to run: notebooks by name, parameters from the command line and from a scenario file, checked before a kernel starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

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
    return [Order(path, _checked(path.stem, given), path.stem) for path in paths]


def find_notebook(name: str) -> Path:
    """The path of the notebook called `name` (with or without folder and ending). Raises Refusal with those there are."""
    there = {path.stem: path for path in committed()}
    if Path(name).stem not in there:
        raise Refusal(f"there is no notebook '{name}'", remedy=f"Choose one of {', '.join(there)}")
    return there[Path(name).stem]


def committed() -> list[Path]:
    """All notebooks of the book, those that others are drawn from first."""
    return [*sorted(NOTEBOOKS.glob("*.ipynb")), *sorted(NOTEBOOKS.glob("workshop/*.ipynb"))]


def _from_scenario(file: Path, given: Mapping[str, object]) -> Order:
    content = read_scenario(file)
    path = find_notebook(content["notebook"])
    return Order(path, _checked(path.stem, {**content["parameters"], **given}), f"{path.stem}--{file.stem}")


def read_scenario(file: Path) -> dict:
    """A scenario file's content: `notebook`, `parameters`, `why`. Raises Refusal where it is missing or not of that form."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as fault:
        raise Refusal("the scenario file can't be read", where=str(file), remedy=fault.strerror or "") from None
    except yaml.YAMLError as fault:
        raise Refusal("the scenario file is not valid YAML", where=f"{file}, {fault}".replace("\n", " ")) from None
    if not isinstance(content, dict) or not {"notebook", "parameters"} <= content.keys() or not isinstance(content["parameters"], dict):
        raise Refusal("a scenario file needs 'notebook' and 'parameters' (name: value)", where=str(file))
    return content


def _checked(stem: str, given: Mapping[str, object]) -> dict[str, object]:
    """Only what was given goes to the notebook, in its declared type: the rest are the notebook's own defaults."""
    if stem not in CASES:
        return dict(given)
    values = check(given, CASES[stem].parameters)
    return {name: values[name] for name in given}
