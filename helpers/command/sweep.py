"""The findings of many scenarios, without notebooks."""

import sys
from pathlib import Path

import click

from helpers.command.places import RUNS


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Where the results go.  [default: runs/<name of FILE>]")
@click.option("--notebook", help="Which case, where FILE doesn't say.")
@click.option("--base", type=click.Path(path_type=Path), help="A scenario file whose parameters lie beneath those of FILE.")
@click.option("--notebooks-for", "names", multiple=True, metavar="SCENARIO", help="Run the notebook as well, for this scenario (repeatable).")
@click.option("--processes", type=click.IntRange(0, 512), default=0, help="Scenarios at the same time.  [default: one a core]")
@click.option("--yes", "many", is_flag=True, help="More than 10,000 scenarios are meant.")
@click.option("--wait", is_flag=True, help="Wait while another batch works in the folder.")
@click.option("--progress/--no-progress", default=lambda: sys.stderr.isatty(), help="Show a progress bar.  [default: on a terminal]")
def sweep(file: Path, folder: Path | None, names: tuple[str, ...], **wish: object) -> None:
    """Work out the findings of all scenarios of FILE without notebooks: the same numbers, sooner."""
    from helpers.batch.command import Wish
    from helpers.batch.command import sweep as sweep_all

    sys.exit(sweep_all(file, Wish(folder or RUNS / file.stem, **wish), names, click.echo))
