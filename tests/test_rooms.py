"""The rooms of helpers/ import one way: a face may know a case, a case never knows a face."""

import ast
from pathlib import Path

import helpers

FLOORS = {"intake": 0, "evidence": 0, "marketing": 1, "paperwork": 1, "decision": 2, "lesson": 3, "room": 3, "batch": 3, "kernel": 3, "app": 4, "command": 4, "__main__": 4}
NEVER = {("marketing", "paperwork"), ("paperwork", "marketing"), ("intake", "evidence")}
DRAWS = {"matplotlib", "ipywidgets", "IPython"}


def _imports(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def _room(module: str) -> str:
    return module.split(".")[1] if module.startswith("helpers.") else ""


def _breaches(file: Path, source: str) -> list[str]:
    here = file.parts[0].removesuffix(".py")
    rooms = {_room(module) for module in _imports(source)} - {"", here}
    up = [room for room in rooms if FLOORS[room] > FLOORS[here] or (here, room) in NEVER]
    drawn = {module.split(".")[0] for module in _imports(source)} & DRAWS if FLOORS[here] < 3 else set()
    refusal_only = [] if here != "evidence" else [m for m in _imports(source) if _room(m) == "intake" and m != "helpers.intake.refusal"]
    return [f"{file} imports {room}" for room in [*up, *drawn, *refusal_only]]


def test_imports_run_downwards(root):
    folder = root / "helpers"
    files = [file for file in folder.rglob("*.py") if file.name != "__init__.py" or file.parent != folder]
    assert [breach for file in files for breach in _breaches(file.relative_to(folder), file.read_text(encoding="utf-8"))] == []


def test_a_breach_is_found():
    assert _breaches(Path("marketing/log.py"), "from helpers.paperwork.log import load_log")
    assert _breaches(Path("intake/table.py"), "import helpers.lesson.style")
    assert _breaches(Path("evidence/x.py"), "from helpers.intake.reading.source import read_table")
    assert _breaches(Path("decision/x.py"), "import matplotlib.pyplot")


def test_the_package_is_ours(root):
    assert Path(helpers.__file__).resolve().parent == root / "helpers"
