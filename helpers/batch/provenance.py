"""Where a run's numbers come from: all it takes to make them again, and nothing that tells on which machine or in which folder."""

import json
import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from nbformat import NotebookNode

from helpers.batch.identity import data_prints, helpers_print, identity, notebook_print
from helpers.intake.parameters import Literal, Parameter
from helpers.intake.places import ROOT
from helpers.intake.refusal import Refusal

PROJECT = "request-casebook"


@dataclass(frozen=True)
class Origin:
    """What the runs of one batch have in common, worked out once: the notebook's name and fingerprint, its parameters, the software."""

    notebook: str
    print: str
    declared: Sequence[Parameter]
    software: Mapping[str, object]

    def of(self, given: Mapping[str, Literal]) -> dict[str, object]:
        """The provenance of the run with these parameters, as JSON can hold it."""
        values = {each.name: given.get(each.name, each.default) for each in self.declared}
        data = data_prints(values, self.declared)
        return {
            "identity": identity(self.print, values, data, self.software["helpers"]),
            "notebook": {"name": self.notebook, "sha256": self.print},
            "given": dict(given), "parameters": values, "seed": values.get("seed"), "data": data, **self.software,
        }  # fmt: skip


def origin(path: Path, notebook: NotebookNode, declared: Sequence[Parameter]) -> Origin:
    """Where the runs of this notebook come from."""
    return Origin(path.name, notebook_print(notebook), declared, software())


@cache
def software() -> dict[str, object]:
    """Our own source, the packages that we ask for, Python, the kind of system, and the commit."""
    system = f"{platform.system()} {platform.machine()}"
    return {"helpers": helpers_print(), "python": platform.python_version(), "system": system, "packages": packages(), "git": _commit()}


def packages() -> dict[str, str]:
    """Versions of the packages that the project asks for, as installed."""
    try:
        asked = [line for line in requires(PROJECT) or () if "extra ==" not in line]
    except PackageNotFoundError:  # run from its folder, never installed
        return {}
    names = sorted(re.split(r"[\s<>=!~;\[]", line, maxsplit=1)[0] for line in asked)
    return {name: found for name in names if (found := _version(name))}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _commit() -> dict[str, object] | None:
    """The commit, and whether anything was changed since; None outside of version control."""
    try:
        commit, state = (_git(*words) for words in (("rev-parse", "HEAD"), ("status", "--porcelain")))
    except (OSError, subprocess.SubprocessError):
        return None
    return {"commit": commit, "dirty": bool(state)}


def _git(*words: str) -> str:
    quiet = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    return subprocess.run(["git", *words], cwd=ROOT, env=quiet, capture_output=True, text=True, check=True, timeout=20).stdout.strip()


def read_provenance(file: Path) -> dict:
    """A run's provenance. Raises Refusal where the file isn't one."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = None
    if not isinstance(content, dict) or not {"identity", "notebook", "given", "data", "helpers"} <= content.keys() or not isinstance(content["given"], dict):
        raise Refusal("this is no provenance of a run", file.name, "give the provenance.json of a run")
    return content


def differences(then: Mapping, now: Mapping) -> list[str]:
    """What isn't as it was when the run was made, in words; empty where the same findings must come out."""
    words = {"notebook": "the notebook", "helpers": "our own source", "data": "the input data", "python": "Python", "packages": "installed packages"}
    return [words[part] for part in words if then.get(part) != now.get(part)]
