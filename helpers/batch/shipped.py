"""The shipped data: every generated file, each generator from its one seed."""

from pathlib import Path

from helpers.marketing import generator as marketing
from helpers.marketing.worlds import table as worlds
from helpers.paperwork import generator as paperwork

GENERATORS = ((marketing.write, "marketing"), (worlds.write, "marketing"), (paperwork.write, "paperwork"))


def write_all(folder: Path) -> list[Path]:
    """Write all generated data below `folder` and return the files' paths: the same bytes on any machine."""
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*/*")}
    for write, name in GENERATORS:
        (folder / name).mkdir(parents=True, exist_ok=True)
        write(folder / name)
    return sorted(path for path in folder.glob("*/*") if path.stat().st_mtime_ns != before.get(path))
