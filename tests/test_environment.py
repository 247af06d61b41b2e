"""environment.yml, pyproject.toml and requirements.lock say the same, and no file tells where it was written."""

import ast
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ON_CONDA_FORGE = {"playwright-python": "playwright", "python-duckdb": "duckdb"}  # its name there: its name here
OF_CONDA_ONLY = {"python", "pip"}
IMPORTED_AS = {"yaml": "pyyaml", "pil": "pillow", "docx": "python-docx"}
ELSEWHERE = re.compile(
    r"(?<![\w.~-])/(?:root|home|work|Users|mnt|opt)/\w|[A-Z]:\\Users|pypi\.org|pythonhosted|anaconda\.org|npmjs|deb\.debian|(?<!emit-)index-url",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def project(root) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def declared(project) -> dict[str, Requirement]:
    """Every dependency of pyproject.toml, optional ones included, by canonical name."""
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    return _by_name(lines)


@pytest.fixture(scope="module")
def installed(project, declared) -> dict[str, Requirement]:
    """Those that everybody gets: all but Spark, which is large and needs Java."""
    apart = _by_name(project["optional-dependencies"]["spark"])
    return {name: requirement for name, requirement in declared.items() if name not in apart}


@pytest.fixture(scope="module")
def locked(root) -> list[tuple[Requirement, str]]:
    """Every pin of the lock files, with the text of its entry."""
    texts = [file.read_text(encoding="utf-8").strip() for file in sorted(root.glob("requirements*.lock"))]
    entries = [entry for text in texts for entry in re.split(r"\n(?=\S)", text)]
    return [(Requirement(entry.split("\\")[0]), entry) for entry in entries]


@pytest.fixture(scope="module")
def tracked(root) -> dict[Path, str]:
    """Every text file under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git repository")
    files = {root / name: (root / name).read_bytes() for name in listed.stdout.split("\0") if name and (root / name).exists()}
    return {file: content.decode("utf-8") for file, content in files.items() if b"\0" not in content}


def _by_name(lines: list[str]) -> dict[str, Requirement]:
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def test_conda_users_get_the_same_packages_in_the_same_ranges(root, installed):
    listed = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    conda = _by_name([entry for entry in listed if isinstance(entry, str)] + by_pip)
    ranges = {ON_CONDA_FORGE.get(name, name): requirement.specifier for name, requirement in conda.items() if name not in OF_CONDA_ONLY}
    assert ranges == {name: requirement.specifier for name, requirement in installed.items()}


def test_conda_users_get_a_python_that_the_project_supports(root, project):
    listed = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    python = next(Requirement(entry) for entry in listed if isinstance(entry, str) and entry.startswith("python>"))
    assert project["requires-python"] in str(python.specifier).split(",") and "<" in str(python.specifier)


def test_every_range_is_bounded_on_both_sides(declared):
    unbounded = [name for name, requirement in declared.items() if {part.operator for part in requirement.specifier} != {">=", "<"}]
    assert unbounded == []


def test_every_dependency_says_what_for(root, declared):
    lines = re.findall(r'^    "([A-Za-z0-9_-]+)[>=<].*?",\s*(#.*)?$', (root / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert {canonicalize_name(name) for name, why in lines if len(why) > 10} == declared.keys()


def test_every_dependency_is_locked_within_its_range(declared, locked):
    for name, requirement in declared.items():
        pins = [str(pin.specifier).removeprefix("==") for pin, _ in locked if canonicalize_name(pin.name) == name]
        assert pins, f"{name} is not in the lock"
        assert [pin for pin in pins if pin not in requirement.specifier] == [], f"{name}: run make lock"


def test_every_pin_is_exact_and_hashed_and_names_no_address(locked):
    inexact = [pin.name for pin, entry in locked if not str(pin.specifier).startswith("==") or "--hash=sha256:" not in entry or pin.url or "://" in entry]
    assert inexact == [] and len(locked) > 50


def test_what_helpers_imports_is_declared(root, declared):
    """A package that only another package brings may go with it."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (root / "helpers").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    modules += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    names = {module.split(".")[0].lower() for module in modules if module.split(".")[0] not in sys.stdlib_module_names} - {"helpers"}
    assert {canonicalize_name(IMPORTED_AS.get(name, name)) for name in names} - declared.keys() == set()


def test_no_file_tells_where_it_was_written(tracked):
    here = socket.gethostname()
    own = re.compile(rf"\b{re.escape(here)}\b") if len(here) > 3 and here != "localhost" else re.compile(r"(?!)")
    told = [f"{file.name}: {hit[0]}" for file, text in tracked.items() if file != Path(__file__).resolve() for hit in [ELSEWHERE.search(text) or own.search(text)] if hit]
    assert told == []


@pytest.mark.parametrize("told", ["open('/home" "/ann/x.csv')", "--index" "-url=x", "see /work" "/main", r"C:\Users" r"\ann", "https://pypi.org" "/simple"])
def test_such_a_place_would_be_found(told):
    assert ELSEWHERE.search(told)


@pytest.mark.parametrize("fine", ["helpers/paperwork/office", "../shared/real/log.csv", "--no-emit-index-url", "~/work" "/x"])
def test_a_relative_place_is_fine(fine):
    assert not ELSEWHERE.search(fine)
