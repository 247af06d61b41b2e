"""What a notebook declares: its parameters with type, unit and range, from the case's own list or from its parameters cell."""

import ast
import io
import re
import tokenize
from pathlib import Path

from nbformat import NotebookNode

from helpers.intake.parameters import Parameter
from helpers.intake.places import ROOT

NOTEBOOKS = ROOT / "notebooks"
SAID = re.compile(r"#\s*(?P<unit>[^,:]*)(?:,\s*(?P<allowed>[^:]*))?(?::\s*(?P<meaning>.*))?")
BOUNDS = re.compile(r"(-?[\d.]+(?:e[+-]?\d+)?) to (-?[\d.]+(?:e[+-]?\d+)?)")


def declared(path: Path, notebook: NotebookNode) -> list[Parameter]:
    """The parameters that can be set from outside: numbers, texts and yes or no.

    A case's come from helpers; another notebook's from its cell tagged 'parameters', one literal a line: `name: type = value  # unit, low to high: meaning`.
    """
    if path.resolve().parent == NOTEBOOKS:
        from helpers.lesson.shelf import CASES  # who runs a notebook of his own doesn't wait for the cases

        if path.stem in CASES:
            return list(CASES[path.stem].parameters)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", [])]
    return _read(sources[0]) if sources else []


def _read(source: str) -> list[Parameter]:
    comments = _comments(source)
    pairs = [(_target(statement), statement) for statement in ast.parse(source).body]
    found = [(name, _literal(statement), comments.get(statement.end_lineno, "")) for name, statement in pairs if name]
    return [_parameter(name, default, comment) for name, default, comment in found if isinstance(default, bool | int | float | str)]


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def _target(statement: ast.stmt) -> str | None:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target] if isinstance(statement, ast.AnnAssign) else []
    return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else None


def _literal(statement: ast.Assign | ast.AnnAssign) -> object:
    """The value as its annotation means it: `x: float = 1` is a float."""
    try:
        value = ast.literal_eval(statement.value)
    except (ValueError, TypeError):
        return None
    meant = getattr(getattr(statement, "annotation", None), "id", "")
    return float(value) if meant == "float" and isinstance(value, int) else value


def _parameter(name: str, default: bool | int | float | str, comment: str) -> Parameter:
    said = SAID.match(comment)
    unit, allowed, meaning = (said[part] or "" for part in ("unit", "allowed", "meaning")) if said else ("", "", "")
    bounds = BOUNDS.fullmatch(allowed.strip())
    choices = tuple(part.strip() for part in allowed.split("|")) if "|" in allowed and isinstance(default, str) else ()
    low, high = (float(bounds[1]), float(bounds[2])) if bounds else (None, None)
    return Parameter(name, default, unit.strip(), meaning.strip(), low, high, choices)
