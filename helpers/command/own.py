"""A folder for a request of one's own."""

from pathlib import Path

import click

from helpers.command.places import shown


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def own(folder: Path) -> None:
    """Make FOLDER for a request of your own: the shipped example's files, to be written over."""
    from helpers.decision.own.keeping import start

    files = start(folder)
    for path in (files.request, files.claims, files.options):
        click.echo(f"  {shown(path)}")
    click.echo(f"Write over them, then: casebook run 3_your_own_request -p folder {shown(folder)}")
