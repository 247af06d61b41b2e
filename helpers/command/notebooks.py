"""The committed notebooks, executed again."""

import click

from helpers.command.places import shown


@click.command()
@click.argument("names", nargs=-1)
def notebooks(names: tuple[str, ...]) -> None:
    """Execute the committed notebooks (all, or those NAMES) and write them back."""
    from helpers.batch.committed import execute
    from helpers.batch.order import committed, find_notebook

    paths = [find_notebook(name) for name in names] or committed()
    for path in paths:
        execute(path)
        click.echo(f"  {shown(path)}")
