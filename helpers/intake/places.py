"""Where the shipped data lies, wherever the caller stands."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


def located(file: str) -> Path:
    """The file as seen from where the caller stands, or else from the project's folder: papermill and JupyterLab stand in different places."""
    here = Path(file).expanduser()
    return ROOT / file if not here.exists() and (ROOT / file).exists() else here
