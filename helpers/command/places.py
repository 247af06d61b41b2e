"""Where results go, and how paths are said."""

from pathlib import Path

from helpers.intake.places import ROOT

RUNS = ROOT / "runs"


def shown(path: Path) -> str:
    """The path as short as it can be said from where the user stands."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
