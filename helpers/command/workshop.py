"""What is taken to a workshop: slides, and exhibits on paper."""

from pathlib import Path

import click

from helpers.command.places import RUNS, shown

of_these = click.argument("notebooks", nargs=-1)
to_there = click.option("--to", "folder", type=click.Path(path_type=Path), default=RUNS / "workshop", help="Where they go.  [default: runs/workshop]")


@click.command()
@of_these
@to_there
def slides(notebooks: tuple[str, ...], folder: Path) -> None:
    """Make slides of executed NOTEBOOKS (both cases where none is named): pages for a projector that open without internet."""
    from helpers.app.printed import printed
    from helpers.app.slides import slides as make

    for path in printed(notebooks, "slides", make, folder):
        click.echo(f"  {shown(path)}")


@click.command()
@of_these
@to_there
def exhibits(notebooks: tuple[str, ...], folder: Path) -> None:
    """Make printed exhibits of executed NOTEBOOKS (both cases where none is named), for rooms without laptops: answers on the last pages."""
    from helpers.app.exhibits import exhibits as make
    from helpers.app.printed import printed

    for path in printed(notebooks, "exhibits", make, folder):
        click.echo(f"  {shown(path)}")
