"""Parameters of a notebook: declared once, checked loudly, and written as its parameters cell."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite

from helpers.intake.reading.databases.address import holds_password
from helpers.intake.refusal import Refusal

Literal = bool | int | float | str
INJECTED = "# Parameters"  # how papermill begins the cell that it injects


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, default (whose type is the parameter's type), unit, meaning, and what is allowed.

    low, high bound a number (both ends allowed); choices bound a text.
    """

    name: str
    default: Literal
    unit: str
    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What may be given, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.low is None:
            return {bool: "True or False", str: "text"}.get(type(self.default), "a number")
        return f"{_KINDS[type(self.default)]} from {self.low:g} to {self.high:g}"

    def line(self) -> str:
        """The parameter as a line of the notebook's parameters cell: literal, type, unit, range, meaning."""
        bounds = "" if self.low is None else f", {self.low:g} to {self.high:g}"
        bounds = f", {' | '.join(self.choices)}" if self.choices else bounds
        return f"{self.name}: {type(self.default).__name__} = {self.default!r}  # {self.unit}{bounds}: {self.meaning}"


_KINDS = {int: "a whole number", float: "a number", str: "a text", bool: "True or False"}


def cell(declared: Iterable[Parameter]) -> str:
    """The source of a notebook's parameters cell, one literal a line."""
    return "\n".join(parameter.line() for parameter in declared)


def check(given: Mapping[str, object], declared: Sequence[Parameter]) -> dict[str, Literal]:
    """The values to use, by name: what was given, else the default.

    Raises Refusal that names every unknown parameter, wrong type and value out of range, what was given and what is allowed.
    """
    known = {parameter.name: parameter for parameter in declared}
    faults = [_unknown(name, known) for name in given if name not in known]
    values = {name: parameter.default for name, parameter in known.items()}
    for name in known.keys() & given.keys():
        try:
            values[name] = _converted(known[name], given[name])
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise Refusal("; ".join(sorted(faults)), where="parameters", remedy="Mend the parameter and run again")
    return values


def given_in(namespace: Mapping[str, object], declared: Iterable[Parameter]) -> dict[str, object]:
    """The parameters that a notebook was given, by name, unknown ones included.

    namespace: the notebook's `globals()`. Looks at the last cell that sets a declared parameter and the last one that papermill
    injected (IPython keeps the sources in `In`), so that a misspelt name is found whoever ran the notebook.
    """
    names = {parameter.name for parameter in declared}
    assigned = [(source, _assigned(source)) for source in namespace.get("In", [])]
    own = [found for source, found in assigned if found & names and not source.startswith(INJECTED)]
    injected = [found for source, found in assigned if source.startswith(INJECTED)]
    wanted = set().union(*own[-1:], *injected[-1:]) or names
    return {name: namespace[name] for name in sorted(wanted) if name in namespace}


def _assigned(source: str) -> set[str]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a cell with IPython magic sets no parameter
        return set()
    targets = [t for s in statements if isinstance(s, ast.Assign) for t in s.targets]
    targets += [s.target for s in statements if isinstance(s, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _unknown(name: str, known: Mapping[str, Parameter]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else "the parameters are " + ", ".join(known)
    return f"there is no parameter '{name}' ({hint})"


def _converted(parameter: Parameter, value: object) -> Literal:
    """`value` in the parameter's type; ValueError with name, value and what is allowed where it does not fit."""
    if isinstance(value, str) and holds_password(value):
        raise ValueError(f"'{parameter.name}' holds a password, which the notebook would show: set an environment variable such as SHOP_LOG to it, give env:SHOP_LOG")
    fitted = _in_type(type(parameter.default), value)
    if fitted is None or not _in_range(parameter, fitted):
        raise ValueError(f"'{parameter.name}' was given {value!r}, allowed is {parameter.allowed} ({parameter.unit})")
    return fitted


def _in_type(kind: type, value: object) -> Literal | None:
    """The value as `kind`, or None: text is taken for a number or a yes/no only where it says so in full."""
    if kind is bool:
        return {"true": True, "false": False}.get(str(value).lower())
    if kind is str:
        return value if isinstance(value, str) else None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    if not isfinite(number) or (kind is int and number != int(number)):
        return None
    return kind(number)


def _in_range(parameter: Parameter, value: Literal) -> bool:
    if parameter.choices:
        return value in parameter.choices
    return parameter.low is None or parameter.low <= value <= parameter.high
