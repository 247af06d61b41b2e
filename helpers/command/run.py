"""Case notebooks run headlessly."""

import sys
from pathlib import Path

import click

from helpers.command.places import RUNS, shown


@click.command()
@click.argument("notebooks", nargs=-1)
@click.option("-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter of the notebook (repeatable).")
@click.option("-f", "--scenario", type=click.Path(path_type=Path), help="A scenario file (YAML: notebook, parameters); see data/scenarios.")
@click.option("--again", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Make a run of a batch again from its provenance.json.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=RUNS, help="Where the results go.  [default: runs]")
@click.option("--office/--no-office", default=True, help="Leave the memo as Word and its tables as Excel too.")
@click.option("--progress/--no-progress", default=lambda: sys.stderr.isatty(), help="Show a progress bar.  [default: on a terminal]")
def run(notebooks: tuple[str, ...], given: tuple[tuple[str, str], ...], scenario: Path | None, again: Path | None, folder: Path, office: bool, progress: bool) -> None:
    """Run case NOTEBOOKS headlessly (both cases where none is named): executed notebook, page, findings and memo."""
    if again:
        from helpers.batch.again import again as run_again

        sys.exit(run_again(again, folder, click.echo, progress))
    from helpers.batch.order import orders
    from helpers.batch.run import run as run_one

    for order in orders(notebooks, dict(given), scenario):
        done = run_one(order.notebook, order.parameters, folder / order.name, progress, office)
        click.echo(f"{order.title}:")
        for path in done.paths:
            click.echo(f"  {shown(path)}")
