"""A notebook over many scenarios."""

import sys
from pathlib import Path

import click

from helpers.command.places import RUNS


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Where the runs go.  [default: runs/<name of FILE>]")
@click.option("--notebook", help="Which notebook, where FILE doesn't say: a name of ours, or a path.")
@click.option("--base", type=click.Path(path_type=Path), help="A scenario file whose parameters lie beneath those of FILE.")
@click.option("--dry-run", is_flag=True, help="Show the scenarios and how long they take; make nothing.")
@click.option("--processes", type=click.IntRange(0, 512), default=0, help="Runs at the same time.  [default: one a core]")
@click.option("--cell-timeout", type=click.FloatRange(0.1), default=600.0, show_default=True, help="Seconds that a cell may take.")
@click.option("--run-timeout", type=click.FloatRange(0.1), default=3600.0, show_default=True, help="Seconds that a run may take.")
@click.option("--yes", "many", is_flag=True, help="More than 10,000 runs are meant.")
@click.option("--wait", is_flag=True, help="Wait while another batch works in the folder.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster to make the runs on, as tcp://host:8786 (needs the extra [cluster]).")
@click.option("--compare", is_flag=True, help="At the end, run the notebook that compares the runs.")
@click.option("--copy-to", metavar="STORE", help="At the end, copy notebooks, findings and table there: s3://…, gs://…, abs://…, or a folder.")
@click.option("--progress/--no-progress", default=lambda: sys.stderr.isatty(), help="Show a progress bar.  [default: on a terminal]")
def batch(file: Path, folder: Path | None, dry_run: bool, **wish: object) -> None:
    """Run a notebook over the scenarios of FILE (YAML or CSV). Interrupted, the same command goes on where it was."""
    from helpers.batch.command import Wish, make, show

    sys.exit((show if dry_run else make)(file, Wish(folder or RUNS / file.stem, **wish), click.echo))
