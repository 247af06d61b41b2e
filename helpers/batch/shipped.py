"""The shipped data: every generated file, from one seed."""

from pathlib import Path

from helpers.marketing import generator as marketing
from helpers.marketing.worlds import table as worlds
from helpers.paperwork import generator as paperwork

SEED = 20260105


def write_all(folder: Path, seed: int = SEED) -> list[Path]:
    """Write all generated data below `folder` and return the files' paths. The same seed gives the same bytes on any machine."""
    parts = [(marketing.write, "marketing"), (worlds.write, "marketing"), (paperwork.write, "paperwork")]
    for write, name in parts:
        write(folder / name, seed)
    return sorted(path for name in ("marketing", "paperwork") for path in (folder / name).iterdir() if path.is_file())
