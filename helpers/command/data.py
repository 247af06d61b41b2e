"""The shipped data, written again."""

from pathlib import Path

import click

from helpers.command.places import shown
from helpers.intake.places import DATA


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), default=DATA, help="Where the data goes.  [default: data]")
def data(folder: Path) -> None:
    """Write the shipped data again from its seed, byte for byte."""
    from helpers.batch.shipped import write_all

    for path in write_all(folder):
        click.echo(f"  {shown(path)}")
